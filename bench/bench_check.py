"""How long do `cyberex --version` and `cyberex check` take, whole process, as somebody waits?

Run `python bench/bench_check.py`. The scenarios of 250 and 10,000 stimuli are made on the spot.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
REPEATS = 9
SIZES = (250, 10_000)

HEAD = """\
cyberex: 1
id: bench
title: Bench
timing:
  startex: lundi 12 janvier 2026 09:00
  play: 24 h
cells:
  - id: crisis
    title: Cellule de crise
roles:
  - id: it
    title: Informatique
    cell: crisis
actors:
  - id: ward
    title: Urgences
    kind: staff
    played_by: animator-1
channels:
  - id: phone
    title: Téléphone
milestones:
  - id: declared
    title: Incident déclaré
stimuli:
"""
STIMULUS = """\
  - id: s{number}
    {when}
    from: ward
    to: [it]
    via: phone
    thread: technical
    title: Appel numéro {number}
    text: |
      EXERCICE. Ici les urgences, appel {number}. Six postes sont figés, le dossier patient ne
      répond plus depuis dix minutes, et quelqu'un propose de tout redémarrer.
    expect:
      - id: s{number}-facts
        text: Recueille les faits et interdit le redémarrage
        within: 10 min
"""


def scenario(size: int) -> str:
    """A scenario of `size` stimuli over 23 hours; one in three follows the one before."""
    parts = [HEAD]
    for number in range(size):
        when = f"at: T+{23 * 60 * number // size}"
        if number % 3 == 2:
            when = f"after: s{number - 1} delivered + 5 min"
        elif number % 3 == 1:
            when += "\n    unless: [declared]\n    otherwise: skip"
        parts.append(STIMULUS.format(number=number, when=when))
    return "".join(parts)


def seconds(*arguments: str) -> float:
    """One run of the program, from nothing to its exit."""
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "cyberex", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    took = time.perf_counter() - start
    if done.returncode != 0:
        raise SystemExit(done.stdout + done.stderr)
    return took


def told(label: str, arguments: tuple[str, ...], repeats: int = REPEATS) -> float:
    """Print one result; its median in milliseconds."""
    seconds(*arguments)  # files in the cache, bytecode written
    runs = sorted(seconds(*arguments) * 1000 for _ in range(repeats))
    median, p90 = runs[len(runs) // 2], runs[min(len(runs) - 1, len(runs) * 9 // 10)]
    print(f"{label:<28} median {median:7.0f} ms, 90 % {p90:7.0f} ms ({repeats} runs)")
    return median


def main() -> None:
    told("cyberex --version", ("--version",))
    medians = []
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            path = Path(folder) / f"bench-{size}.yaml"
            path.write_text(scenario(size), encoding="utf-8")
            repeats = REPEATS if size == SIZES[0] else 3
            medians.append(told(f"check, {size} stimuli", ("check", str(path)), repeats))
    print(f"ratio {SIZES[1]} to {SIZES[0]} stimuli: {medians[1] / medians[0]:.1f}")


if __name__ == "__main__":
    main()
