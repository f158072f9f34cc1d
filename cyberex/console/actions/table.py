"""Which action each key of the main screen starts."""

from cyberex.console.actions import calls, clock, jump, log, stimuli, world
from cyberex.console.stage import Action

ACTIONS: dict[str, Action] = {
    "pause": clock.pause,
    "debex": clock.debex,
    "advance": clock.advance,
    "extend": clock.extend,
    "hard_end": clock.hard_end,
    "finex": clock.finex,
    "call_down": clock.call_down,
    "real_stop": clock.real_stop,
    "thaw": clock.thaw,
    "jump": jump.make,
    "done": calls.done,
    "no_answer": calls.no_answer,
    "busy": calls.busy,
    "refused": calls.refused,
    "start_call": calls.start_call,
    "inject": stimuli.inject,
    "fire": stimuli.fire,
    "hold": stimuli.hold,
    "skip": stimuli.skip,
    "shift": stimuli.shift,
    "edit": stimuli.edit,
    "tick": world.tick,
    "milestone": world.milestone,
    "decision": world.decision,
    "situation": world.situation,
    "asset": world.asset,
    "contact": world.contact,
    "note": log.note,
    "mark_plus": log.mark_plus,
    "mark_minus": log.mark_minus,
    "undo": log.undo,
    "search": log.search,
    "present": log.present,
}
"""Actions of `keys.KEYS` that are not here belong to the screen: panels, help, leaving."""
