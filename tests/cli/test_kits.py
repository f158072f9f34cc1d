"""`cyberex kits`, and how animators are counted."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cyberex.plan.build import plan_scenario
from cyberex.plan.model import Plan
from cyberex.scenario.load import scenario_of_text
from cyberex.views.staffing import Mode, staffing
from tests.cli.conftest import Cyberex

HEAD = """\
cyberex: 1
id: tiny
title: Appels
timing: {startex: lundi 12 janvier 2026 09:00, play: 30 min}
cells: [{id: crisis, title: Crise}, {id: care, title: Soins}]
roles: [{id: it, title: Informatique, cell: crisis}, {id: ward, title: Cadre, cell: care}]
actors: [{id: nurse, title: Mme Lenoir, kind: staff, played_by: animator-1}]
channels: [{id: phone, title: Téléphone}, {id: email, title: Courriel}]
"""


def plan_of(*stimuli: str) -> Plan:
    rows = [
        f"  - {{id: s{number:02}, from: nurse, title: Un fait, text: Exercice., {stimulus}}}\n"
        for number, stimulus in enumerate(stimuli, start=1)
    ]
    loaded = scenario_of_text(HEAD + "stimuli:\n" + "".join(rows))
    assert loaded.scenario is not None, loaded.problems
    planned = plan_scenario(loaded.scenario, loaded.source, datetime(2026, 1, 12, tzinfo=UTC))
    assert planned.plan is not None, planned.problems
    return planned.plan


CALL = "at: T+5, to: [it], via: phone"
MAIL = "at: T+5, to: [it], via: email"


def minutes(ms: int) -> float:
    return ms / 60_000


def test_each_cell_that_is_called_costs_three_minutes_and_half_as_much_comes_back() -> None:
    found = staffing(plan_of("at: T+5, to: [it, ward], via: phone"), Mode.CONSOLE)
    assert (minutes(found.calls_ms), minutes(found.work_ms)) == (6, 9)


def test_a_message_costs_one_minute_but_is_carried_when_there_is_no_console() -> None:
    plan = plan_of(MAIL)
    assert minutes(staffing(plan, Mode.CONSOLE).calls_ms) == 1
    assert minutes(staffing(plan, Mode.PAPER).calls_ms) == 3


def test_at_one_table_a_stimulus_is_read_once_whatever_cells_it_is_for() -> None:
    found = staffing(plan_of("at: T+5, to: [it, ward], via: phone"), Mode.TABLETOP)
    assert minutes(found.calls_ms) == 1


def test_writing_by_hand_takes_a_third_more() -> None:
    assert minutes(staffing(plan_of(CALL), Mode.PAPER).work_ms) == 6


@pytest.mark.parametrize(("calls", "animators"), [(1, 1), (2, 1), (3, 2), (5, 3)])
def test_the_fullest_quarter_of_an_hour_decides(calls: int, animators: int) -> None:
    # 4.5 minutes a call with what comes back; one voice is busy 10.5 minutes at most.
    found = staffing(plan_of(*[CALL] * calls), Mode.CONSOLE)
    assert found.animators == animators


def test_calls_spread_over_the_play_need_fewer_voices_than_calls_at_once() -> None:
    spread = plan_of(CALL, CALL, CALL.replace("T+5", "T+20"), CALL.replace("T+5", "T+20"))
    assert staffing(spread, Mode.CONSOLE).animators == 1
    assert staffing(plan_of(*[CALL] * 4), Mode.CONSOLE).animators == 2


def test_what_waits_for_a_cause_is_spread_over_the_play() -> None:
    found = staffing(plan_of(CALL, "after: s01 done, to: [it], via: phone"), Mode.CONSOLE)
    assert minutes(found.busiest_ms) == 4.5 + 2.25


def test_a_scenario_with_nothing_to_say_still_needs_somebody() -> None:
    assert staffing(plan_of(MAIL), Mode.TABLETOP).animators == 1


def test_kits_are_listed_from_the_easiest(cyberex: Cyberex) -> None:
    said = cyberex("kits")
    assert said.code == 0
    kits = [line.split()[0] for line in said.out.splitlines() if not line.startswith(" ")]
    assert kits[:3] == ["beginner", "intermediate", "advanced"]
    assert "20 stimuli, 9 in reserve" in said.out


def test_json_gives_each_scenario_of_each_kit(cyberex: Cyberex) -> None:
    found = json.loads(cyberex("kits", "--format", "json").out)
    beginner = next(item for item in found if (item["kit"], item["sector"]) == ("beginner", "es"))
    assert beginner["play_min"] == 90
    assert len(beginner["roles"]) == 4
    assert beginner["players"] == 8
    assert set(beginner["animators"]) == {"console", "tabletop", "paper"}


def test_a_broken_kit_of_the_users_hides_no_other(cyberex: Cyberex, tmp_path: Path) -> None:
    broken = tmp_path / "home" / "kits" / "mine"
    broken.mkdir(parents=True)
    (broken / "kit.yaml").write_text(
        "cyberex_kit: 1\nid: mine\ntitle: Le mien\nlevel: beginner\nscenarios: {es: nowhere}\n"
    )
    said = cyberex("kits")
    assert said.code == 0
    assert "mine: cannot be played" in said.out
    assert "nowhere" in said.out
    assert "beginner  Kit débutant" in said.out
