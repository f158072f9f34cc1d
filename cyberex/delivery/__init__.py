"""How does a message leave by mail, and how does an answer come back?

The only room that speaks SMTP and IMAP. Never here: what is sent or when, which the engine says.
"""
