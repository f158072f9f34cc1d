"""A program of its own that writes as fast as it can and says each number once it is durable."""

import sys
from pathlib import Path

from cyberex.journal.store import Journal
from tests.journal.journals import WALL, add_note


def write_until_killed(path: str) -> None:
    """Prints "open", then after each commit the seq that it wrote."""
    journal = Journal.open(Path(path))
    print("open", flush=True)
    while True:
        add_note(journal, f"note {journal.last_seq + 1}", journal.last_seq + 1)
        if journal.last_seq % 3 == 0:
            journal.set_clock(journal.last_seq * 1000, WALL)
        print(journal.last_seq, flush=True)


if __name__ == "__main__":
    write_until_killed(sys.argv[1])
