"""How many durable transactions a second does a journal take, and how long is one?

Run `python bench/bench_journal.py [FOLDER]`: the folder decides which disk is measured.
"""

import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # from a checkout, installed or not

from cyberex.facts.exercise_events import ExerciseCreated
from cyberex.facts.model import CLOCK, Batch
from cyberex.facts.stimulus_events import StimulusDelivered
from cyberex.journal.store import Journal
from cyberex.journal.verify import verify_chain

TRANSACTIONS = 5_000
EVENTS_IN_A_GROUP = 5
WALL = "2026-03-10T09:00:00Z"


def new_journal(folder: Path, name: str) -> Journal:
    first = ExerciseCreated(
        exercise="bench",
        scenario={"title": "bench"},
        source="bench",
        seed=1,
        program="bench",
        rules=1,
        created_wall=WALL,
    )
    return Journal.create(folder / name, first, wall_at=WALL)


def batch_of(number: int, events: int) -> Batch:
    delivered = StimulusDelivered(
        stimulus=f"s{number}", occurrence=f"s{number}#1", cell="cellule-decision", channel="phone"
    )
    return Batch(number, CLOCK, (delivered,) * events)


def commits_ms(journal: Journal, events: int) -> list[float]:
    """How long each of TRANSACTIONS appends took."""
    durations = []
    for number in range(TRANSACTIONS):
        batch = batch_of(number, events)
        start = time.perf_counter()
        journal.append(batch, WALL)
        durations.append((time.perf_counter() - start) * 1000)
    return durations


def line(label: str, durations: list[float], events: int) -> float:
    """Print one result; transactions a second."""
    durations = sorted(durations)
    rate = 1000 * len(durations) / sum(durations)
    p50, p99 = (durations[int(len(durations) * part)] for part in (0.50, 0.99))
    print(
        f"{label:<34} {rate:8.0f} transactions/s {rate * events:8.0f} events/s"
        f"   p50 {p50:.3f} ms   p99 {p99:.3f} ms   max {durations[-1]:.1f} ms"
    )
    return rate


def measure(folder: Path) -> None:
    with new_journal(folder, "full.cyberex") as journal:
        durable = line("synchronous=FULL, 1 event", commits_ms(journal, 1), 1)
    with new_journal(folder, "groups.cyberex") as journal:
        durations = commits_ms(journal, EVENTS_IN_A_GROUP)
        line(f"synchronous=FULL, {EVENTS_IN_A_GROUP} events", durations, EVENTS_IN_A_GROUP)
    rates = {}
    for setting in ("NORMAL", "OFF"):
        with new_journal(folder, f"{setting}.cyberex") as journal:
            journal._db.execute(f"PRAGMA synchronous = {setting}")
            rates[setting] = line(f"synchronous={setting}, 1 event", commits_ms(journal, 1), 1)
    for setting, rate in rates.items():
        print(f"FULL is {rate / durable:.2f} times slower than {setting}")
    start = time.perf_counter()
    report = verify_chain(folder / "groups.cyberex")
    took = time.perf_counter() - start
    print(f"verify: {report.events} events in {took:.2f} s, {report.events / took:.0f} events/s")
    start = time.perf_counter()
    Journal.open(folder / "groups.cyberex").close()
    print(f"open and close again: {(time.perf_counter() - start) * 1000:.0f} ms")


def main() -> None:
    parent = sys.argv[1] if len(sys.argv) > 1 else None
    with tempfile.TemporaryDirectory(dir=parent) as folder:
        measure(Path(folder))


if __name__ == "__main__":
    main()
