"""What does someone need to see? Pure folds of a plan and of what was recorded.

Never here: a clock, a text (only its reference), a sentence, anything that writes.
"""
