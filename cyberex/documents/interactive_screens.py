"""Which screens can be shown of a scenario: made from its own stimuli, by channel and sender.

What the attacker leaves, what media and networks say, what is written and handed over. Calls and
visits are not shown: somebody plays them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cyberex.documents.chronogram import fiction_at
from cyberex.documents.interactive_text import read as read_text
from cyberex.documents.interactive_text import term_s
from cyberex.plan.model import Plan, PlannedStimulus
from cyberex.plan.texts import spoken
from cyberex.wording.clean import clean_line


class Kind(StrEnum):
    RANSOM = "ransom"
    THREAT = "threat"
    TV = "tv"
    NEWSPAPER = "newspaper"
    POSTS = "posts"
    SMS = "sms"
    EMAIL = "email"
    NOTE = "note"


OUTLETS: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    (Kind.POSTS, ("pépie", "réseau social", "vidéo en direct")),
    (Kind.TV, ("infocontinue", "télénationale", "chaîne", "bandeau", "télévision")),
    (Kind.NEWSPAPER, ("courrier", "hebdo", "gazette", "quotidien", "journal", "la une")),
)
"""Words of a heading, else of a sender's name, that say where something is published; without any
it is a network."""


@dataclass(frozen=True, slots=True)
class Screen:
    """One stimulus as something that is shown. `outlet` is the author's heading ("" if none),
    `now` the fiction's hour when it is due (None if it has none), `term_s` the seconds that an
    attacker leaves. `pace`: how fast these pass on a page that follows the game; None: it does not.
    """

    id: str
    kind: Kind
    sender: str
    outlet: str
    title: str
    body: tuple[str, ...]
    language: str = "fr"
    now: datetime | None = None
    term_s: int | None = None
    pace: float | None = None

    @property
    def file(self) -> str:
        return f"{self.id}-{self.kind}.html"


def screens_of(plan: Plan, chosen: Mapping[str, Kind] | None = None) -> tuple[Screen, ...]:
    """Every screen of the scenario, the reserve's included, in file order. `chosen` gives a
    stimulus (whatever its channel) the screen wanted instead."""
    chosen = chosen or {}
    found: list[Screen] = []
    for stimulus in plan.stimuli.values():
        wanted = chosen.get(stimulus.id)
        kinds = (wanted,) if wanted else kinds_of(plan, stimulus)
        at_ms = stimulus.window.at_ms if stimulus.window else None
        now = fiction_at(plan, at_ms) if at_ms is not None else None
        found.extend(screen_of(plan, stimulus, kind, now) for kind in kinds)
    return tuple(found)


def kinds_of(plan: Plan, stimulus: PlannedStimulus) -> tuple[Kind, ...]:
    """As what it can be shown, the likeliest first; () for a call or a visit."""
    channel = plan.channels.get(stimulus.via)
    sender = plan.actors.get(stimulus.sender)
    match channel.kind if channel else "":
        case "document" if sender is not None and sender.kind == "attacker":
            return (Kind.RANSOM, Kind.THREAT)
        case "document":
            return (Kind.NOTE,)
        case "media":
            return (_outlet(stimulus, sender.title if sender else ""),)
        case "sms":
            return (Kind.SMS,)
        case "email":
            return (Kind.EMAIL,)
    return ()


def _outlet(stimulus: PlannedStimulus, sender: str) -> Kind:
    for words in (read_text(stimulus.text).heading.lower(), sender.lower()):
        for kind, names in OUTLETS:
            if any(name in words for name in names):
                return kind
    return Kind.POSTS


def screen_of(
    plan: Plan, stimulus: PlannedStimulus, kind: Kind, now: datetime | None = None
) -> Screen:
    """`stimulus` (its title and text as they are wanted) shown as `kind` at the fiction's `now`."""
    said = read_text(spoken(stimulus.text, now or plan.timing.startex))
    sender = plan.actors.get(stimulus.sender)
    return Screen(
        id=stimulus.id,
        kind=kind,
        sender=clean_line(sender.title if sender else ""),
        outlet=said.heading,
        title=clean_line(stimulus.title),
        body=said.body,
        language=plan.language,
        now=now,
        term_s=term_s(said.body, now) if kind is Kind.RANSOM else None,
    )
