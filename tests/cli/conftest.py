"""The command line as a person uses it: a real process, in an empty folder of its own."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Said:
    code: int
    out: str
    err: str


Cyberex = Callable[..., Said]


@pytest.fixture
def cyberex(tmp_path: Path) -> Cyberex:
    """Run `cyberex ARGUMENTS` in `tmp_path`; `given` is its standard input."""

    def run(*arguments: str, given: str = "", lang: str = "en") -> Said:
        environ = {
            **os.environ,
            "CYBEREX_HOME": str(tmp_path / "home"),
            "CYBEREX_LANG": lang,
            "PYTHONPATH": str(ROOT),
            "PYTHONIOENCODING": "utf-8",
        }
        done = subprocess.run(
            [sys.executable, "-m", "cyberex", *arguments],
            cwd=tmp_path,
            env=environ,
            input=given,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        return Said(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A scenario of two calls, ten minutes long."""
    path = tmp_path / "tiny.yaml"
    path.write_text(
        """\
cyberex: 1
id: tiny
title: Deux appels
timing:
  startex: lundi 12 janvier 2026 09:00
  play: 10 min
cells:
  - id: crisis
    title: Cellule de crise
roles:
  - id: it
    title: Informatique
    cell: crisis
actors:
  - id: nurse
    title: Mme Lenoir
    kind: staff
    played_by: animator-1
channels:
  - id: mobile
    title: Mobile
stimuli:
  - id: s01
    at: T+2
    from: nurse
    to: [it]
    via: mobile
    title: Six postes figés
    text: Exercice. Six postes sont figés.
  - id: s02
    at: T+5
    from: nurse
    to: [it]
    via: mobile
    title: Toujours figés
    text: Exercice. Ils sont toujours figés à ${+5 min}.
""",
        encoding="utf-8",
    )
    return path
