"""An exercise in a process of its own, which says each seq once it is durable, until killed."""

import asyncio
import json
from math import inf
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from cyberex.exercise.headless import play_headless


def play_until_killed(scenario: dict[str, Any], path: str, said: "Connection[int, int]") -> None:
    """Plays `scenario` as fast as possible; sends the seq of every line that it would print."""
    asyncio.run(
        play_headless(
            scenario,
            source="kills.yaml",
            seed=7,
            journal_path=Path(path),
            write=lambda line: said.send(json.loads(line)["seq"]),
            refuse=lambda _line: None,
            speed=inf,
        )
    )
