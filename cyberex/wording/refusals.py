"""Why a command changed nothing, said to the operator: each code of the engine, one sentence."""

from collections.abc import Callable, Mapping

from cyberex.i18n import _
from cyberex.times import format_t
from cyberex.wording.clean import clean_line
from cyberex.wording.names import Names

Sentence = Callable[[], str]

SENTENCES: dict[str, Sentence] = {
    "actor-or-stimulus": lambda: _("Name an actor or a stimulus, not both."),
    "already-begun": lambda: _("{stimulus}: somebody is already on it."),
    "already-claimed": lambda: _("{stimulus}: {voice} has already taken it."),
    "already-confirmed": lambda: _("Mail was already confirmed."),
    "already-granted": lambda: _("This access was already given."),
    "already-held": lambda: _("{stimulus} is already held."),
    "already-left": lambda: _("{stimulus} has already left."),
    "already-open": lambda: _("This outbox is already open there."),
    "already-over": lambda: _("{stimulus} is over: nothing more can be changed in it."),
    "already-paused": lambda: _("The exercise is already paused."),
    "already-queued": lambda: _("{stimulus} already waits for the resume."),
    "already-reached": lambda: _("Milestone already reached: {milestone}."),
    "already-settled": lambda: _("Already decided: {decision}, {outcome}. Undo it first (u)."),
    "already-stopped": lambda: _("The real stop is already on."),
    "attempt-under-way": lambda: _("{stimulus}: an attempt is under way, wait for its end."),
    "bad-hour": lambda: _("'{room_at}' is no hour of the room."),
    "bad-speed": lambda: _("Speed {rate} is not possible."),
    "channel-down": lambda: _("This channel is down: {channel}."),
    "contact-of-nobody": lambda: _("Nobody knows which cell wrote: say it first."),
    "empty-text": lambda: _("Write something first."),
    "expectation-not-open": lambda: _("This reaction is not expected any more, or not yet."),
    "gap-open": lambda: _("First say what the interruption was: a pause, or time played (space)."),
    "in-the-future": lambda: _("This has not happened yet."),
    "is-leaving": lambda: _("{stimulus} is being sent: wait for the end of the attempt."),
    "jump-already-made": lambda: _("This jump was already made: {jump}."),
    "jump-not-next": lambda: _("Another jump comes first: {next}."),
    "key-already-pressed": lambda: _("This situation was already declared: {key}."),
    "mail-not-confirmed": lambda: _(
        "Look at the contact test, then confirm that mail really leaves."
    ),
    "no-contact-test": lambda: _("Start the contact test first."),
    "no-gap": lambda: _("There is no interruption to answer for."),
    "no-hour-yet": lambda: _("{stimulus} has no hour yet: it waits for its cause."),
    "no-receiver": lambda: _("Nobody would receive it: choose a cell or a role."),
    "not-a-message": lambda: _("Nothing can be written by this channel: {channel}."),
    "not-before-debex": lambda: _("Not beyond DEBEX: give DEBEX first (D)."),
    "not-claimed": lambda: _("{stimulus}: nobody has taken it."),
    "not-held": lambda: _("{stimulus} is not held."),
    "not-in-play": lambda: _("The exercise is not being played."),
    "not-in-reserve": lambda: _("{stimulus} is not in the reserve: fire it instead (f)."),
    "not-later": lambda: _("{to_ms} is not later than now."),
    "not-open": lambda: _("This outbox is not open."),
    "not-paused": lambda: _("The exercise is not paused."),
    "not-stopped": lambda: _("There is no real stop to lift."),
    "not-to-resend": lambda: _("{stimulus}: there is nothing to send again."),
    "not-undoable": lambda: _("This cannot be undone any more."),
    "nothing-leaving": lambda: _("{stimulus}: nothing of it is being sent there."),
    "nothing-to-acknowledge": lambda: _("{stimulus}: nothing there waits for an acknowledgement."),
    "nothing-to-change": lambda: _("That changes nothing."),
    "nothing-to-perform": lambda: _("{stimulus}: there is no call to make now."),
    "paused": lambda: _("The exercise is paused: resume first (space)."),
    "real-stop": lambda: _("REAL STOP: only notes and the call-down list until it is lifted (L)."),
    "several-now": lambda: _("Several would leave at once: {stimuli}. Say how far apart."),
    "speed-impossible": lambda: _("Speed {rate} is not possible."),
    "speed-locked": lambda: _("In real play speed stays at 1."),
    "unknown-access": lambda: _("This access is not known, or was revoked."),
    "unknown-actor": lambda: _("No actor is called '{actor}'."),
    "unknown-asset": lambda: _("No asset is called '{asset}'."),
    "unknown-cell": lambda: _("No cell is called '{cell}'."),
    "unknown-channel": lambda: _("No channel is called '{channel}'."),
    "unknown-contact": lambda: _("This call in is not known, or was withdrawn."),
    "unknown-decision": lambda: _("No decision is called '{decision}'."),
    "unknown-expectation": lambda: _("No expected reaction is called '{expectation}'."),
    "unknown-jump": lambda: _("No jump is called '{jump}'."),
    "unknown-key": lambda: _("No situation is called '{key}'."),
    "unknown-milestone": lambda: _("No milestone is called '{milestone}'."),
    "unknown-objective": lambda: _("No objective is called '{objective}'."),
    "unknown-outcome": lambda: _("'{outcome}' is no outcome of '{decision}'."),
    "unknown-person": lambda: _("Nobody in the directory is called '{person}'."),
    "unknown-receiver": lambda: _("Nobody is called '{receiver}'."),
    "unknown-role": lambda: _("No role is called '{role}'."),
    "unknown-stimulus": lambda: _("No stimulus is called '{stimulus}', or it was never planned."),
    "which-cell": lambda: _("{stimulus} goes to several cells: choose the sheet of one."),
    "which-outcome": lambda: _("Say what was decided: {decision}."),
    "which-room": lambda: _("Say for which cell."),
    "which-stimulus": lambda: _("Say what the cell has finished."),
    "wrong-phase": lambda: _("Not now: the exercise is {phase}."),
}
"""Called when shown: the language is chosen at start."""


def sentence(code: str, detail: Mapping[str, str], names: Names) -> str:
    """The sentence for `code`; a code nobody foresaw is shown as it is."""
    made = SENTENCES.get(code)
    if made is None:
        return _("Refused: {code}.").format(code=clean_line(code))
    words = _Words({key: _word(key, value, names) for key, value in detail.items()})
    if "outcome" in detail and "decision" in detail:
        words["outcome"] = names.outcome(detail["decision"], detail["outcome"])
    return made().format_map(words)


class _Words(dict[str, str]):
    def __missing__(self, _key: str) -> str:
        return "?"


def _word(key: str, value: str, names: Names) -> str:
    match key:
        case "stimulus":
            return names.code(value)
        case "stimuli":
            return ", ".join(names.code(item) for item in value.split())
        case "milestone":
            return names.milestone(value)
        case "decision":
            return names.decision(value)
        case "asset":
            return names.asset(value)
        case "channel":
            return names.channel(value)
        case "jump" | "next":
            return names.jump_or_hour(value)
        case "key":
            return names.key(value)
        case "phase":
            return _phase(value)
        case "voice":
            return names.asker(value)
        case "to_ms" | "from_ms" | "observed_ms":
            return format_t(int(value)) if value.lstrip("-").isdigit() else clean_line(value)
        case _:
            return clean_line(value)


def _phase(value: str) -> str:
    return {
        "ready": _("not started"),
        "briefing": _("in its briefing"),
        "play": _("in play"),
        "debrief": _("in its debrief"),
        "closed": _("closed"),
    }.get(value, value)
