"""`cyberex sheets` and `cyberex papers`, as an animator runs them."""

import json
from pathlib import Path

from tests.cli.conftest import Cyberex


def pages(out: str) -> dict[str, Path]:
    """What was written, by name."""
    return {Path(line).name: Path(line) for line in out.splitlines()}


def test_a_kit_gives_one_sheet_an_animator_and_one_for_the_head(
    cyberex: Cyberex, tmp_path: Path
) -> None:
    said = cyberex("sheets", "beginner", "--sector", "es", "--to", str(tmp_path / "out"), lang="fr")
    assert said.code == 0
    assert sorted(pages(said.out)) == [
        "fiche-animator-1-m-thomas-leroy.html",
        "fiche-animator-2-mme-camille-bonnet.html",
        "fiche-diranim.html",
    ]
    assert "Centre hospitalier du Val d&#x27;Aubelle" in _read(
        pages(said.out)["fiche-diranim.html"]
    )


def test_a_kit_with_several_sectors_asks_which(cyberex: Cyberex, tmp_path: Path) -> None:
    said = cyberex("sheets", "beginner", "--to", str(tmp_path / "out"))
    assert said.code == 2
    assert "--sector" in said.err


def test_a_scenario_with_mistakes_prints_nothing(
    cyberex: Cyberex, tiny: Path, tmp_path: Path
) -> None:
    tiny.write_text(tiny.read_text("utf-8").replace("via: mobile", "chanel: mobile", 1), "utf-8")
    said = cyberex("sheets", "tiny.yaml", "--to", str(tmp_path / "out"))
    assert said.code == 1
    assert not (tmp_path / "out").exists()


def test_a_journal_gives_its_sheets_as_it_stands(
    cyberex: Cyberex, tiny: Path, tmp_path: Path
) -> None:
    script = tmp_path / "script.jsonl"
    script.write_text(
        '{"at": "T+3", "command": "stimulus.shift", "stimulus": "s02", "by_ms": 120000}\n'
    )
    cyberex(
        "play", str(tiny), "--headless", "--speed", "max", "--journal", "one.cyberex",
        "--script", str(script),
    )  # fmt: skip
    said = cyberex("sheets", "one.cyberex", "--to", str(tmp_path / "out"))
    assert said.code == 0
    sheet = _read(pages(said.out)["sheet-animator-1.html"])
    assert "T+2" in sheet
    assert "T+7" in sheet
    assert "T+5<" not in sheet


def test_a_journal_is_told_from_a_scenario_by_what_it_holds(
    cyberex: Cyberex, tiny: Path, tmp_path: Path
) -> None:
    cyberex("play", str(tiny), "--headless", "--speed", "max", "--journal", "one.cyberex")
    (tmp_path / "one.cyberex").rename(tmp_path / "copy-of-the-journal")
    assert cyberex("papers", "copy-of-the-journal", "--to", str(tmp_path / "out")).code == 0


def test_a_journal_takes_no_other_people(cyberex: Cyberex, tiny: Path, tmp_path: Path) -> None:
    cyberex("play", str(tiny), "--headless", "--speed", "max", "--journal", "one.cyberex")
    said = cyberex("sheets", "one.cyberex", "--to", str(tmp_path / "out"), "--set", "a=b")
    assert said.code == 2
    assert "its own scenario" in said.err


def test_an_exercise_folder_remembers_what_was_printed(cyberex: Cyberex, tmp_path: Path) -> None:
    assert cyberex("prepare", "beginner", "--sector", "es", "--to", "mine").code == 0
    _fill_in(tmp_path / "mine")
    said = cyberex("sheets", "mine", "--to", str(tmp_path / "out"))
    assert (said.code, said.err) == (0, "")
    assert len(pages(said.out)) == 3
    noted = json.loads((tmp_path / "mine" / ".printed.json").read_text("utf-8"))
    assert list(noted) == ["sheets"]


def test_papers_of_an_exercise_folder_hold_its_own_notice(cyberex: Cyberex, tmp_path: Path) -> None:
    assert cyberex("prepare", "beginner", "--sector", "es", "--to", "mine").code == 0
    _fill_in(tmp_path / "mine")
    (tmp_path / "mine" / "notice.txt").write_text("Notice de la maison.", "utf-8")
    said = cyberex("papers", "mine", "--to", str(tmp_path / "out"), lang="fr")
    assert said.code == 0
    assert "Notice de la maison." in _read(pages(said.out)["information-donnees.html"])


def test_a_notice_given_comes_first(cyberex: Cyberex, tiny: Path, tmp_path: Path) -> None:
    (tmp_path / "n.txt").write_text("Une autre notice.", "utf-8")
    said = cyberex("papers", str(tiny), "--to", str(tmp_path / "out"), "--notice", "n.txt")
    assert "Une autre notice." in _read(pages(said.out)["data-notice.html"])


def test_a_notice_that_is_not_there_is_said(cyberex: Cyberex, tiny: Path, tmp_path: Path) -> None:
    said = cyberex("papers", str(tiny), "--to", str(tmp_path / "out"), "--notice", "n.txt")
    assert said.code == 2
    assert "n.txt" in said.err


def _fill_in(folder: Path) -> None:
    """As a facility does: every placeholder gets a value, each mail and number once."""
    for path in (folder / "exercise.yaml", folder / "people.yaml"):
        lines = []
        for number, line in enumerate(path.read_text("utf-8").splitlines()):
            lines.append(line.replace("À COMPLÉTER", _value(line.strip(), number)))
        path.write_text("\n".join(lines) + "\n", "utf-8")


def _value(line: str, number: int) -> str:
    for key, value in (
        ("email", f"p{number}@etablissement.example"),
        ("phone", f"01 99 00 {number:04}"),
        ("mobile", f"06 39 98 {number:04}"),
        ("day", "2027-03-09 13:30"),
        ("hard_end", "17:00"),
    ):
        if line.startswith(key):
            return value
    return f"Valeur {number}"


def _read(path: Path) -> str:
    return path.read_text("utf-8")
