"""`kits`: which kits there are, what each takes, and how many animators in each mode.

How animators are counted: see `cyberex.views.staffing`.
"""

import json
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cyberex.cli.printing import say
from cyberex.errors import UserError
from cyberex.i18n import _, ngettext
from cyberex.problems import has_errors

if TYPE_CHECKING:
    from cyberex.cli.loading import Ready
    from cyberex.views.staffing import Mode

MINUTE_MS = 60_000
WIDTH = 96
LEVELS = ("beginner", "intermediate", "advanced")


class KitsFormat(StrEnum):
    TEXT = "text"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class KitLine:
    """One scenario of one kit. `players` counts the people of its directory who hold a role, None
    without a directory; `voices` is how many animators the casting names. `animators` is the least
    that can work, by mode."""

    kit: str
    title: str
    level: str
    sector: str
    scenario: str
    briefing_min: int
    play_min: int
    debrief_min: int
    cells: tuple[str, ...]
    roles: tuple[str, ...]
    players: int | None
    stimuli: int
    reserve: int
    voices: int
    animators: Mapping["Mode", int]


@dataclass(frozen=True, slots=True)
class BrokenKit:
    """A kit that cannot be played: `reason` is the first of its mistakes."""

    kit: str
    reason: str


def kits(
    shape: Annotated[KitsFormat, typer.Option("--format", help=_("text or json"))] = (
        KitsFormat.TEXT
    ),
) -> None:
    """List the kits: level, sector, duration, cells, players, animators, stimuli."""
    found = sorted(kit_lines(), key=_rank)
    if shape is KitsFormat.JSON:
        say(json.dumps([_object(item) for item in found], ensure_ascii=False, indent=2))
        return
    if not found:
        say(_("no kit"))
    told = ""
    for item in found:
        if isinstance(item, BrokenKit):
            say(_("{kit}: cannot be played. {reason}").format(kit=item.kit, reason=item.reason))
            continue
        if item.kit != told:
            say(f"{item.kit}  {item.title} ({level_word(item.level)})")
            told = item.kit
        for line in _text(item):
            say(line)


def _rank(item: KitLine | BrokenKit) -> tuple[int, str]:
    """The easiest first, what is broken last."""
    level = item.level if isinstance(item, KitLine) else ""
    return (LEVELS.index(level) if level in LEVELS else len(LEVELS), item.kit)


def kit_lines() -> Iterator[KitLine | BrokenKit]:
    """Every scenario of every kit, the user's before ours; a broken kit hides no other."""
    from cyberex.cli.loading import locate, make_ready
    from cyberex.cli.places import home
    from cyberex.scenario.kits import listed, load_kit, package_roots

    for item in listed([home(), *package_roots()]):
        if item.kind != "kit":
            continue
        try:
            kit = load_kit(item.path).value
            readies = [make_ready(found) for found in locate(str(item.path), None)]
        except UserError as error:
            yield BrokenKit(item.id, str(error))
            continue
        for ready in readies:
            yield _line(item.id, kit.title if kit else item.id, ready)


def _line(kit: str, title: str, ready: "Ready") -> KitLine | BrokenKit:
    from cyberex.views.staffing import staffings

    plan = ready.plan
    if plan is None or has_errors(ready.problems):
        reason = ready.problems[0].message if ready.problems else _("nothing to play")
        return BrokenKit(kit, f"{ready.found.path}: {reason}")
    players = [person for person in ready.people if person.role in plan.roles]
    return KitLine(
        kit=kit,
        title=title,
        level=plan.level,
        sector=ready.found.sector or plan.sector,
        scenario=plan.title,
        briefing_min=plan.timing.briefing_ms // MINUTE_MS,
        play_min=plan.timing.play_ms // MINUTE_MS,
        debrief_min=plan.timing.debrief_ms // MINUTE_MS,
        cells=tuple(cell.title for cell in plan.cells.values()),
        roles=tuple(role.title for role in plan.roles.values()),
        players=len(players) if ready.people else None,
        stimuli=len(plan.chronogram),
        reserve=len(plan.reserve),
        voices=len({actor.played_by for actor in plan.actors.values() if actor.played_by}),
        animators={found.mode: found.animators for found in staffings(plan)},
    )


def _object(item: KitLine | BrokenKit) -> dict[str, Any]:
    if isinstance(item, BrokenKit):
        return {"kit": item.kit, "problem": item.reason}
    return {name: getattr(item, name) for name in KitLine.__slots__}


def _text(item: KitLine) -> Iterator[str]:
    yield f"  {item.sector:<5} {item.scenario}"
    for fact in _facts(item):
        yield from textwrap.wrap(fact, WIDTH, initial_indent=" " * 8, subsequent_indent=" " * 10)


def _facts(item: KitLine) -> Iterator[str]:
    yield _("{total} min: briefing {briefing}, play {play}, debrief {debrief}").format(
        total=item.briefing_min + item.play_min + item.debrief_min,
        briefing=item.briefing_min, play=item.play_min, debrief=item.debrief_min,
    )  # fmt: skip
    cells = ngettext("{count} cell: {names}", "{count} cells: {names}", len(item.cells))
    yield cells.format(count=len(item.cells), names=", ".join(item.cells))
    roles = ngettext("{count} role: {names}", "{count} roles: {names}", len(item.roles))
    yield roles.format(count=len(item.roles), names=", ".join(item.roles))
    if item.players is not None:
        yield ngettext(
            "{count} player in the directory", "{count} players in the directory", item.players
        ).format(count=item.players)
    yield _("{stimuli} stimuli, {reserve} in reserve").format(
        stimuli=item.stimuli, reserve=item.reserve
    )
    yield _("animators at least: {least}; the casting names {voices}").format(
        least=", ".join(f"{mode_word(mode)} {count}" for mode, count in item.animators.items()),
        voices=item.voices,
    )


def level_word(level: str) -> str:
    """A level in the language in use."""
    return {
        "beginner": _("beginner"),
        "intermediate": _("intermediate"),
        "advanced": _("advanced"),
    }.get(level, level)


def mode_word(mode: "Mode") -> str:
    return {
        "console": _("console"),
        "tabletop": _("tabletop"),
        "paper": _("paper"),
    }[mode.value]
