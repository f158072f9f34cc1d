"""What a prepared folder holds before anybody has filled it in."""

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cyberex import i18n
from cyberex.scenario.facility.draft import drafted, scalar
from cyberex.scenario.facility.folder import FacilityFolder, load_facility
from cyberex.scenario.facility.model import Facility
from cyberex.scenario.facility.notice import notice
from cyberex.scenario.facility.printed import (
    PRINTED,
    exercise_digest,
    no_longer_printed,
    note_printed,
    printed,
)
from cyberex.scenario.kits import find, package_roots
from cyberex.scenario.load import load_people, load_scenario, scenario_of_text
from cyberex.scenario.located import locate_text
from cyberex.scenario.people import PLACEHOLDER
from tests.scenario.facilities import EXERCISE, SCENARIO, load, write


def draft_of(folder: Path, text: str = SCENARIO) -> FacilityFolder:
    """The folder drafted from a scenario without a roster, read back."""
    scenario = scenario_of_text(text).scenario
    assert scenario is not None
    files = drafted(scenario, None, folder=str(folder), kit=None, digest="sha256:0")
    exercise = write(folder, files["exercise.yaml"], files["people.yaml"], text)
    return load_facility(exercise)


@pytest.mark.parametrize("sector", ["es", "esms"])
def test_a_drafted_kit_has_no_mistake_but_its_placeholders(tmp_path: Path, sector: str) -> None:
    (found,) = find("beginner", sector=sector, user_dir=tmp_path, package_dirs=package_roots())
    assert found.people is not None
    scenario, people = load_scenario(found.path).scenario, load_people(found.people).value
    assert scenario is not None
    files = drafted(scenario, people, folder="x", kit="beginner", digest="sha256:0")
    text = found.path.read_text(encoding="utf-8")
    exercise = write(tmp_path, files["exercise.yaml"], files["people.yaml"], text)
    assert {item.code for item in load_facility(exercise).problems} == {"placeholder", "kit-name"}


def test_without_a_roster_each_role_and_voice_has_its_people(tmp_path: Path) -> None:
    folder = draft_of(tmp_path)
    assert folder.people is not None
    assert {item.code for item in folder.problems} == {"placeholder", "kit-name"}
    people = folder.people.people
    assert [person.role for person in people if person.role] == ["it", "it", "care", "care"]
    assert people[0].stand_in == people[1].id
    tasks = [person.task for person in people if person.task]
    assert tasks == [
        "director", "animation_head", "animator", "animator", "observer", "secretary",
    ]  # fmt: skip
    assert folder.facility is not None
    assert list(folder.facility.casting) == ["animator-1", "animator-2"]


def test_no_name_nor_number_of_the_kit_is_left(tmp_path: Path) -> None:
    (found,) = find("beginner", sector="es", user_dir=tmp_path, package_dirs=package_roots())
    assert found.people is not None
    scenario, people = load_scenario(found.path).scenario, load_people(found.people).value
    assert scenario is not None
    files = drafted(scenario, people, folder="x", kit="beginner", digest="sha256:0")
    assert "Vasseur" not in files["people.yaml"]
    assert "01 99 00" not in "".join(files.values())


def test_the_lines_of_the_actors_work_once_uncommented(tmp_path: Path) -> None:
    draft_of(tmp_path)
    path = tmp_path / "exercise.yaml"
    text = path.read_text(encoding="utf-8")
    start = text.index("# lines:")
    end = text.index("\n\n", start)
    lines = re.sub(r"^# ", "", text[start:end], flags=re.MULTILINE)
    path.write_text(text[:start] + lines + text[end:], encoding="utf-8")
    facility = load_facility(path).facility
    assert facility is not None
    assert list(facility.lines) == ["nurse", "dpo"]


@given(text=st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=40))
def test_what_is_written_reads_back_as_it_was(text: str) -> None:
    value = " ".join(text.split()) or "x"
    located = locate_text(f"key: {scalar(value)}  # why\n", "x.yaml")
    codes = {problem.code for problem in located.problems}
    assert codes <= {"control-character"}
    if not codes:
        assert located.data == {"key": value}


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=30))
def test_any_variable_and_title_of_a_scenario_can_be_drafted(tmp_path: Path, value: str) -> None:
    quoted = yaml.safe_dump(value, default_style='"', allow_unicode=True, width=9_999).strip()
    scenario = SCENARIO.replace("CH du kit", "").replace(
        "variables: {structure: }", f"variables:\n  structure: {quoted}"
    )
    folder = draft_of(tmp_path, scenario.replace("title: Infirmière", f"title: {quoted}"))
    if folder.loaded.scenario is not None and "${" not in value:
        assert folder.facility is not None
        assert folder.facility.variables == {"structure": value}


def test_the_digest_sees_what_is_said_and_not_how_it_is_laid_out(tmp_path: Path) -> None:
    write(tmp_path)
    before = exercise_digest(tmp_path)
    write(tmp_path, "# A comment\n" + EXERCISE)
    assert exercise_digest(tmp_path) == before
    write(tmp_path, EXERCISE.replace("Salle Curie", "Salle Pasteur"))
    assert exercise_digest(tmp_path) != before


def test_what_was_printed_from_another_version_is_known(tmp_path: Path) -> None:
    write(tmp_path)
    note_printed(tmp_path, "sheets", "2027-03-01")
    assert no_longer_printed(tmp_path) == []
    write(tmp_path, EXERCISE.replace("Salle Curie", "Salle Pasteur"))
    note_printed(tmp_path, "booklet")
    assert no_longer_printed(tmp_path) == ["sheets"]


@pytest.mark.parametrize("damaged", ["", "[]", '{"a": 1}', "\xff", "[" * 100_000])
def test_a_damaged_note_of_what_was_printed_is_an_absent_one(tmp_path: Path, damaged: str) -> None:
    (tmp_path / PRINTED).write_text(damaged, encoding="latin-1")
    assert printed(tmp_path) == {}


@pytest.fixture
def facility(tmp_path: Path) -> Facility:
    found = load(tmp_path).facility
    assert found is not None
    return found


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_notice_fits_on_a_screen_and_names_whom_to_ask(
    facility: Facility, language: str
) -> None:
    i18n.set_language(language)
    said = notice(facility)
    assert len(said.splitlines()) <= 30
    assert all(len(line) <= 80 for line in said.splitlines())
    assert "dpo@ch-vallee.fr" in said
    assert "La directrice du CH" in said
    assert "3" in said
    assert "12" in said


def test_a_notice_not_filled_in_shows_it(tmp_path: Path) -> None:
    found = load(tmp_path, exercise=EXERCISE.replace("dpo@ch-vallee.fr", PLACEHOLDER)).facility
    assert found is not None
    assert PLACEHOLDER in notice(found)


def test_the_notice_says_who_reads_a_cell_and_where_mail_goes(facility: Facility) -> None:
    i18n.set_language("en")
    said = " ".join(notice(facility).split())
    assert "that cell, the animation and the observers" in said
    assert "its mail server" in said
    assert "nowhere on the Internet" not in said
