"""Conditions, windows, delays and signs of a stimulus, in the words of a sheet."""

from cyberex.documents.sheets_game import PaperGame
from cyberex.documents.sheets_items import Item
from cyberex.i18n import _, language
from cyberex.plan.model import (
    Actor,
    Conditions,
    IfDown,
    Importance,
    Nature,
    Plan,
    PlannedExpectation,
    Window,
)
from cyberex.times import format_duration_words, format_t
from cyberex.views.rows import Status
from cyberex.wording import words
from cyberex.wording.clean import clean_line
from cyberex.wording.conditions import fact_words

IMPORTANCE_SYMBOLS = {
    Importance.ESSENTIAL: "★",
    Importance.NORMAL: "●",
    Importance.OPTIONAL: "○",
}


def importance_mark(importance: Importance) -> str:
    return f"{IMPORTANCE_SYMBOLS[importance]} {words.importance(importance)}"


def nature_words(nature: Nature) -> str:
    return {
        Nature.NORMAL: "",
        Nature.NUDGE: _("a nudge"),
        Nature.NOISE: _("noise"),
    }[nature]


def conditions_words(plan: Plan, conditions: Conditions) -> str:
    """`isolation: kept; not: incident declared`; "" if there is none."""
    parts = [clean_line(fact_words(plan, fact)) for fact in conditions.when]
    parts += [
        _("not: {fact}").format(fact=clean_line(fact_words(plan, fact)))
        for fact in conditions.unless
    ]
    return " ; ".join(parts)


def delay_words(low_ms: int, high_ms: int) -> str:
    low = format_duration_words(low_ms, language())
    high = format_duration_words(high_ms, language())
    return low if low == high else _("{low} to {high}").format(low=low, high=high)


def after_words(plan: Plan, window: Window | None) -> str:
    """`5 min to 10 min after: incident declared`; "" for an hour of its own."""
    if window is None or window.after is None:
        return ""
    return _("{delay} after: {fact}").format(
        delay=delay_words(window.after.low_ms, window.after.high_ms),
        fact=clean_line(fact_words(plan, window.after.fact)),
    )


def condition_lines(game: PaperGame, item: Item) -> list[str]:
    """Everything that must be true for it to be played, one sentence each."""
    planned = item.planned
    if planned is None:
        return []
    said = []
    after = after_words(game.plan, planned.window) if item.at_ms is None else ""
    if after:
        said.append(after)
    conditions = conditions_words(game.plan, planned.conditions)
    if conditions:
        said.append(_("only if {facts}").format(facts=conditions))
    limit_ms = item.row.until_ms if item.row else None
    if limit_ms is not None:
        said.append(_limit(game, item, limit_ms))
    elif conditions and planned.otherwise is not None:
        said.append(_("otherwise: {action}").format(action=_otherwise(game, item)))
    return said


def _limit(game: PaperGame, item: Item, limit_ms: int) -> str:
    hour = game.room_hour(limit_ms)
    until = f"{hour} ({format_t(limit_ms)})" if hour else format_t(limit_ms)
    return _("no later than {until}, otherwise: {action}").format(
        until=until, action=_otherwise(game, item)
    )


def _otherwise(game: PaperGame, item: Item) -> str:
    otherwise = item.planned.otherwise if item.planned else None
    if otherwise is None or otherwise.action == "skip":
        return _("it is dropped")
    if otherwise.action == "play":
        return _("{stimulus} is played").format(stimulus=stimulus_words(game, otherwise.play))
    return _("it goes to the reserve")


def stimulus_words(game: PaperGame, stimulus: str) -> str:
    """`V01 Title`."""
    return f"{game.names.code(stimulus)} {game.names.title(stimulus)}".rstrip()


def if_down_words(if_down: IfDown) -> str:
    """What an animator does when the channel and all its stand-ins are down."""
    return {
        IfDown.FALLBACK: _("otherwise ask the head of animation"),
        IfDown.WAIT: _("wait until the channel is back"),
        IfDown.SKIP: _("do not play it"),
        IfDown.ASK: _("ask the head of animation before changing channel"),
    }[if_down]


def expectation_line(game: PaperGame, expectation: PlannedExpectation) -> str:
    """`Informatique: the reaction (5 min) → milestone`."""
    who = expectation.role or expectation.cell
    said = clean_line(expectation.text)
    if who:
        said = _("{who}: {text}").format(who=game.names.who(who), text=said)
    if expectation.within_ms is not None:
        said += f" ({format_duration_words(expectation.within_ms, language())})"
    if expectation.reaches:
        said += f" → {game.names.milestone(expectation.reaches)}"
    if expectation.settles:
        found = game.plan.decisions.get(expectation.settles)
        outcomes = (
            " / ".join(clean_line(item.title) for item in found.outcomes.values()) if found else ""
        )
        said += f" → {game.names.decision(expectation.settles)} : {outcomes}"
    return said


def state_words(game: PaperGame, item: Item) -> str:
    """What must be known of it beyond its hour; "" when it simply comes later."""
    row = item.row
    if row is None:
        return _("RESERVE: only when the head of animation asks for it")
    back = [leg.back_ms for leg in item.legs if leg.back_ms is not None]
    if row.status is Status.RESERVED:
        return _("back in the RESERVE: only when the head of animation asks for it")
    if row.status is Status.HELD:
        return _("HELD: only when the head of animation releases it")
    if row.status is Status.WAITING:
        return _("WAITS: only when the head of animation says so")
    if row.status is Status.QUEUED:
        return _("leaves when the exercise resumes")
    if row.gate:
        return _("after the jump {hour}").format(hour=_jump_hour(game, row.gate))
    if back:
        return _("TRY AGAIN at {since}").format(since=hour_words(game, min(back)))
    if row.status is Status.BLOCKED:
        return _("NO CHANNEL: ask the head of animation")
    if row.status is Status.LEAVING:
        return _("BEING SENT: ask the head of animation")
    if row.status is Status.UNSENT:
        return _("NOT SENT: ask the head of animation")
    if row.status in (Status.DUE, Status.TO_PERFORM):
        return _("TO DO NOW")
    return ""


def _jump_hour(game: PaperGame, jump: str) -> str:
    found = game.plan.jumps.get(jump)
    return f"{found.to:%H:%M}" if found else clean_line(jump)


def hour_words(game: PaperGame, sim_ms: int) -> str:
    """`10:45 (T+15)`, or `T+15` while the room's hour is not known."""
    room = game.room_hour(sim_ms)
    since = format_t(sim_ms)
    return f"{room} ({since})" if room else since


def comes_back_words(game: PaperGame, actor: Actor) -> str:
    """When an actor rings again by themselves; "" if they do not."""
    back = actor.comes_back
    if back is None:
        return ""
    said = _("plays {stimulus} every {every}, first {delay} after: {fact}; {times} at most").format(
        stimulus=stimulus_words(game, back.play),
        every=format_duration_words(back.every_ms, language()),
        delay=delay_words(back.after.low_ms, back.after.high_ms),
        fact=clean_line(fact_words(game.plan, back.after.fact)),
        times=back.at_most,
    )
    if back.until is None:
        return said
    return _("{said}, until: {fact}").format(
        said=said, fact=clean_line(fact_words(game.plan, back.until))
    )
