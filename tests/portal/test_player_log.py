"""The cell keeps its own log: on screen, and on paper."""

import re
from pathlib import Path

import pytest

from cyberex.facts.model import CellLineKind
from cyberex.portal.page import FormError
from cyberex.portal.pages.player_log import due_hour
from tests.portal.house import Browser, House
from tests.portal.players import CARE, CRISIS, IT, act, begin, body, players

LINE = {"kind": "fact", "text": "Six postes figés", "owner": "", "due": "", "role": ""}


async def write(browser: Browser, **fields: str) -> int:
    return (await act(browser, "/player/log", {**LINE, **fields})).status


def last(home: House, cell: str = "crisis") -> tuple[str, str, str, str]:
    line = home.exercise.board.cell_logs.lines(cell)[-1]
    return line.kind.value, line.role, home.exercise.text(line.owner), line.due


async def test_a_fact_is_written_with_its_hours_and_who_wrote_it(tmp_path: Path) -> None:
    async with players(tmp_path) as home:
        await begin(home)
        browser = await home.joined(IT)
        assert await write(browser) == 303
        page = await body(browser, "/player/log")
        assert "Six postes figés" in page
        assert "lundi 09:00" in page
        assert re.search(r"Informatique – salle\s: 08:00", page)


async def test_an_action_has_who_does_it_and_by_when(tmp_path: Path) -> None:
    async with players(tmp_path) as home:
        await begin(home)
        browser = await home.joined(CRISIS)
        await write(browser, kind="action", owner="L'informatique", due="9h45", role="dir")
        assert last(home) == (CellLineKind.ACTION.value, "dir", "L'informatique", "09:45")
        assert "pour 09:45" in await body(browser, "/player/part/log")


async def test_only_an_action_keeps_an_owner(tmp_path: Path) -> None:
    async with players(tmp_path) as home:
        await begin(home)
        await write(await home.joined(CRISIS), owner="Oubliée", due="10:00")
        assert last(home) == ("fact", "", "", "")


async def test_a_role_writes_in_its_own_name_only(tmp_path: Path) -> None:
    async with players(tmp_path) as home:
        await begin(home)
        await write(await home.joined(IT), role="dir")
        assert last(home)[1] == "it"
        await write(await home.joined(CRISIS), role="ward")
        assert last(home)[1] == ""


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"text": "  "}, 'role="alert"'),
        ({"kind": "rumour"}, "Choisissez"),
        ({"kind": "action", "due": "25:00"}, "25:00"),
        ({"text": "x" * 4001}, "4001"),
    ],
)
async def test_what_is_not_taken_is_given_back(
    tmp_path: Path, fields: dict[str, str], said: str
) -> None:
    async with players(tmp_path) as home:
        await begin(home)
        answer = await act(await home.joined(CRISIS), "/player/log", {**LINE, **fields})
        assert answer.status == 422
        assert said in answer.body
        assert {**LINE, **fields}["text"].strip() in answer.body
        assert home.exercise.board.cell_logs.lines("crisis") == ()


async def test_the_log_of_another_cell_is_not_shown(tmp_path: Path) -> None:
    async with players(tmp_path) as home:
        await begin(home)
        await write(await home.joined(CRISIS))
        for path in ("/player/log", "/player/log/print", "/player/part/log"):
            assert "Six postes" not in await body(await home.joined(CARE), path)


async def test_the_printed_log_is_in_order(tmp_path: Path) -> None:
    async with players(tmp_path) as home:
        await begin(home)
        browser = await home.joined(CRISIS)
        await write(browser, text="Un")
        await write(browser, text="Deux", kind="decision")
        page = await body(browser, "/player/log/print")
        assert page.index("Un") < page.index("Deux")
        assert "Décision" in page


async def test_before_the_briefing_the_log_is_closed(tmp_path: Path) -> None:
    async with players(tmp_path) as home:
        browser = await home.joined(CRISIS)
        assert "log-form" not in await body(browser, "/player/log")
        assert await write(browser) == 409


@pytest.mark.parametrize(
    ("said", "hour"), [("9:05", "09:05"), ("14h30", "14:30"), ("7 H 00", "07:00"), ("", "")]
)
def test_an_hour_is_read_as_people_write_it(said: str, hour: str) -> None:
    assert due_hour(said) == hour


@pytest.mark.parametrize("said", ["24:00", "9", "midi", "12:60", "1:2:3"])
def test_what_is_no_hour_is_refused(said: str) -> None:
    with pytest.raises(FormError):
        due_hour(said)
