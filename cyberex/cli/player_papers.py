"""What players look up on their pages: sheets, who answers, who reads them; what observers tick."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from cyberex.cli.kit_sources import edition_of, kit_sources
from cyberex.cli.loading import Ready
from cyberex.documents.kit.assembling import page_of_text
from cyberex.documents.kit.edition import Edition
from cyberex.documents.kit.nodes import Node
from cyberex.documents.kit.texts import KitText
from cyberex.facts.people import Person
from cyberex.plan.model import Plan
from cyberex.portal.for_observers import Criterion, sheet_of
from cyberex.portal.for_players import ForPlayers
from cyberex.scenario.facility.model import Facility
from cyberex.scenario.kits import Found
from cyberex.scenario.typed import read_model

SETTINGS = "exercise.yaml"
SHEETS = (
    "player-booklet", "crisis-sheet", "ten-practices", "crisis-communication", "declare-incident",
    "cert-sante-help", "glossary",
)  # fmt: skip
"""What is of use during play, in the order in which it is shown; all of it is for players."""
KEPT = frozenset({".toml", ".yaml", ".yml", ".cyberex", ".lock", ".jsonl", ".pem", ".key"})
"""Settings with a password, people, scenarios, journals, keys."""
LARGEST = 5_000_000
"""In bytes: what is larger cannot be mailed, and would hold everybody up while it is read."""


def papers_of(
    plan: Plan, source: Path, people: Sequence[Person], now: datetime
) -> tuple[ForPlayers, tuple[Criterion, ...]]:
    """What players look up, and the observation sheet. Read from the folder of `source`, the
    scenario, if it is an exercise's, and from the kit. UserError if one of them is wrong. It reads
    files: call it in a thread."""
    settings = source.parent / SETTINGS
    facility = read_model(settings, Facility).value if settings.is_file() else None
    found = Found(plan.id, source, exercise=settings if facility else None)
    ready = Ready(found, None, plan, tuple(people), (), facility)
    texts, data = kit_sources(ready)
    edition = edition_of(ready, texts, data, now)
    own = edition.particulars
    players = ForPlayers(
        documents=tuple(_sheets(texts, edition)),
        notice=own.notice if facility else "",
        contact=" · ".join(filter(None, (own.phone, own.email))),
        code_word=own.code_word,
        stop_words=own.stop_words or ForPlayers().stop_words,
        files=files_beside(source),
    )
    return players, sheet_of(edition)


def _sheets(texts: Sequence[KitText], edition: Edition) -> Iterator[tuple[str, tuple[Node, ...]]]:
    plan = edition.plan
    kept = {
        text.id: text
        for text in texts
        if text.readers == "players" and text.concerns(plan.level, plan.sector)
    }
    for name in SHEETS:
        if name in kept:
            page = page_of_text(kept[name], edition)
            yield page.title, tuple(page.nodes)


def files_beside(source: Path) -> Callable[[str], bytes | None]:
    """What the scenario attaches, from its own folder and nowhere else. Never what the exercise
    keeps there for itself: a scenario may come from elsewhere, and players read what it attaches.
    """

    def content(name: str) -> bytes | None:
        folder = source.parent.resolve()
        path = (folder / name).resolve()
        if not path.is_relative_to(folder) or _is_kept(path.name):
            return None
        try:
            small = path.is_file() and path.stat().st_size <= LARGEST
            return path.read_bytes() if small else None
        except OSError:
            return None

    return content


def _is_kept(name: str) -> bool:
    return name.startswith(".") or Path(name).suffix.lower() in KEPT
