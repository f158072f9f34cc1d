"""The chronogram as the national kits show it: one row a stimulus, the jumps between them."""

from datetime import datetime, timedelta

from cyberex.documents.tables import Table
from cyberex.i18n import _, language
from cyberex.plan.model import Conditions, Plan, PlannedJump, PlannedStimulus
from cyberex.plan.texts import spoken
from cyberex.times import format_duration_words, format_fiction, format_t
from cyberex.wording.conditions import fact_words


def chronogram_title(plan: Plan) -> str:
    return _("{title} – DEBEX {startex}, {minutes} min of play").format(
        title=plan.title,
        startex=format_fiction(plan.timing.startex, language=language()),
        minutes=plan.timing.play_ms // 60_000,
    )


def chronogram_rows(plan: Plan, *, full: bool = False) -> Table:
    """Timed rows in order of their hours, then what waits for a cause, then the reserve.

    `full` shows the text said in place of the title alone.
    """
    timed: list[tuple[int, int, tuple[str, ...]]] = []
    waiting: list[tuple[str, ...]] = []
    for stimulus in plan.chronogram:
        window = stimulus.window
        if window is not None and window.at_ms is not None:
            row = _stimulus(plan, stimulus, window.at_ms, full=full)
            timed.append((window.at_ms, stimulus.index, row))
        else:
            waiting.append(_stimulus(plan, stimulus, None, full=full))
    for jump in plan.jumps.values():
        timed.append((jump.at_ms, jump.index, _jump(jump)))
    spare = [_stimulus(plan, stimulus, None, full=full) for stimulus in plan.reserve]
    rows = [row for _at, _index, row in sorted(timed, key=lambda item: item[:2])]
    hour, since, code = _("Hour"), _("T+"), _("No.")
    return Table(
        columns=(
            hour,
            since,
            code,
            _("Channel"),
            _("Sender"),
            _("Receiver"),
            _("Event"),
            _("Expected reactions"),
        ),
        rows=(*rows, *waiting, *spare),
        narrow=(hour, since),
    )


def fiction_at(plan: Plan, sim_ms: int) -> datetime:
    """The fiction's planned hour: every jump made when due."""
    moment = plan.timing.startex + timedelta(milliseconds=sim_ms)
    for jump in sorted(plan.jumps.values(), key=lambda item: item.at_ms):
        if jump.at_ms <= sim_ms:
            moment = jump.to + timedelta(milliseconds=sim_ms - jump.at_ms)
    return moment


def _stimulus(
    plan: Plan, stimulus: PlannedStimulus, at_ms: int | None, *, full: bool
) -> tuple[str, ...]:
    event = stimulus.title
    if full:
        event += "\n" + spoken(stimulus.text, fiction_at(plan, at_ms or 0))
    notes = [_when(plan, stimulus) if at_ms is None else ""]
    notes.append(_conditions(plan, stimulus.conditions))
    event += "".join(f"\n({note})" for note in notes if note)
    hour = f"{fiction_at(plan, at_ms):%H:%M}" if at_ms is not None else ""
    actor = plan.actors.get(stimulus.sender)
    channel = plan.channels.get(stimulus.via)
    return (
        hour,
        format_t(at_ms) if at_ms is not None else "",
        stimulus.id.upper(),
        channel.title if channel else stimulus.via,
        actor.title if actor else stimulus.sender,
        ", ".join(_receiver(plan, name) for name in stimulus.to),
        event,
        "\n".join(f"– {item.text}{_within(item.within_ms)}" for item in stimulus.expectations),
    )


def _within(within_ms: int | None) -> str:
    if within_ms is None:
        return ""
    return f" ({format_duration_words(within_ms, language())})"


def _when(plan: Plan, stimulus: PlannedStimulus) -> str:
    window = stimulus.window
    if window is None or window.after is None:
        return _("reserve")
    low = format_duration_words(window.after.low_ms, language())
    high = format_duration_words(window.after.high_ms, language())
    delay = low if low == high else _("{low} to {high}").format(low=low, high=high)
    return _("{delay} after: {fact}").format(delay=delay, fact=fact_words(plan, window.after.fact))


def _receiver(plan: Plan, name: str) -> str:
    if name == "all":
        return _("all")
    found = plan.roles.get(name) or plan.cells.get(name)
    return found.title if found else name


def _jump(jump: PlannedJump) -> tuple[str, ...]:
    landing = format_fiction(jump.to, language=language())
    title = jump.title or _("Time jump")
    event = f"{title} → {landing}"
    return (f"{jump.to:%H:%M}", format_t(jump.at_ms), jump.id.upper(), "", "", _("all"), event, "")


def _conditions(plan: Plan, conditions: Conditions) -> str:
    parts = [fact_words(plan, fact) for fact in conditions.when]
    parts += [_("not: {fact}").format(fact=fact_words(plan, fact)) for fact in conditions.unless]
    return _("if {facts}").format(facts=" ; ".join(parts)) if parts else ""
