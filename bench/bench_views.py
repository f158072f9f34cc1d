"""How long does it take to fold the events of a long exercise, and to read its rows again?

Run `python bench/bench_views.py`.
"""

import sys
import time
from datetime import datetime
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[1]))

from cyberex.facts.model import CLOCK, Recorded
from cyberex.facts.stimulus_events import StimulusDelivered, StimulusDue, StimulusToPerform
from cyberex.plan.build import plan_scenario
from cyberex.plan.model import Plan
from cyberex.scenario.load import load_scenario
from cyberex.views.board import Board

SCENARIO = Path(__file__).parents[1] / "scenarios" / "advanced-es.yaml"
ROUNDS = 50


def plan() -> Plan:
    loaded = load_scenario(SCENARIO)
    assert loaded.scenario is not None
    planned = plan_scenario(loaded.scenario, loaded.source, datetime(2026, 1, 12, 9, 0))
    assert planned.plan is not None
    return planned.plan


def tape(of: Plan) -> list[Recorded]:
    """Every stimulus due, given and delivered, over and over, as further occurrences."""
    records: list[Recorded] = []
    for number in range(1, ROUNDS + 1):
        for stimulus in of.chronogram:
            name, occurrence, cell = stimulus.id, f"{stimulus.id}#{number}", stimulus.legs[0].cell
            for event in (
                StimulusDue(stimulus=name, occurrence=occurrence, cells=(cell,)),
                StimulusToPerform(
                    stimulus=name, occurrence=occurrence, cell=cell, roles=(), channel=stimulus.via
                ),
                StimulusDelivered(
                    stimulus=name, occurrence=occurrence, cell=cell, channel=stimulus.via
                ),
            ):
                seq = len(records) + 1
                records.append(Recorded(seq, seq * 100, "2026-01-12T08:00:00.000Z", CLOCK, event))
    return records


def main() -> None:
    played = plan()
    records = tape(played)
    folds, reads = [], []
    for _ in range(5):
        board = Board(played)
        begun = time.perf_counter()
        board.apply_all(records)
        folds.append(time.perf_counter() - begun)
        begun = time.perf_counter()
        board.chronogram.rows(records[-1].sim_ms)
        reads.append(time.perf_counter() - begun)
    rate = len(records) / median(folds)
    print(f"{len(records)} events folded in {median(folds):.3f} s: {rate:,.0f} events/s")
    print(f"rows read again after a change in {1000 * median(reads):.1f} ms")


if __name__ == "__main__":
    main()
