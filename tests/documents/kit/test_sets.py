"""The whole set of each kit and sector: complete, filled in, and telling players nothing."""

import re
import zipfile
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any

import docx
import pptx
import pypdf
import pytest

from cyberex.documents.kit.blocks_data import criteria_of
from cyberex.documents.kit.texts import FOR_ANIMATION, KitText, blocks_of
from cyberex.documents.kit.writing import Made
from cyberex.plan.model import Plan
from tests.documents.kit.sets import (
    files_of_kit,
    kits,
    of_kit,
    pages_of_kit,
    words_in,
    words_of_pdf,
)

PRINTED = kits()
"""Each is printed once, for all the tests that open files."""
LONG_ENOUGH = 25

# What the national kits and the project promise: no kit may lose one of them.
PROMISED = {
    "animator": {
        "animator-booklet", "attendance", "badges", "briefing-slides", "calendar-team",
        "chronogram", "debrief-animator", "debrief-observers", "debrief-players", "door-signs",
        "observation-sheet", "participants-directory", "room-card", "self-assessment",
        "stimuli-booklet",
    },
    "participant": {
        "blank-actions", "blank-log", "cert-sante-help", "crisis-communication", "crisis-sheet",
        "declare-incident", "glossary", "player-booklet", "ten-practices",
    },
    "communication": {
        "calendar", "closing-message", "internal-notice", "invitation", "notice-ars",
        "notice-cert-sante", "notice-grades", "notice-night", "notice-provider", "notice-samu",
        "notice-security", "notice-service-desk", "notice-staff-representatives",
        "notice-switchboard", "poster",
    },
}  # fmt: skip
EVERY_BLOCK_IN_USE = FOR_ANIMATION - {"decisions"}


def of_players(text: KitText) -> bool:
    return text.readers not in ("animation", "observers")


def secrets_of(plan: Plan) -> list[str]:
    """Every paragraph that only the animation may read, on one line."""
    said = [plan.title, plan.synopsis]
    for stimulus in plan.stimuli.values():
        said += [stimulus.title, stimulus.remarks, stimulus.if_stuck]
        said += re.split(r"\$\{[^}]*\}|\n\n", stimulus.text)
        said += [expectation.text for expectation in stimulus.expectations]
    for jump in plan.jumps.values():
        said += [jump.title, *re.split(r"\$\{[^}]*\}|\n\n", jump.bulletin)]
    said += [
        outcome.title for item in plan.decisions.values() for outcome in item.outcomes.values()
    ]
    lines = (" ".join(text.split()) for text in said)
    return [line for line in lines if len(line.replace("EXERCICE", "")) >= LONG_ENOUGH]


@pytest.mark.parametrize(("kit", "sector"), kits())
def test_every_document_promised_is_in_the_set(kit: str, sector: str) -> None:
    found: dict[str, set[str]] = {}
    for text, _page in pages_of_kit(kit, sector):
        found.setdefault(text.kit, set()).add(text.id)
    assert {name: promised - found[name] for name, promised in PROMISED.items()} == {
        name: set() for name in PROMISED
    }


def test_the_departement_is_told_in_social_care_only() -> None:
    for kit, sector in kits():
        ids = {text.id for text, _page in pages_of_kit(kit, sector)}
        assert ("notice-departement" in ids) == (sector == "esms")


def test_every_block_that_can_be_asked_for_is_used_by_a_text() -> None:
    texts, _edition = of_kit("beginner", "es")
    assert {block for text in texts for block in blocks_of(text.body)} >= EVERY_BLOCK_IN_USE


@pytest.mark.parametrize("own", [False, True])
@pytest.mark.parametrize(("kit", "sector"), kits())
def test_no_variable_and_no_missing_value_is_left(kit: str, sector: str, own: bool) -> None:
    for text, page in pages_of_kit(kit, sector, own=own):
        words = words_in(page)
        assert re.findall(r"\$\{\w*\}|\{\{.*?\}\}|\bNone\b|Span\(", words) == [], text.id


@pytest.mark.parametrize(("kit", "sector"), kits())
def test_a_kit_alone_names_nobody_and_no_number_of_its_fiction(kit: str, sector: str) -> None:
    _texts, edition = of_kit(kit, sector)
    names = [person.name for person in edition.game.people if person.name]
    for text, page in pages_of_kit(kit, sector):
        words = words_in(page)
        assert [name for name in names if name in words] == [], text.id
        assert "Modèle à compléter" in page.audience


@pytest.mark.parametrize("own", [False, True])
@pytest.mark.parametrize(("kit", "sector"), kits())
def test_no_player_finds_a_private_person_or_an_attacker_in_the_directory(
    kit: str, sector: str, own: bool
) -> None:
    _texts, edition = of_kit(kit, sector, own=own)
    hidden = {"attacker", "patient", "family"}
    titles = [
        actor.title
        for actor in edition.plan.actors.values()
        if actor.kind in hidden and (actor.kind == "attacker" or not actor.email)
    ]
    for text, page in pages_of_kit(kit, sector, own=own):
        if of_players(text):
            words = words_in(page)
            assert [title for title in titles if title in words] == [], text.id


@pytest.mark.parametrize("own", [False, True])
@pytest.mark.parametrize(("kit", "sector"), kits())
def test_no_document_that_players_read_tells_what_will_happen(
    kit: str, sector: str, own: bool
) -> None:
    _texts, edition = of_kit(kit, sector, own=own)
    secrets = secrets_of(edition.plan)
    assert len(secrets) > 5
    for text, page in pages_of_kit(kit, sector, own=own):
        if of_players(text):
            words = words_in(page)
            assert [secret for secret in secrets if secret in words] == [], text.id


def test_the_foot_of_a_page_tells_players_the_level_and_not_the_story() -> None:
    _texts, edition = of_kit("data-theft", "es")
    told = {page.footer for text, page in pages_of_kit("data-theft", "es") if of_players(text)}
    assert [footer for footer in told if "rançongiciel" in edition.kit and "vol" in footer] == []
    assert all("Kit confirmé ES" in footer for footer in told)


def test_the_secrets_are_those_that_the_animation_reads() -> None:
    _texts, edition = of_kit("beginner", "es")
    booklet = words_in([page for text, page in pages_of_kit("beginner", "es")
                        if text.id in ("stimuli-booklet", "chronogram")])  # fmt: skip
    told = [secret for secret in secrets_of(edition.plan) if secret in booklet]
    assert len(told) > len(edition.plan.stimuli)


@pytest.mark.parametrize(("kit", "sector"), PRINTED)
def test_each_format_of_each_text_is_a_file_in_the_folder_of_its_kit(kit: str, sector: str) -> None:
    files = files_of_kit(kit, sector)
    wanted = {
        (text.id, shape) for text, _page in pages_of_kit(kit, sector) for shape in text.formats
    }
    assert {(made.text.id, made.path.suffix[1:]) for made in files} == wanted
    assert len({made.path for made in files}) == len(files)
    folders = {"animator": "animateur", "participant": "participant",
               "communication": "communication"}  # fmt: skip
    assert {made.path.parent for made in files if made.path.parent
            != PurePosixPath(folders[made.text.kit])} == set()  # fmt: skip


@pytest.mark.parametrize(("kit", "sector"), PRINTED)
def test_every_pdf_embeds_its_fonts_is_tagged_marked_and_numbered(kit: str, sector: str) -> None:
    for made in of_format(files_of_kit(kit, sector), "pdf"):
        reader = pypdf.PdfReader(BytesIO(made.content))
        assert unembedded(reader) == set(), made.path
        root: Any = reader.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"], made.path
        assert root["/Lang"] == "fr", made.path
        for number in {1, len(reader.pages)}:
            said = reader.pages[number - 1].extract_text()
            assert "EXERCICE" in said, made.path
            assert f"{number} / {len(reader.pages)}" in said, made.path


def unembedded(reader: pypdf.PdfReader) -> set[str]:
    """Fonts that a page names and the file does not hold."""
    found = set()
    for page in reader.pages:
        resources: Any = page["/Resources"]
        for font in (resources.get("/Font") or {}).values():
            whole = font.get_object()
            for part in whole.get("/DescendantFonts") or [whole]:
                descriptor = part.get_object().get("/FontDescriptor", {})
                if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor):
                    found.add(str(whole.get("/BaseFont")))
    return found


@pytest.mark.parametrize(("kit", "sector"), PRINTED)
def test_a_printed_page_for_players_tells_nothing_and_leaves_no_variable(
    kit: str, sector: str
) -> None:
    _texts, edition = of_kit(kit, sector)
    secrets = [re.sub(r"\W", "", secret) for secret in secrets_of(edition.plan)]
    for made in of_format(files_of_kit(kit, sector), "pdf"):
        if of_players(made.text):
            said = words_of_pdf(made.content)
            assert re.findall(r"\$\{|\{\{|:::", said) == [], made.path
            words = re.sub(r"\W", "", said)
            assert [secret for secret in secrets if secret in words] == [], made.path


@pytest.mark.parametrize(("kit", "sector"), kits())
def test_no_observer_scores_more_than_a_page_nor_less_than_a_few(kit: str, sector: str) -> None:
    _texts, edition = of_kit(kit, sector)
    counts = {cell: len(criteria_of(edition, cell)) for cell in edition.plan.cells}
    assert {cell: count for cell, count in counts.items() if not 6 <= count <= 16} == {}


@pytest.mark.parametrize(("kit", "sector"), PRINTED)
def test_every_word_file_is_marked_numbered_and_in_french(kit: str, sector: str) -> None:
    for made in of_format(files_of_kit(kit, sector), "docx"):
        document = docx.Document(BytesIO(made.content))
        section: Any = document.sections[0]
        assert "EXERCICE" in section.header.paragraphs[0].text, made.path
        assert "NUMPAGES" in section.footer._element.xml, made.path
        assert "fr-FR" in document.styles["Normal"].element.xml, made.path
        assert {round(section.page_width.mm), round(section.page_height.mm)} == {210, 297}


@pytest.mark.parametrize(("kit", "sector"), PRINTED)
def test_every_slide_is_marked_and_numbered(kit: str, sector: str) -> None:
    decks = of_format(files_of_kit(kit, sector), "pptx")
    assert decks
    for made in decks:
        slides = pptx.Presentation(BytesIO(made.content)).slides
        assert len(slides) > 5
        for number, slide in enumerate(slides, 1):
            texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
            assert any(text.startswith("EXERCICE") for text in texts)
            assert f"{number} / {len(slides)}" in texts
            assert slide.shapes.title.text_frame.text.strip()


@pytest.mark.parametrize(("kit", "sector"), PRINTED)
def test_no_workbook_holds_a_formula_or_a_link(kit: str, sector: str) -> None:
    books = of_format(files_of_kit(kit, sector), "xlsx")
    assert {made.text.id for made in books} >= {"chronogram", "participants-directory"}
    for made in books:
        with zipfile.ZipFile(BytesIO(made.content)) as book:
            sheets = [book.read(name).decode() for name in book.namelist() if "/sheet" in name]
        assert [found for xml in sheets for found in re.findall(r"<f>|<hyperlink", xml)] == []
        assert all("EXERCICE" in xml for xml in sheets if "<headerFooter" in xml)


def of_format(files: list[Made], shape: str) -> list[Made]:
    return [made for made in files if made.path.suffix == f".{shape}"]
