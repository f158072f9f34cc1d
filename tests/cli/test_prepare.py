"""A kit made the facility's own, as the facility does it: prepare, fill in, check, play."""

import json
import re
from contextlib import closing
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from cyberex.cli.loading import make_ready
from cyberex.journal.reader import JournalReader
from cyberex.scenario.facility.folder import facility_at
from tests.cli.conftest import Cyberex
from tests.scenario.facilities import write


def fill_in(folder: Path) -> None:
    """Write something in every place to complete, as the facility would."""
    exercise = folder / "exercise.yaml"
    text = exercise.read_text("utf-8")
    for key, value in {
        "facility": "CH de la Vallée",
        "day": "2027-03-09 13:30",
        "hard_end": "17:30",
        "responsible": "La directrice",
        "contact": "dpo@ch-vallee.fr",
        "place": "Salle Curie",
        "phone": "04 76 00 11 22",
        "email": "exercice@ch-vallee.fr",
    }.items():
        text = re.sub(rf"^( *{key}: )À COMPLÉTER", rf"\g<1>{value}", text, flags=re.MULTILINE)
    exercise.write_text(text, "utf-8")
    people = folder / "people.yaml"
    lines = []
    for number, line in enumerate(people.read_text("utf-8").splitlines()):
        value = {
            "name": f"Personne {number}",
            "function": f"Fonction {number}",
            "phone": f"04 76 00 {number // 100:02} {number % 100:02}",
            "mobile": f"06 12 00 {number // 100:02} {number % 100:02}",
            "email": f"p{number}@ch-vallee.fr",
        }.get(line.strip().partition(":")[0], "")
        lines.append(line.replace("À COMPLÉTER", value) if value else line)
    people.write_text("\n".join(lines) + "\n", "utf-8")


def report_of(cyberex: Cyberex, folder: Path) -> str:
    cyberex("report", "one.cyberex", "--to", "out")
    return next((folder / "out").glob("*.md")).read_text("utf-8")


@pytest.mark.parametrize("sector", ["es", "esms"])
def test_a_kit_prepared_and_filled_in_is_checked_and_played(
    cyberex: Cyberex, tmp_path: Path, sector: str
) -> None:
    assert cyberex("prepare", "beginner", "--sector", sector, "--to", "ours").code == 0
    folder = tmp_path / "ours"
    assert sorted(path.name for path in folder.iterdir()) == [
        "LISEZMOI.txt", "exercise.yaml", "notice.txt", "people.yaml", "scenario.yaml",
    ]  # fmt: skip
    assert cyberex("check", "ours").code == 1
    assert cyberex("play", "ours", "--headless").code == 1
    fill_in(folder)
    said = cyberex("check", "ours")
    assert (said.code, said.out.count("\n")) == (0, 1), said.out
    played = cyberex("play", "ours", "--headless", "--journal", "one.cyberex")
    assert played.code == 0
    created = json.loads(played.out.splitlines()[0])["scenario"]
    assert created["cells"][0]["place"] == "Salle Curie"
    assert created["variables"]["structure"] == "CH de la Vallée"
    assert "CH de la Vallée" in report_of(cyberex, tmp_path)
    dialled = {actor["phone"] for actor in created["actors"] if "phone" in actor}
    assert dialled == {"04 76 00 11 22"}
    with closing(JournalReader(tmp_path / "one.cyberex")) as reader:
        animators = [one for one in reader.people() if one.task == "animator"]
    assert [(one.voice, one.where) for one in animators] == [
        ("animator-1", "on_site"), ("animator-2", "on_site"),
    ]  # fmt: skip


def test_the_places_to_complete_are_those_that_the_files_hold(
    cyberex: Cyberex, tmp_path: Path
) -> None:
    said = cyberex("prepare", "beginner", "--sector", "es", "--to", "ours")
    left = {}
    for name in ("exercise.yaml", "people.yaml"):
        text = (tmp_path / "ours" / name).read_text("utf-8")
        left[name] = len(re.findall(r"^[^#\n]*: À COMPLÉTER", text, flags=re.MULTILINE))
    exercise, people = left.values()
    told = f"{exercise + people} places to complete (exercise.yaml: {exercise}, people.yaml: "
    assert f"{told}{people})" in said.out


def test_the_read_me_names_every_step_with_the_folder(
    cyberex: Cyberex, tiny: Path, tmp_path: Path
) -> None:
    cyberex("prepare", str(tiny), "--to", "ours")
    text = (tmp_path / "ours/LISEZMOI.txt").read_text("utf-8-sig")
    for step in ("check", "sheets", "papers", "preflight", "play"):
        assert f'cyberex {step} "ours"' in text


def test_the_scenario_is_copied_with_its_comments(
    cyberex: Cyberex, tiny: Path, tmp_path: Path
) -> None:
    tiny.write_text("# Mien\n" + tiny.read_text("utf-8"), "utf-8")
    cyberex("prepare", "tiny.yaml", "--to", "ours")
    assert (tmp_path / "ours/scenario.yaml").read_bytes() == tiny.read_bytes()


def test_files_that_the_scenario_hands_over_are_copied_too(
    cyberex: Cyberex, tiny: Path, tmp_path: Path
) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers/note.pdf").write_bytes(b"%PDF")
    text = tiny.read_text("utf-8") + "    attachments: [papers/note.pdf]\n"
    tiny.write_text(text, "utf-8")
    cyberex("prepare", "tiny.yaml", "--to", "ours")
    assert (tmp_path / "ours/papers/note.pdf").read_bytes() == b"%PDF"


def test_a_folder_that_holds_something_is_never_overwritten(
    cyberex: Cyberex, tiny: Path, tmp_path: Path
) -> None:
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours/mine.txt").write_text("x", "utf-8")
    said = cyberex("prepare", str(tiny), "--to", "ours")
    assert (said.code, said.err.count("\n")) == (2, 1)
    assert [path.name for path in (tmp_path / "ours").iterdir()] == ["mine.txt"]


def test_the_folder_to_make_must_be_said(cyberex: Cyberex, tiny: Path) -> None:
    assert cyberex("prepare", str(tiny)).code == 2


def test_a_scenario_with_mistakes_is_not_prepared(
    cyberex: Cyberex, tiny: Path, tmp_path: Path
) -> None:
    tiny.write_text(tiny.read_text("utf-8").replace("from: nurse", "from: nurze"), "utf-8")
    said = cyberex("prepare", "tiny.yaml", "--to", "ours")
    assert said.code == 1
    assert "tiny.yaml:25:11" in said.err
    assert not (tmp_path / "ours").exists()


def test_the_notice_is_written_again_from_the_settings(
    cyberex: Cyberex, tiny: Path, tmp_path: Path
) -> None:
    cyberex("prepare", str(tiny), "--to", "ours")
    notice = tmp_path / "ours/notice.txt"
    assert "À COMPLÉTER" in notice.read_text("utf-8")
    fill_in(tmp_path / "ours")
    assert cyberex("prepare", "ours", "--notice").code == 0
    assert "À COMPLÉTER" not in notice.read_text("utf-8")
    assert "dpo@ch-vallee.fr" in notice.read_text("utf-8")


def test_the_room_is_to_be_left_on_the_day_of_the_exercise_only(tmp_path: Path) -> None:
    exercise = write(tmp_path / "ours")
    found = facility_at(str(exercise.parent))
    assert found is not None
    ready = make_ready(found)
    paris = timezone(timedelta(hours=1))
    on_the_day = datetime(2027, 3, 9, 13, 0, tzinfo=paris)
    assert ready.room_until(on_the_day) == datetime(2027, 3, 9, 17, 0, tzinfo=paris)
    assert ready.room_until(on_the_day - timedelta(days=1)) is None


def test_a_folder_that_lost_a_file_says_which(cyberex: Cyberex, tiny: Path, tmp_path: Path) -> None:
    cyberex("prepare", str(tiny), "--to", "ours")
    (tmp_path / "ours/people.yaml").unlink()
    said = cyberex("check", "ours")
    assert said.code == 2
    assert "people.yaml" in said.err


def test_a_prepared_folder_is_not_prepared_again(
    cyberex: Cyberex, tiny: Path, tmp_path: Path
) -> None:
    cyberex("prepare", str(tiny), "--to", "ours")
    assert cyberex("prepare", "ours", "--to", "other").code == 2
    assert not (tmp_path / "other").exists()


def test_a_variable_given_on_the_command_line_wins(
    cyberex: Cyberex, tiny: Path, tmp_path: Path
) -> None:
    text = tiny.read_text("utf-8").replace("timing:", "variables:\n  place: X\ntiming:")
    tiny.write_text(text.replace("Six postes figés", "Six postes à ${place}"), "utf-8")
    cyberex("prepare", str(tiny), "--to", "ours")
    fill_in(tmp_path / "ours")
    said = cyberex("play", "ours", "--headless", "--set", "place=Aubelle")
    created = json.loads(said.out.splitlines()[0])
    assert created["scenario"]["stimuli"][0]["title"] == "Six postes à Aubelle"
