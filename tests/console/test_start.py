"""The start screen plays, resumes, reads, and leaves."""

from pathlib import Path

import pytest

from cyberex.console.services import (
    JournalChoice,
    KitChoice,
    StartAnswer,
    StartChoices,
    StartKind,
)
from cyberex.console.start import ReadingScreen, StartApp
from cyberex.errors import UserError

KIT = KitChoice("beginner", "es", "Un lundi matin")
OPEN = JournalChoice(Path("a.cyberex"), "En cours", "12/01/2026 09:00", "en jeu", open=True)
PAST = JournalChoice(Path("b.cyberex"), "Passé", "11/01/2026 09:00", "clos", open=False)


def read_log(path: Path) -> list[str]:
    return [f"journal {path.name}", "\x1b[31mrouge"]


def choices(**changes: object) -> StartChoices:
    given = {"kits": (KIT,), "journals": (PAST, OPEN), "read_log": read_log, **changes}
    return StartChoices(**given)  # type: ignore[arg-type]


def shown(app: StartApp) -> str:
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        (["enter"], StartAnswer(StartKind.PLAY, kit=KIT)),
        (["down", "enter"], StartAnswer(StartKind.RESUME, journal=OPEN.path)),
        (["q"], StartAnswer(StartKind.QUIT)),
    ],
)
async def test_enter_plays_or_resumes_what_is_chosen(keys: list[str], answer: StartAnswer) -> None:
    app = StartApp(choices())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*keys)
        await pilot.pause()
    assert app.return_value == answer


async def test_a_past_exercise_is_read_harmlessly_and_left() -> None:
    app = StartApp(choices())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("end", "enter")
        await pilot.pause()
        assert isinstance(app.screen, ReadingScreen)
        assert "journal b.cyberex" in shown(app)
        assert "\x1b" not in shown(app)
        await pilot.press("escape")
        await pilot.pause()
        assert "Un lundi matin" in shown(app)


async def test_a_log_that_cannot_be_read_is_said() -> None:
    def broken(_: Path) -> list[str]:
        raise UserError("illisible.", "Essayez verify.")

    app = StartApp(choices(read_log=broken))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("end", "enter")
        await pilot.pause()
        assert "Essayez verify." in shown(app)


async def test_nothing_to_play_is_said() -> None:
    app = StartApp(choices(kits=(), journals=()))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        assert app.is_running
