"""What does the head of animation see and press? Screens submit commands and redraw from views.

Never here: a change of state, a rule of the game. `launch` is the way in.
"""
