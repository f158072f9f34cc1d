"""What the world sees, as far as it was delivered: media of any cell, the attacker's own screen.

Nothing planned is ever here: every screen is made from what reached somebody.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from markupsafe import Markup

from cyberex.documents.interactive import fragment
from cyberex.documents.interactive_screens import Kind, Screen, kinds_of, screen_of
from cyberex.documents.interactive_text import headline, post
from cyberex.i18n import language
from cyberex.plan.model import PlannedStimulus
from cyberex.portal.page import Asked
from cyberex.times import TimeError, format_fiction
from cyberex.views.inboxes import InboxItem
from cyberex.wording.clean import clean, clean_line

ATTACKER = "attacker"
NAME_END = (",", " (")
SIZES = ((260, "roomy"), (520, "full"), (800, "crowded"), (1_300, "packed"))
"""So many characters at most fill the front of a wall at each size."""
LONGEST_HEADLINE = 140


@dataclass(frozen=True, slots=True)
class Shown:
    """One screen of the wall. `hour` is the fiction's; `size` says how much text it has to hold;
    `left_s` what an attacker's countdown still gives, None without one."""

    key: str
    kind: str
    markup: Markup
    outlet: str
    headline: str
    hour: str
    size: str
    left: str
    left_s: int | None
    pace: float


def on_the_wall(asked: Asked) -> tuple[Shown, ...]:
    """The newest first; what reached several cells, once."""
    found: dict[str, InboxItem] = {}
    for item in sorted(_delivered(asked), key=lambda item: item.seq):
        found.setdefault(item.occurrence, item)
    newest = sorted(found.values(), key=lambda item: item.seq, reverse=True)
    return tuple(shown for item in newest if (shown := _shown(asked, item)) is not None)


def _delivered(asked: Asked) -> Iterator[InboxItem]:
    for cell in asked.exercise.plan.cells:
        for item in asked.board.inboxes.items(cell):
            actor = asked.exercise.plan.actors.get(item.sender)
            is_attacker = actor is not None and actor.kind == ATTACKER
            if item.kind == "media" or (item.kind == "document" and is_attacker):
                yield item


def _shown(asked: Asked, item: InboxItem) -> Shown | None:
    situation = asked.board.situation
    then = situation.fiction(item.delivered_ms)
    screen = _screen(asked, item, then)
    if screen is None:
        return None
    pace = situation.speed if situation.running else 0.0
    left_s = _left_s(asked, screen, then)
    screen = replace(screen, term_s=left_s, pace=pace)
    outlet, said = _headline(screen)
    return Shown(
        key=item.key,
        kind=screen.kind.value,
        markup=Markup(fragment(screen)),
        outlet=outlet,
        headline=said if len(said) <= LONGEST_HEADLINE else said[: LONGEST_HEADLINE - 1] + "…",
        hour=format_fiction(then, language=language()),
        size=_size(screen),
        left="" if left_s is None else _hours(left_s),
        left_s=left_s,
        pace=pace,
    )


def _screen(asked: Asked, item: InboxItem, then: datetime) -> Screen | None:
    """As it reached them: the director's words where they were changed."""
    plan, say = asked.exercise.plan, asked.exercise.text
    planned = plan.stimuli.get(item.stimulus) or PlannedStimulus(
        item.stimulus, 0, "", "", item.sender, (), (), item.channel
    )
    stimulus = replace(
        planned,
        title=say(item.title) if item.title else planned.title,
        text=say(item.text) if item.text else planned.text,
        via=item.channel,
    )
    kind = next(iter(kinds_of(plan, stimulus)), None)
    if kind is None:
        return None
    try:
        return screen_of(plan, stimulus, kind, then)
    except TimeError:  # typed by the director: shown as it stands
        return screen_of(
            plan, replace(stimulus, text=stimulus.text.replace("${", "$ {")), kind, then
        )


def _left_s(asked: Asked, screen: Screen, then: datetime) -> int | None:
    """What the countdown still gives, in the fiction's time."""
    if screen.kind is not Kind.RANSOM or screen.term_s is None:
        return None
    now = asked.board.situation.fiction(asked.exercise.sim_ms())
    return max(0, screen.term_s - int((now - then).total_seconds()))


def _hours(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _headline(screen: Screen) -> tuple[str, str]:
    """Where it is said, and what in one line."""
    body = screen.body or (screen.title,)
    outlet = screen.outlet or screen.sender
    for end in NAME_END:
        outlet = outlet.partition(end)[0]
    match screen.kind:
        case Kind.TV | Kind.NEWSPAPER:
            said = headline(body)[1]
        case Kind.POSTS:
            said = post(body).message
        case _:
            said = body[0]
    return clean_line(outlet), clean_line(clean(said))


def _size(screen: Screen) -> str:
    length = sum(len(line) + 40 for line in screen.body)
    return next((size for most, size in SIZES if length <= most), "tiny")
