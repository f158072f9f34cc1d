"""Erasing for good is asked once of whoever sits at a terminal, and of nobody else."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from cyberex import i18n
from cyberex.cli.journals import forget
from cyberex.journal.forget import to_forget
from tests.journal.journals import three_events


class Terminal(io.StringIO):
    """What a person types at a keyboard."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return three_events(tmp_path)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = i18n.language()
    i18n.set_language("en")
    yield
    i18n.set_language(before)


def left(journal: Path) -> tuple[int, int]:
    return to_forget(journal, contacts=True, texts=True)


@pytest.mark.parametrize("typed", ["\n", "n\n", "?\n"])
def test_nothing_is_erased_unless_the_answer_is_yes(
    journal: Path,
    typed: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("sys.stdin", Terminal(typed))
    with pytest.raises(typer.Abort):
        forget(journal, contacts=True, texts=True)
    assert left(journal) == (2, 1)
    said = capsys.readouterr().out
    assert f"{journal.name}: the names, phones and mails of 2 people, 1 typed text?" in said
    assert "Nothing was erased." in said


@pytest.mark.parametrize("typed", ["y\n", "Oui\n"])
def test_what_is_agreed_to_is_erased(
    journal: Path, typed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", Terminal(typed))
    forget(journal, contacts=True)
    assert left(journal) == (0, 1)


def test_yes_said_beforehand_asks_nothing(
    journal: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", Terminal(""))
    forget(journal, texts=True, yes=True)
    assert left(journal) == (2, 0)
    assert "?" not in capsys.readouterr().out


def test_without_a_terminal_nothing_is_asked(
    journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    forget(journal, contacts=True, texts=True)
    assert left(journal) == (0, 0)
