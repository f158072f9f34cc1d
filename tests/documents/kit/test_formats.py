"""Hostile or unusual texts come out as they were written, in every format."""

import re
import zipfile
import zlib
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pptx
import pypdf
import pytest

from cyberex.cli.kit_sources import is_png
from cyberex.documents.kit.assembling import file_words
from cyberex.documents.kit.blocks_story import stimuli
from cyberex.documents.kit.edition import (
    Edition,
    KitData,
    Particulars,
    old_duties,
    variables_of,
    verified_on,
    working_day,
)
from cyberex.documents.kit.nodes import Sheet
from cyberex.documents.kit.texts import KitText
from cyberex.documents.kit.writing import kit_files, write_kit
from cyberex.plan.build import plan_scenario
from cyberex.plan.model import Plan
from cyberex.scenario.load import scenario_of_text
from tests.documents.kit.sets import (
    NOW,
    OWN,
    edition_with,
    text_of,
    words_in,
    words_of_pdf,
)

HOSTILE = """#import "x": y $alpha$ <b>gras</b> =HYPERLINK("a") @evil *un _deux_ \\ `code` // fin"""
STORY = (
    """\
cyberex: 1
id: tiny
title: Titre qui raconte
level: beginner
timing:
  startex: lundi 12 janvier 2026 09:00
  briefing: 30 min
  play: 60 min
  debrief: 30 min
rules:
  - '{hostile}'
cells:
  - id: crisis
    title: Cellule de crise
    place: Salle du conseil
roles:
  - id: it
    title: Informatique
    cell: crisis
actors:
  - id: nurse
    title: '=1+1'
    kind: staff
    played_by: animator-1
    phone: 01 99 00 00 01
  - id: dark
    title: Groupe inconnu
    kind: attacker
    played_by: animator-1
    phone: 01 99 00 00 02
channels:
  - id: mobile
    title: Mobile
  - id: email
    title: Courriel
stimuli:
  - id: s01
    at: T+2
    from: nurse
    to: [it]
    via: mobile
    title: Six postes figés
    text: Exercice. Six postes sont figés depuis ce matin.
    expect:
      - id: e01
        text: Ouvrir la main courante
        within: 5 min
  - id: s02
    at: T+5
    from: dark
    to: [it]
    via: email
    handout: '7'
    title: La menace dévoilée
    text: 'Exercice. Payez avant ${{+30 min}}. {hostile}'
""".replace("{hostile}", HOSTILE.replace("'", "''"))
    .replace("${{", "${")
    .replace("}}", "}")
)


@pytest.fixture(scope="module")
def plan() -> Plan:
    loaded = scenario_of_text(STORY)
    assert loaded.scenario is not None, loaded.problems
    planned = plan_scenario(loaded.scenario, loaded.source, NOW)
    assert planned.plan is not None, planned.problems
    return planned.plan


def printed(text: KitText, edition: Edition) -> dict[str, bytes]:
    return {made.path.suffix[1:]: made.content for made in kit_files([text], edition)}


def words_of_word(content: bytes) -> str:
    document = docx.Document(BytesIO(content))
    return " ".join(node.text or "" for node in document.element.iter() if node.tag.endswith("}t"))


def test_typst_markup_html_and_formulas_are_printed_as_written(plan: Plan) -> None:
    body = "# Titre\n\n{{rules}}\n\n{{game-directory}}\n\n${structure}"
    own = replace(OWN, structure=HOSTILE)
    files = printed(
        text_of(body, formats=("pdf", "docx", "pptx", "xlsx")),
        replace(edition_with(plan), particulars=own),
    )
    shown = re.sub(r"\s", "", HOSTILE)
    assert re.sub(r"\s", "", words_of_word(files["docx"])).count(shown) >= 2
    slides = pptx.Presentation(BytesIO(files["pptx"])).slides
    texts = "".join(shape.text_frame.text for slide in slides for shape in slide.shapes
                    if shape.has_text_frame)  # fmt: skip
    assert shown in re.sub(r"\s", "", texts)
    pdf = printed(text_of(body), replace(edition_with(plan), particulars=own))["pdf"]
    assert re.sub(r"\s", "", words_of_pdf(pdf)).count(shown) >= 2


def test_a_cell_that_looks_like_a_formula_is_a_text_of_the_workbook(plan: Plan) -> None:
    content = printed(text_of("{{game-directory}}", formats=("xlsx",)), edition_with(plan))["xlsx"]
    with zipfile.ZipFile(BytesIO(content)) as book:
        assert "=1+1" in book.read("xl/sharedStrings.xml").decode()
        assert "<f>" not in book.read("xl/worksheets/sheet1.xml").decode()


def test_the_game_directory_leaves_the_attacker_out(plan: Plan) -> None:
    content = printed(text_of("{{game-directory}}"), edition_with(plan))["pdf"]
    assert "01 99 00 00 01" in words_of_pdf(content)
    assert "01 99 00 00 02" not in words_of_pdf(content)


def test_a_slip_to_hand_over_holds_neither_title_nor_expectation_nor_attacker(plan: Plan) -> None:
    said, handed = stimuli(edition_with(plan))
    assert isinstance(said, Sheet)
    assert isinstance(handed, Sheet)
    slip = words_in(handed.slip)
    assert "Payez avant 09:35" in slip
    assert "7" in slip
    assert "dévoilée" not in slip
    assert "Groupe inconnu" not in slip
    assert handed.slip.cut
    assert not said.slip.cut
    assert "Ouvrir la main courante" in words_in(said.parts)


def test_one_stimulus_is_one_page(plan: Plan) -> None:
    content = printed(text_of("{{stimuli}}"), edition_with(plan))["pdf"]
    pages = [page.extract_text() for page in pypdf.PdfReader(BytesIO(content)).pages]
    assert [("S01" in page, "S02" in page) for page in pages if "S0" in page] == [
        (True, False), (False, True),
    ]  # fmt: skip


def test_a_wide_table_lies_and_a_story_stands(plan: Plan) -> None:
    def size(body: str) -> tuple[int, int]:
        box = pypdf.PdfReader(BytesIO(printed(text_of(body), edition_with(plan))["pdf"])).pages[0]
        return round(box.mediabox.width), round(box.mediabox.height)

    assert size("{{chronogram}}") == (842, 595)
    assert size("{{rules}}") == (595, 842)


def test_what_a_facility_gave_is_on_the_page_and_the_rest_is_marked(plan: Plan) -> None:
    known = variables_of(edition_with(plan))
    assert known["structure"].text == "Centre hospitalier de l'Île"
    assert known["date"].text == "mardi 9 mars 2027"
    assert (known["hour"].text, known["end"].text) == ("13 h 30", "15 h 30")
    assert known["place"].text == "Salle du conseil"
    unknown = variables_of(edition_with(plan, Particulars()))
    assert {name for name, value in unknown.items() if value.fill} == {
        "structure", "date", "hour", "end", "place", "contact", "verified_on",
    }  # fmt: skip
    assert all(
        value.text.startswith("À COMPLÉTER\u00a0: ") for value in unknown.values() if value.fill
    )


def test_a_placeholder_left_in_the_folder_is_marked_on_the_page(plan: Plan) -> None:
    half = replace(OWN, structure="À COMPLÉTER")
    edition = replace(edition_with(plan), particulars=half)
    assert variables_of(edition)["structure"].fill


def test_the_scenario_title_is_in_no_name_of_the_exercise(plan: Plan) -> None:
    assert edition_with(plan, Particulars()).exercise == "Exercice de crise cyber"


DUTIES: dict[str, Any] = {
    "duties": [
        {"id": "fresh", "verified_on": "2026-01-13"},
        {"id": "old", "verified_on": "2026-01-10"},
        {"id": "never"},
    ]
}


def test_duties_not_checked_for_a_year_are_told() -> None:
    assert old_duties(KitData(duties=DUTIES), NOW) == ["old", "never"]
    assert str(verified_on(KitData(duties=DUTIES))) == "2026-01-10"


def test_the_check_of_the_whole_file_counts_for_a_duty_without_its_own() -> None:
    data = KitData(duties={"verified_on": "2026-12-01", "duties": [{"id": "a"}]})
    assert old_duties(data, NOW) == []


STEPS: dict[str, Any] = {
    "retroplanning": {
        "steps": [
            {
                "day": "-7",
                "what": "Répéter, vraiment ; tout",
                "calendar": "yes",
                "title": "Répétition",
                "minutes": "45",
            },
            {"day": "-1", "what": "Imprimer"},
        ]
    }
}


def events_of(content: bytes) -> list[dict[str, str]]:
    """The events as a calendar program reads them: lines unfolded, names and values apart."""
    text = content.decode("utf-8")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    lines = text.replace("\r\n ", "").split("\r\n")
    assert (lines[0], lines[-2], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR", "")
    found: list[dict[str, str]] = []
    for line in lines:
        name, _colon, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found:
            found[-1].setdefault(name, value)
    return found


def test_the_calendar_of_the_team_holds_the_day_and_its_meetings(plan: Plan) -> None:
    edition = edition_with(plan, data=STEPS)
    day, meeting = events_of(
        printed(text_of("Venez, tous ; merci", formats=("ics",)), edition)["ics"]
    )
    assert (day["DTSTART"], day["DTEND"]) == ("20270309T133000", "20270309T153000")
    assert day["SUMMARY"] == "EXERCICE – Marée haute"
    assert day["DESCRIPTION"] == "Venez\\, tous \\; merci"
    assert day["STATUS"] == "CONFIRMED"
    assert (meeting["DTSTART"], meeting["DTEND"]) == ("20270302T090000", "20270302T094500")
    assert day["UID"] != meeting["UID"]


@pytest.mark.parametrize(
    ("days", "said"),
    [(-10, "2027-02-26"), (-9, "2027-02-26"), (-8, "2027-03-01"), (60, "2027-05-10"),
     (0, "2027-03-09")],
)  # fmt: skip
def test_a_step_never_falls_on_a_week_end(days: int, said: str) -> None:
    assert str(working_day(date(2027, 3, 9), days)) == said


def test_an_exercise_played_on_a_sunday_stays_on_that_day() -> None:
    assert working_day(date(2027, 3, 7), 0) == date(2027, 3, 7)


def test_players_get_the_day_alone(plan: Plan) -> None:
    text = text_of("Venez.", formats=("ics",), readers="players")
    assert len(events_of(printed(text, edition_with(plan, data=STEPS))["ics"])) == 1


def test_without_a_day_the_calendar_is_a_draft_that_says_so(plan: Plan) -> None:
    edition = edition_with(plan, Particulars())
    (day,) = events_of(printed(text_of("Venez.", formats=("ics",)), edition)["ics"])
    assert day["STATUS"] == "TENTATIVE"
    assert day["SUMMARY"].startswith("À COMPLÉTER")


def test_the_same_day_printed_twice_is_one_event(plan: Plan) -> None:
    text = text_of("Venez.", formats=("ics",))
    first, second = (
        events_of(printed(text, edition_with(plan))["ics"])[0]["UID"] for _time in range(2)
    )
    moved = replace(edition_with(plan), particulars=replace(OWN, day=datetime(2027, 4, 1, 9, 0)))
    assert first == second
    assert events_of(printed(text, moved)["ics"])[0]["UID"] != first


def png() -> bytes:
    """The smallest picture: one white dot."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")
        )

    head = (1).to_bytes(4, "big") * 2 + bytes([8, 0, 0, 0, 0])
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0\xff"))
        + chunk(b"IEND", b"")
    )


def test_a_logo_is_on_the_pages_of_every_format(plan: Plan) -> None:
    edition = replace(edition_with(plan), particulars=replace(OWN, logo=png()))
    files = printed(text_of("Texte", formats=("pdf", "docx", "pptx")), edition)
    assert pypdf.PdfReader(BytesIO(files["pdf"])).pages[0].images
    for shape in ("docx", "pptx"):
        with zipfile.ZipFile(BytesIO(files[shape])) as archive:
            assert any("media/" in name for name in archive.namelist()), shape


def test_a_picture_that_is_cut_or_is_something_else_is_no_logo() -> None:
    assert is_png(png())
    assert not is_png(png()[:-6])
    assert not is_png(png().replace(b"IDAT", b"IDAX"))
    assert not is_png(b"\xff\xd8\xff\xe0 a photograph")


def test_nothing_already_printed_is_replaced(plan: Plan, tmp_path: Path) -> None:
    text = text_of("Texte", formats=("docx",))
    first = write_kit([text], edition_with(plan), tmp_path)
    second = write_kit([text], edition_with(plan), tmp_path)
    assert {path.parts[-3] for path in (*first, *second)} == {
        "kit-2027-01-12-10h00", "kit-2027-01-12-10h00-2",
    }  # fmt: skip
    assert all(path.is_file() for path in (*first, *second))


def test_two_texts_of_one_title_are_two_files(plan: Plan) -> None:
    text = text_of("Texte", formats=("docx",))
    files = list(kit_files([text, text], edition_with(plan)))
    assert len({made.path for made in files}) == 2


def test_a_long_title_is_cut_between_two_words_in_a_file_name() -> None:
    assert file_words("Retour à chaud et à froid : conduite et grille") == (
        "retour-a-chaud-et-a-froid-conduite-et-grille"
    )
