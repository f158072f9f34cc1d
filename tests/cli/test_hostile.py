"""A hostile name, a hostile journal, a broken terminal: never a bug of ours, nor in command."""

import io
import json
import sqlite3
import sys
from pathlib import Path

import pytest

from cyberex.__main__ import main as door
from cyberex.cli import printing
from cyberex.cli.app import main
from cyberex.cli.places import home
from cyberex.cli.playing import is_terminal
from cyberex.cli.printing import complain, say, tell
from cyberex.errors import UserError
from cyberex.journal.chain import COLUMNS, GENESIS, Row, canonical, row_hash
from tests.cli.conftest import Cyberex

ESCAPE = "\x1b]0;gone\x07\x1b[31m\u202e"


class FullDisk(io.StringIO):
    def write(self, _text: str) -> int:
        raise OSError(28, "No space left on device")


def rewrite_beginning(journal: Path, **changes: object) -> None:
    """Change what the first event says, and chain every record again: only its author could."""
    db = sqlite3.connect(journal)
    for trigger in ("changed", "deleted"):
        db.execute(f"DROP TRIGGER events_are_never_{trigger}")
    db.execute("DROP TRIGGER events_are_only_appended")
    before = GENESIS
    for held in db.execute(f"SELECT {COLUMNS} FROM events ORDER BY seq").fetchall():
        row = Row(*held)
        if row.seq == 1:
            body = json.loads(row.body)
            row = row._replace(body=canonical({**body, **changes}))
        before = row_hash(before, row)
        db.execute(
            "UPDATE events SET body = ?, hash = ? WHERE seq = ?", (row.body, before, row.seq)
        )
    db.execute("UPDATE head SET hash = ?", (before,))
    db.commit()
    db.close()


@pytest.fixture
def played(cyberex: Cyberex, tiny: Path, tmp_path: Path) -> Path:
    journal = tmp_path / "x.cyberex"
    assert cyberex("play", str(tiny), "--headless", "--journal", str(journal)).code == 0
    return journal


def test_a_name_that_drives_a_terminal_is_shown_as_text(cyberex: Cyberex) -> None:
    for arguments in (("log", ESCAPE[:-1]), ("list", ESCAPE), ("play", ESCAPE[:-1], "--headless")):
        said = cyberex(*arguments)
        assert "\x1b" not in said.out + said.err, arguments
        assert "\\x1b" in said.out + said.err, arguments


def test_a_title_that_drives_a_terminal_is_listed_as_text(cyberex: Cyberex, played: Path) -> None:
    rewrite_beginning(played, scenario={"title": ESCAPE})
    said = cyberex("list", str(played.parent))
    assert "\\x1b]0;gone" in said.out
    assert "\x1b" not in said.out


@pytest.mark.parametrize(
    "changes", [{"created_wall": "one day"}, {"scenario": {"title": "x"}}, {"scenario": {}}]
)
def test_a_journal_that_begins_with_nonsense_is_damaged_not_a_bug(
    cyberex: Cyberex, played: Path, changes: dict[str, object]
) -> None:
    rewrite_beginning(played, **changes)
    for command in (("log",), ("verify",), ("report", "--to", "r"), ("resume", "--headless")):
        said = cyberex(command[0], str(played), *command[1:])
        assert said.code == 2, (command, said)
        assert "damaged" in said.err
    assert cyberex("list", str(played.parent)).code == 0


def test_a_full_disk_under_the_output_is_the_operator_s_to_mend(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "stdout", FullDisk())
    with pytest.raises(UserError):
        say("a line")
    monkeypatch.setattr(sys, "stderr", FullDisk())
    complain("said to nobody")


def test_without_a_standard_error_complaints_do_not_enter_the_output(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    complain("not JSON")
    assert capsys.readouterr().out == ""


def test_what_is_told_is_harmless_on_each_of_its_lines(capsys: pytest.CaptureFixture[str]) -> None:
    tell(f"first {ESCAPE}\nsecond")
    assert capsys.readouterr().out.splitlines() == [
        "first \\x1b]0;gone\\x07\\x1b[31m\\x202e", "second"
    ]  # fmt: skip
    assert printing.harmless("CH d’Aubelle\u00a0: à l’heure") == "CH d’Aubelle\u00a0: à l’heure"


def test_a_closed_input_is_no_terminal() -> None:
    assert not is_terminal(None)


def test_a_home_that_nobody_has_is_used_as_it_is_written() -> None:
    assert home({"CYBEREX_HOME": "~nobody-has-this-name/x"}) == Path("~nobody-has-this-name/x")


def test_an_account_that_cannot_be_kept_still_ends_with_3(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("any bug")

    monkeypatch.setattr("cyberex.cli.app.translate_help", broken)
    monkeypatch.setattr("cyberex.cli.app.bug_reports", broken)
    assert main(["list"]) == 3
    assert "Traceback" not in capsys.readouterr().err


def test_a_variable_that_the_scenario_does_not_have_is_refused(
    cyberex: Cyberex, tiny: Path
) -> None:
    said = cyberex("play", str(tiny), "--headless", "--set", "structrue=CH")
    assert said.code == 2
    assert "structrue" in said.err
    assert not said.out


def test_a_variable_cannot_be_set_to_what_a_scenario_may_not_hold(
    cyberex: Cyberex, tiny: Path
) -> None:
    for value in (ESCAPE, "a\udc9bb"):
        said = cyberex("play", str(tiny), "--headless", "--set", f"structure={value}")
        assert said.code == 2, said


def test_the_version_said_to_nobody_is_no_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["cyberex", "--version"])
    monkeypatch.setattr(sys, "stdout", FullDisk())
    assert door() == 0


def test_problems_as_json_drive_no_terminal_and_mean_the_same(
    cyberex: Cyberex, tmp_path: Path
) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text("cyberex: 1\nti\u202etle: été\n", encoding="utf-8")
    said = cyberex("check", "bad.yaml", "--format", "json")
    assert said.out.replace("\n", "").replace("\u00a0", " ").isprintable()
    assert any("ti\u202etle" in problem["message"] for problem in json.loads(said.out))
