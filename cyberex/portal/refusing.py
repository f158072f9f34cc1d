"""Why an act of a participant changed nothing, said to a participant: no key, no id of the game."""

from collections.abc import Callable

from cyberex.exercise.running import Refused
from cyberex.i18n import _

SENTENCES: dict[str, Callable[[], str]] = {
    "paused": lambda: _("The exercise is paused: try again once it goes on."),
    "real-stop": lambda: _("REAL STOP: the exercise is stopped. Do what the animation says."),
    "gap-open": lambda: _("The exercise is paused: try again once it goes on."),
    "wrong-phase": lambda: _("Not now: the exercise is not being played."),
    "not-in-play": lambda: _("Not now: the exercise is not being played."),
    "channel-down": lambda: _("This channel does not work."),
    "nothing-to-acknowledge": lambda: _("This was already done."),
    "already-begun": lambda: _("Somebody is already on it."),
    "already-claimed": lambda: _("Somebody is already on it."),
    "nothing-to-change": lambda: _("This was already done."),
}


def why_refused(refusal: Refused) -> str:
    """One sentence; what nobody foresaw is told without its code."""
    said = SENTENCES.get(refusal.code)
    return said() if said else _("This could not be done. Ask the animation by telephone.")
