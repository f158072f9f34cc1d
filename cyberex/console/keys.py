"""Every key of the main screen: what it starts, how it is shown, what it does. Data, no behaviour.

Help, footer, command palette and bindings are all made from this one list.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from cyberex.i18n import _

Words = Callable[[], str]


class Group(StrEnum):
    CLOCK = "clock"
    CALLS = "calls"
    STIMULI = "stimuli"
    ROOMS = "rooms"
    WORLD = "world"
    LOG = "log"
    SCREEN = "screen"


def group_title(group: Group) -> str:
    return {
        Group.CLOCK: _("Clock and phases"),
        Group.CALLS: _("Calls to make (selected sheet)"),
        Group.STIMULI: _("Stimuli (selected row)"),
        Group.ROOMS: _("Participants' pages and mail"),
        Group.WORLD: _("What happens in the fiction"),
        Group.LOG: _("Log"),
        Group.SCREEN: _("Screen"),
    }[group]


@dataclass(frozen=True, slots=True)
class Key:
    """`keys` in Textual's names, any of them; `shown` as on the keyboard; `rank` in the footer,
    0 for not there; `priority`: works in dialogs too."""

    keys: str
    shown: Words
    action: str
    group: Group
    label: Words
    help: Words
    rank: int = 0
    priority: bool = False


def _as(text: str) -> Words:
    return lambda: text


KEYS: tuple[Key, ...] = (
    Key("space", lambda: _("space"), "pause", Group.CLOCK, lambda: _("pause"),
        lambda: _("pause, resume; answer the question after an interruption"), 1),
    Key("f12,ctrl+r", lambda: "F12", "real_stop", Group.CLOCK, lambda: _("REAL"),
        lambda: _("real stop, everywhere and at once (Ctrl+R too); again: the call-down list"),
        2, priority=True),
    Key("D", lambda: _("D"), "debex", Group.CLOCK, lambda: _("DEBEX"),
        lambda: _("start the briefing, give DEBEX; after FINEX, the hot debrief"), 14),
    Key("v", _as("v"), "advance", Group.CLOCK, lambda: _("advance"),
        lambda: _("advance to the next stimulus or to T; lists what is skipped"), 16),
    Key("j", _as("j"), "jump", Group.CLOCK, lambda: _("jump"),
        lambda: _("jump of the fiction's hour: bulletin, what was not played, deadlines"), 12),
    Key("E", _as("E"), "extend", Group.CLOCK, lambda: _("extend"),
        lambda: _("move the planned end")),
    Key("f10", _as("F10"), "hard_end", Group.CLOCK, lambda: _("hard end"),
        lambda: _("hour at which the room must be left")),
    Key("F", _as("F"), "finex", Group.CLOCK, lambda: _("FINEX"),
        lambda: _("end of the exercise, confirmed by typing")),
    Key("L", _as("L"), "call_down", Group.CLOCK, lambda: _("call-down list"),
        lambda: _("who was told of the stop, its lifting or the end")),
    Key("B", _as("B"), "checklist", Group.CLOCK, lambda: _("check-list"),
        lambda: _("check-list of the briefing; after FINEX, of the end")),
    Key("R", _as("R"), "catch_up", Group.CLOCK, lambda: _("catch up"),
        lambda: _("catch up: what to drop and new hours, to accept as one"), 28),
    Key("P", _as("P"), "plan_break", Group.CLOCK, lambda: _("break"),
        lambda: _("plan a break: the exercise pauses by itself")),
    Key("enter", _as("⏎"), "done", Group.CALLS, lambda: _("done"),
        lambda: _("done: call, reply, departure (Enter: the one expected answered)"), 3),
    Key("o", _as("o"), "no_answer", Group.CALLS, lambda: _("no answer"),
        lambda: _("nobody answered: comes back in two minutes"), 18),
    Key("b", _as("b"), "busy", Group.CALLS, lambda: _("busy"),
        lambda: _("busy: comes back in two minutes"), 19),
    Key("x", _as("x"), "refused", Group.CALLS, lambda: _("refused"),
        lambda: _("they refused the call: it ends there"), 20),
    Key("c", _as("c"), "start_call", Group.CALLS, lambda: _("dialling"),
        lambda: _("I am dialling, I am on my way"), 17),
    Key("colon", _as(":"), "by_code", Group.CALLS, lambda: _("code"),
        lambda: _("by its code: S12 done or shown, S12 0941 done at 09:41"), 29),
    Key("w", _as("w"), "filter_voice", Group.CALLS, lambda: _("voice"),
        lambda: _("show one animator's tasks; 0: everybody's"), 30),
    Key("W", _as("W"), "assign", Group.CALLS, lambda: _("give to"),
        lambda: _("give this call (small letter) or its actor (capital) to a voice")),
    Key("A", _as("A"), "absent", Group.CALLS, lambda: _("away"),
        lambda: _("a player was really called away, or is back; play goes on")),
    Key("y", _as("y"), "reply_in_writing", Group.CALLS, lambda: _("write back"),
        lambda: _("answer players in writing, as the actor they reached"), 32),
    Key("U", _as("U"), "take_back", Group.CALLS, lambda: _("take back"),
        lambda: _("take back a call that an animator took on the portal")),
    Key("Q", _as("Q"), "portal", Group.ROOMS, lambda: _("portal"),
        lambda: _("participants' pages: codes to join, who is connected, who has read what"), 33),
    Key("M", _as("M"), "mail", Group.ROOMS, lambda: _("mail"),
        lambda: _("mail that really leaves: contact test, confirmation, failures"), 34),
    Key("i", _as("i"), "inject", Group.STIMULI, lambda: _("inject"),
        lambda: _("inject from the reserve, or something made up on the spot"), 4),
    Key("f", _as("f"), "fire", Group.STIMULI, lambda: _("fire now"),
        lambda: _("let it leave now, whatever its hour"), 13),
    Key("h", _as("h"), "hold", Group.STIMULI, lambda: _("hold"),
        lambda: _("hold back, release"), 6),
    Key("s", _as("s"), "skip", Group.STIMULI, lambda: _("skip"),
        lambda: _("skip: it will not be played"), 5),
    Key("d", _as("d"), "shift", Group.STIMULI, lambda: _("shift"),
        lambda: _("shift it, it and all that follows, or its thread"), 7),
    Key("e", _as("e"), "edit", Group.STIMULI, lambda: _("edit"),
        lambda: _("change its text or receivers before it leaves"), 15),
    Key("t", _as("t"), "tick", Group.WORLD, lambda: _("tick"),
        lambda: _("tick an expected reaction: seen, partly, not seen"), 9),
    Key("a", _as("a"), "contact", Group.WORLD, lambda: _("call in"),
        lambda: _("players rang: the actor's letter records it; then details if any"), 10),
    Key("m", _as("m"), "milestone", Group.WORLD, lambda: _("milestone"),
        lambda: _("a milestone is reached"), 21),
    Key("g", _as("g"), "decision", Group.WORLD, lambda: _("decision"),
        lambda: _("the players decided"), 22),
    Key("k", _as("k"), "situation", Group.WORLD, lambda: _("situation"),
        lambda: _("declare a situation that the author foresaw"), 23),
    Key("r", _as("r"), "asset", Group.WORLD, lambda: _("network"),
        lambda: _("cut or restore an asset (network, mail, telephone)"), 11),
    Key("O", _as("O"), "observer", Group.WORLD, lambda: _("observer"),
        lambda: _("what an observer says: a letter for a cell and its state"), 31),
    Key("n", _as("n"), "note", Group.LOG, lambda: _("note"),
        lambda: _("note: f fact, d decision, a action, r remark; \"0941 text\" back-dates it"), 8),
    Key("plus,p_plus,equals_sign", _as("+"), "mark_plus", Group.LOG, lambda: _("strong point"),
        lambda: _("put the selected line of the log in the debrief basket, as a strong point")),
    Key("minus,p_minus", _as("-"), "mark_minus", Group.LOG, lambda: _("weak point"),
        lambda: _("put it there as a weak point; the same key again takes it out")),
    Key("u", _as("u"), "undo", Group.LOG, lambda: _("undo"),
        lambda: _("undo the last command, named first"), 24),
    Key("slash", _as("/"), "search", Group.SCREEN, lambda: _("search"),
        lambda: _("search in the log or the chronogram; Escape shows all again"), 25),
    Key("p", _as("p"), "present", Group.SCREEN, lambda: _("present"),
        lambda: _("return to the present, follow it again"), 26),
    Key("1", _as("1"), "panel(0)", Group.SCREEN, lambda: _("chronogram"),
        lambda: _("go to the chronogram")),
    Key("2", _as("2"), "panel(1)", Group.SCREEN, lambda: _("to do now"),
        lambda: _("go to what is to be done now (Page Up and Down read a long text)")),
    Key("3", _as("3"), "panel(2)", Group.SCREEN, lambda: _("cells and systems"),
        lambda: _("go to the cells and the systems")),
    Key("4", _as("4"), "panel(3)", Group.SCREEN, lambda: _("log"), lambda: _("go to the log")),
    Key("f5", _as("F5"), "thaw", Group.SCREEN, lambda: _("thaw"),
        lambda: _("try again when the journal could not be written")),
    Key("f8", _as("F8"), "paper", Group.SCREEN, lambda: _("paper"),
        lambda: _("write what remains on one page, to go on from paper")),
    Key("f9", _as("F9"), "privacy", Group.SCREEN, lambda: _("hide"),
        lambda: _("hide everything but the clock, dialogs too; any key comes back"),
        priority=True),
    Key("question_mark,f1", _as("?"), "help", Group.SCREEN, lambda: _("help"),
        lambda: _("this help"), 27),
    Key("ctrl+q,ctrl+c", lambda: _("Ctrl+Q"), "leave", Group.SCREEN, lambda: _("quit"),
        lambda: _("quit; the exercise can be resumed")),
)  # fmt: skip
"""The command palette (Ctrl+P) is Textual's own key."""


def by_action(action: str) -> Key:
    return next(key for key in KEYS if key.action == action)
