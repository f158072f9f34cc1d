"""Is this computer ready for an exercise? Each finding from a reading handed in."""

import locale
import os
import shutil
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from cyberex.cli.findings import Finding, look, ready, stop, unknown
from cyberex.cli.preflight_readings import Power
from cyberex.errors import UserError
from cyberex.i18n import _, ngettext

NEEDED_MB = 50
COMFORTABLE_MB = 500
NEEDED_COLUMNS, NEEDED_LINES = 80, 24
YEARS = range(2025, 2100)
JUMP_S = 2.0
LEAST_PERCENT = 50


def power_finding(power: Power) -> Finding:
    subject = _("mains")
    plug = _("plug it in: a laptop saves its battery by sleeping")
    if power.mains is None:
        return unknown(subject, plug)
    if power.mains:
        battery = "" if power.percent is None else f" ({power.percent} %)"
        return ready(subject, _("plugged in") + battery)
    said = _("on battery, {percent} %").format(
        percent="?" if power.percent is None else power.percent
    )
    low = power.percent is not None and power.percent < LEAST_PERCENT
    return stop(subject, said, plug) if low else look(subject, said, plug)


def sleep_finding(minutes: int | None, play_minutes: int) -> Finding:
    """`minutes` without a touch before sleep (0: never), compared with the length of the day."""
    subject = _("sleep")
    todo = _("in the power settings, on mains, sleep: never; and keep the lid open")
    if minutes is None:
        return unknown(subject, todo)
    if minutes == 0:
        return ready(subject, _("never on mains"))
    said = ngettext("after {count} minute", "after {count} minutes", minutes).format(count=minutes)
    if minutes > play_minutes:
        return ready(subject, said)
    return look(subject, said, todo)


def clock_finding(room: datetime, drift_s: float, day: datetime | None) -> Finding:
    """`room` is the hour with its zone; `drift_s` how far wall and monotonic clocks parted."""
    subject = _("clock")
    offset = f"{room:%z}"
    said = f"{room:%d/%m/%Y %H:%M}, UTC{offset[:3]}:{offset[3:5]}"
    right = _("set the date, the hour and the time zone in the system settings")
    if room.year not in YEARS:
        return stop(subject, said, right)
    if abs(drift_s) > JUMP_S:
        return stop(subject, _("{now}; it has just jumped").format(now=said), right)
    if day is not None and day.date() < room.date():
        return look(
            subject,
            _("{now}; the day of the exercise is past").format(now=said),
            _("correct the clock, or 'day' in exercise.yaml"),
        )
    if offset == "+0000":
        return look(subject, said, _("is this the hour of the room? Choose its time zone"))
    return ready(subject, said)


def disk_finding(folder: Path, free_bytes: int | None) -> Finding:
    subject = _("disk")
    todo = _("free some space, or choose another place with --journal")
    if free_bytes is None:
        return unknown(subject, todo)
    free = free_bytes // 1_000_000
    said = _("{free} MB free in {folder}").format(free=free, folder=folder)
    if free < NEEDED_MB:
        return stop(subject, said, todo)
    return look(subject, said, todo) if free < COMFORTABLE_MB else ready(subject, said)


def free_space(folder: Path) -> int | None:
    """Bytes free where `folder` is, or would be."""
    for place in (folder, *folder.parents):
        try:
            return shutil.disk_usage(place).free
        except OSError:
            continue
    return None


def journal_finding(folder: Path, stamp: str) -> Finding:
    """A real journal is made in `folder` and removed: the only proof that one can be."""
    from cyberex.facts.exercise_events import ExerciseCreated
    from cyberex.facts.model import RULES
    from cyberex.journal.store import Journal

    subject = _("journal")
    path = folder / f".preflight-{os.getpid()}.cyberex"
    first = ExerciseCreated(
        exercise="preflight",
        scenario={},
        source="preflight",
        seed=1,
        program="preflight",
        rules=RULES,
        created_wall=stamp,
        rehearsal=True,
    )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        Journal.create(path, first, wall_at=stamp).close()
    except (UserError, OSError) as error:
        todo = _("choose another place with --journal, on this computer's disk or a USB stick")
        return stop(subject, _("none can be made: {reason}").format(reason=error), todo)
    finally:
        _remove(folder, path.name)
    return ready(subject, _("can be made in {folder}").format(folder=folder))


def _remove(folder: Path, name: str) -> None:
    try:
        for left in folder.glob(f"{name}*"):
            left.unlink()
    except OSError:
        return


def printer_finding(name: str | None) -> Finding:
    subject = _("printer")
    todo = _("print from another computer, or note where the nearest printer is")
    if name is None:
        return unknown(subject, todo)
    return ready(subject, name) if name else look(subject, _("none"), todo)


def terminal_findings(
    size: os.terminal_size | None, environ: Mapping[str, str], encoding: str, platform: str
) -> list[Finding]:
    """`size` None: this is no terminal."""
    subject = _("terminal")
    if size is None:
        return [look(subject, _("none here"), _("run this in the terminal that will play"))]
    said = _("{columns} columns, {lines} lines").format(columns=size.columns, lines=size.lines)
    if size.columns < NEEDED_COLUMNS or size.lines < NEEDED_LINES:
        found = [
            stop(
                subject,
                said,
                _("make the window bigger or the letters smaller: {columns} x {lines}").format(
                    columns=NEEDED_COLUMNS, lines=NEEDED_LINES
                ),
            )
        ]
    else:
        found = [ready(subject, said)]
    windows = platform == "win32"
    colours = windows or "NO_COLOR" not in environ
    colours = colours and (windows or environ.get("TERM", "dumb") != "dumb")
    if colours:
        found.append(ready(_("colours"), _("yes")))
    else:
        found.append(look(_("colours"), _("no"), _("everything is said in words too")))
    # A Windows console takes Unicode whatever its code page.
    if windows or encoding.lower().replace("-", "") == "utf8":
        found.append(ready(_("accents"), "é è ç œ — ✓"))
    else:
        found.append(
            look(_("accents"), encoding, _("choose UTF-8 in the settings of the terminal"))
        )
    return found


def terminal_size() -> os.terminal_size | None:
    try:
        return os.get_terminal_size(sys.stdout.fileno())
    except (OSError, ValueError, AttributeError):
        return None


def terminal_encoding() -> str:
    """What the terminal expects, whatever this program has decided to write."""
    return locale.getencoding()
