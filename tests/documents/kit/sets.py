"""Sets of documents as `cyberex print` makes them, from the kits and from texts of a test's own."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf

from cyberex.cli.kit_sources import edition_of, kit_sources
from cyberex.cli.loading import locate, make_ready
from cyberex.documents.kit.assembling import page_of_text
from cyberex.documents.kit.edition import Edition, KitData, Particulars, footer_of
from cyberex.documents.kit.page import Page
from cyberex.documents.kit.texts import KitText, kit_text
from cyberex.documents.kit.writing import Made, chosen_texts, kit_files
from cyberex.documents.sheets_game import game_to_come
from cyberex.plan.model import Plan
from cyberex.scenario.kits import load_kit, package_roots

NOW = datetime(2027, 1, 12, 10, 0, tzinfo=UTC)
OWN = Particulars(
    structure="Centre hospitalier de l'Île",
    exercise="Marée haute",
    day=datetime(2027, 3, 9, 13, 30),
    phone="01 99 00 12 34",
    email="animation@ch.example",
    code_word="exercice",
    stop_words="RÉEL, RÉEL, RÉEL",
    notice="Qui. Le directeur.\n\nPourquoi. Pour appeler.",
)


def kits() -> list[tuple[str, str]]:
    """Every kit of the package with each of its sectors."""
    found: list[tuple[str, str]] = []
    for path in sorted(package_roots()[0].glob("kits/*/kit.yaml")):
        kit = load_kit(path).value
        assert kit is not None, path
        found += [(path.parent.name, sector) for sector in kit.scenarios]
    return found


@cache
def of_kit(kit: str, sector: str, *, own: bool = False) -> tuple[list[KitText], Edition]:
    """The texts and the edition of a kit; `own`: as if a facility had made it its own."""
    ready = make_ready(locate(kit, sector)[0])
    texts, data = kit_sources(ready)
    edition = edition_of(ready, texts, data, NOW)
    if own:
        edition = replace(edition, particulars=OWN, own=True)
    return texts, edition


@cache
def pages_of_kit(kit: str, sector: str, *, own: bool = False) -> list[tuple[KitText, Page]]:
    texts, edition = of_kit(kit, sector, own=own)
    return [
        (text, page_of_text(text, edition, footer_of(edition, text.readers)))
        for text in chosen_texts(texts, edition)
    ]


@cache
def files_of_kit(kit: str, sector: str, *, own: bool = False) -> list[Made]:
    return list(kit_files(*of_kit(kit, sector, own=own)))


def edition_with(
    plan: Plan, particulars: Particulars = OWN, data: Mapping[str, Any] | None = None
) -> Edition:
    return Edition(
        game=game_to_come(plan, (), NOW),
        kit="Kit d'essai",
        version="1.2.3",
        particulars=particulars,
        data=KitData(**(data or {})),
        own=particulars is OWN,
    )


def text_of(
    body: str, *, formats: tuple[str, ...] = ("pdf",), readers: str = "animation", **front: Any
) -> KitText:
    given = {"title": "Essai", "kit": "animator", "readers": readers, "formats": list(formats)}
    return kit_text("trial", {**given, **front}, body)


def words_in(value: Any) -> str:
    """Every text that the value holds, on one line."""
    return " ".join(" ".join(_strings(value)).split())


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _strings(getattr(value, field.name))
    elif isinstance(value, list | tuple):
        # Runs of one text belong together.
        runs = [item.text for item in value if type(item).__name__ == "Span"]
        if runs and len(runs) == len(value):
            yield "".join(runs)
        else:
            for item in value:
                yield from _strings(item)


def words_of_pdf(content: bytes) -> str:
    """The text of the pages on one line, words that a line cut put together again."""
    pages = [page.extract_text() for page in pypdf.PdfReader(BytesIO(content)).pages]
    return " ".join(" ".join(pages).replace("\u00ad", "").replace("\u2010\n", "").split())


def save(files: list[Made], folder: Path) -> None:
    for made in files:
        path = folder / made.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(made.content)
