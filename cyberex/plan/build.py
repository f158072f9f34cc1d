"""Make a scenario executable: one plan, or every problem that stands in its way."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cyberex.plan import model
from cyberex.plan.convert import (
    actor_of,
    decision_of,
    jump_of,
    milestone_of,
    reserve_of,
    stimulus_of,
    titled,
)
from cyberex.plan.graph import CHANNEL, Dependencies
from cyberex.plan.hours import Hours, plan_hours
from cyberex.plan.reach import check_reach
from cyberex.problems import Problem, has_errors
from cyberex.scenario.models import Channel, Scenario, scenario_from_json
from cyberex.scenario.source import SourceMap


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan, or None and the problems that prevent it; warnings may stand beside a plan."""

    plan: model.Plan | None
    problems: list[Problem]


def plan_scenario(
    scenario: Scenario, source: SourceMap, created_wall: datetime, *, sound: bool = True
) -> Planned:
    """The plan of `scenario`. `sound` False (its references have errors): problems only.

    `created_wall` is the room's hour when the exercise is created, for `startex: now`.
    """
    hours = plan_hours(scenario, source, created_wall)
    problems = [*hours.problems, *check_reach(scenario, source, hours)]
    if not sound or has_errors(problems):
        return Planned(None, problems)
    return Planned(_plan(scenario, hours), problems)


def plan_from_json(scenario_json: Mapping[str, Any], created_wall: datetime) -> model.Plan:
    """The plan of a scenario that a journal holds. ValueError if it cannot be played."""
    planned = plan_scenario(scenario_from_json(dict(scenario_json)), SourceMap(""), created_wall)
    if planned.plan is None:
        raise ValueError(planned.problems[0].message)
    return planned.plan


def _plan(scenario: Scenario, hours: Hours) -> model.Plan:
    cells = {
        cell.id: model.Cell(cell.id, cell.title, cell.place or "", cell.travel.ms)
        for cell in scenario.cells
    }
    roles = {
        role.id: model.Role(role.id, role.title, role.cell, role.brief or "")
        for role in scenario.roles
    }
    first = len(scenario.jumps)
    timed = [
        stimulus_of(item, first + index, hours, cells, roles)
        for index, item in enumerate(scenario.stimuli)
    ]
    first += len(timed)
    spare = [
        reserve_of(item, first + index, cells, roles) for index, item in enumerate(scenario.reserve)
    ]
    stimuli = {item.id: item for item in (*timed, *spare)}
    return model.Plan(
        id=scenario.id,
        title=scenario.title,
        language=scenario.language,
        level=scenario.level,
        sector=scenario.sector or "",
        synopsis=scenario.synopsis or "",
        briefing_text=scenario.briefing_text or "",
        rules=scenario.rules,
        timing=_timing(scenario, hours),
        objectives={
            item.id: model.Objective(item.id, item.title, item.weight)
            for item in scenario.objectives
        },
        cells=cells,
        roles=roles,
        actors={item.id: actor_of(item) for item in scenario.actors},
        assets=titled(scenario.assets),
        channels={item.id: _channel(item) for item in scenario.channels},
        milestones={item.id: milestone_of(item) for item in scenario.milestones},
        decisions={item.id: decision_of(item) for item in scenario.decisions},
        keys=titled(scenario.keys),
        sequences=titled(scenario.sequences),
        jumps={item.id: jump_of(item, index, hours) for index, item in enumerate(scenario.jumps)},
        stimuli=stimuli,
        expectations={
            expectation.id: (stimulus, expectation)
            for stimulus in stimuli.values()
            for expectation in stimulus.expectations
        },
        assets_down_at_start=tuple(item.id for item in scenario.assets if item.state == "down"),
        dependencies=Dependencies(
            {asset.id: asset.needs for asset in scenario.assets}
            | {CHANNEL + channel.id: channel.needs for channel in scenario.channels}
        ),
    )


def _timing(scenario: Scenario, hours: Hours) -> model.Timing:
    timing = scenario.timing
    return model.Timing(
        startex=hours.startex,
        is_now=timing.startex.value.now,
        briefing_ms=timing.briefing.ms,
        play_ms=timing.play.ms,
        debrief_ms=timing.debrief.ms,
    )


def _channel(channel: Channel) -> model.Channel:
    return model.Channel(
        channel.id,
        channel.title,
        channel.means or "other",
        channel.needs,
        channel.fallback or "",
    )
