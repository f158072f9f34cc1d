"""How is it said to a person, in the language in use? Shared by screens and papers.

Pure: ids, codes and recorded events in, words out. Never here: a colour, a widget, an engine.
"""
