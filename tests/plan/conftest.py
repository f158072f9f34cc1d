"""A small scenario with the lines to test put in, and what planning it says."""

from collections.abc import Callable
from datetime import datetime

import pytest

from cyberex.plan.build import Planned, plan_scenario
from cyberex.scenario.load import scenario_of_text

NINE = datetime(2026, 1, 12, 9, 0)

HEAD = """\
cyberex: 1
id: small
title: Petit
timing:
  startex: {startex}
  briefing: {briefing}
  play: {play}
  debrief: 30 min
cells:
  - {{id: crisis, title: Cellule}}
  - {{id: care, title: Soins}}
roles:
  - {{id: it, title: Informatique, cell: crisis}}
  - {{id: nurse, title: Cadre, cell: care}}
actors:
  - {{id: ward, title: Urgences, kind: staff, played_by: animator-1{actor}}}
assets:
  - {{id: network, title: Réseau}}
channels:
  - {{id: phone, title: Téléphone}}
milestones:
  - {{id: declared, title: Déclaré}}
decisions:
  - id: isolation
    title: Isoler
    outcomes: [{{id: cut, title: Coupé}}, {{id: kept, title: Gardé}}]
reserve:
  - {{id: spare, from: ward, to: [it], via: phone, title: Réserve, text: Exercice. Réserve.}}
"""
REST = "from: ward, to: [it], via: phone, title: Appel, text: Exercice."

Plan = Callable[..., Planned]


def planned(
    body: str = "",
    *,
    startex: str = "lundi 12 janvier 2026 09:00",
    briefing: str = "15 min",
    play: str = "90 min",
    actor: str = "",
    room: datetime = NINE,
) -> Planned:
    """The plan of the head with `body` after it; `…` stands for the rest of a stimulus."""
    head = HEAD.format(startex=startex, briefing=briefing, play=play, actor=actor)
    loaded = scenario_of_text(head + body.replace("…", REST), "small.yaml")
    assert loaded.scenario is not None, loaded.problems
    assert not loaded.problems, loaded.problems
    return plan_scenario(loaded.scenario, loaded.source, room)


@pytest.fixture
def plan() -> Plan:
    return planned


@pytest.fixture
def told() -> Callable[..., list[str]]:
    """`code "what is underlined"` of each problem, warnings marked."""

    def tell(body: str = "", **timing: str) -> list[str]:
        return [
            f"{'warning ' if problem.severity == 'warning' else ''}{problem.code}"
            f" {problem.source[problem.column - 1 : problem.column - 1 + problem.width]!r}"
            for problem in planned(body, **timing).problems  # type: ignore[arg-type]
        ]

    return tell
