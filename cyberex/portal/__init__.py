"""What participants see and do on their own devices: pages, live events, who may come in.

Never a rule of the game (`engine`), never a fold of events (`views`): a page reads the views of its
own audience and submits commands, like any client.
"""
