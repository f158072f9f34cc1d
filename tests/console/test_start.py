"""The start screen plays, resumes, reads, and leaves."""

from datetime import timedelta
from pathlib import Path

import pytest

from cyberex.cli.desk import console_services, reminder
from cyberex.console.services import (
    JournalChoice,
    KitChoice,
    StartAnswer,
    StartChoices,
    StartKind,
)
from cyberex.console.start import ReadingScreen, StartApp
from cyberex.errors import UserError
from cyberex.journal.forget import forget
from cyberex.journal.summaries import summaries
from tests.console.seat import seated

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


async def test_personal_data_past_their_time_are_told_with_what_to_type() -> None:
    due = JournalChoice(PAST.path, "Passé", PAST.created, "clos", open=False, reminder="forget b")
    app = StartApp(choices(journals=(due,)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "1 exercice passé garde des données personnelles" in shown(app)
        await pilot.press("end")
        await pilot.pause()
        assert "forget b" in shown(app)


@pytest.mark.parametrize(
    ("days", "options"),
    [(90, ""), (93, "--contacts"), (366, "--contacts --texts")],
)
async def test_contacts_are_due_after_three_months_and_texts_after_a_year(
    tmp_path: Path, days: int, options: str
) -> None:
    async with seated(tmp_path) as seat:
        await seat.press("n", "f")
        await seat.type("Fait")
        await seat.press("enter")
        now = seat.clocks.wall() + timedelta(days=days)
    (found,) = summaries(tmp_path)
    said = reminder(found, now)
    assert said.endswith(options)
    assert bool(said) == bool(options)


EXERCISE = """\
cyberex_exercise: 1
title: Essai
facility: CH de Test
day: 2026-01-12 09:00
animation: {phone: "0199000000"}
code_word: entraînement
stop_words: STOP STOP STOP
data_notice: {responsible: Le CH, contact: dpo@ch.example, keep_contacts_months: MONTHS}
"""


@pytest.mark.parametrize(("months", "days", "due"), [(1, 32, True), (6, 93, False), (0, 2, True)])
async def test_contacts_are_due_when_the_exercise_s_own_notice_says(
    tmp_path: Path, months: int, days: int, due: bool
) -> None:
    (tmp_path / "exercise.yaml").write_text(EXERCISE.replace("MONTHS", str(months)), "utf-8")
    async with seated(tmp_path, source=str(tmp_path / "scenario.yaml")) as seat:
        now = seat.clocks.wall() + timedelta(days=days)
    (found,) = summaries(tmp_path)
    assert reminder(found, now).endswith("--contacts") == due


async def test_the_console_is_handed_the_words_of_the_exercise_s_folder(tmp_path: Path) -> None:
    (tmp_path / "exercise.yaml").write_text(EXERCISE.replace("MONTHS", "3"), "utf-8")
    async with seated(tmp_path, source=str(tmp_path / "scenario.yaml")) as seat:
        services = console_services(seat.exercise)
        assert (services.code_word, services.stop_words) == ("entraînement", "STOP STOP STOP")


async def test_what_was_erased_is_due_no_more(tmp_path: Path) -> None:
    async with seated(tmp_path) as seat:
        now = seat.clocks.wall() + timedelta(days=400)
    (found,) = summaries(tmp_path)
    forget(found.path, contacts=True, texts=True, wall_at="2027-03-01T00:00:00.000Z")
    assert reminder(found, now) == ""
