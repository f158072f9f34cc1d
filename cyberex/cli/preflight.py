"""`preflight`: is everything ready for the day? A checklist to read an hour before."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cyberex.cli.places import journals
from cyberex.cli.printing import say
from cyberex.errors import UserError
from cyberex.i18n import _, ngettext

if TYPE_CHECKING:
    from cyberex.cli.findings import Finding
    from cyberex.cli.loading import Ready
    from cyberex.exercise.clocks import Clocks

UNKNOWN_LENGTH_MIN = 240


def preflight(
    folder: Annotated[Path, typer.Argument(help=_("the exercise folder"))],
    journal: Annotated[
        Path | None, typer.Option("--journal", help=_("where the journal will be made"))
    ] = None,
) -> None:
    """Say what is ready for the day, and what is not: exit 1 while something must be mended."""
    from cyberex.cli.findings import Mark, lines_of
    from cyberex.cli.loading import make_ready
    from cyberex.exercise.clocks import SystemClocks
    from cyberex.scenario.facility.folder import facility_at

    found = facility_at(str(folder))
    if found is None or found.exercise is None:
        raise UserError(
            _("'{folder}' is no exercise folder.").format(folder=folder),
            _("Make one with cyberex prepare."),
        )
    clocks = SystemClocks()
    first = clocks.wall(), clocks.monotonic_s()
    exercise = make_ready(found)
    findings = [
        *_of_exercise(exercise, found.exercise.parent),
        *_of_machine(exercise, _place(journal), clocks),
    ]
    wall, monotonic_s = clocks.wall(), clocks.monotonic_s()
    drift_s = (wall - first[0]).total_seconds() - (monotonic_s - first[1])
    findings.append(_of_clock(exercise, clocks, drift_s))
    for finding in findings:
        for line in lines_of(finding):
            say(line)
    say(_verdict(findings))
    if any(finding.mark is Mark.STOP for finding in findings):
        raise typer.Exit(1)


def _place(journal: Path | None) -> Path:
    """The folder in which the journal will be: `--journal` names a file or a folder."""
    if journal is None:
        return journals()
    return journal if journal.is_dir() else journal.parent


def _of_exercise(exercise: "Ready", folder: Path) -> "list[Finding]":
    from cyberex.cli.preflight_exercise import exercise_findings

    return exercise_findings(exercise, folder)


def _of_machine(exercise: "Ready", place: Path, clocks: "Clocks") -> "list[Finding]":
    from cyberex.cli import preflight_machine as machine
    from cyberex.cli import preflight_readings as readings

    timing = exercise.plan.timing if exercise.plan else None
    minutes = UNKNOWN_LENGTH_MIN
    if timing is not None:
        minutes = (timing.briefing_ms + timing.play_ms + timing.debrief_ms) // 60_000
    return [
        machine.power_finding(readings.power()),
        machine.sleep_finding(readings.sleep_minutes(), minutes),
        machine.disk_finding(place, machine.free_space(place)),
        machine.journal_finding(place, clocks.wall().isoformat()),
        machine.printer_finding(readings.printer()),
        *machine.terminal_findings(
            machine.terminal_size(), os.environ, machine.terminal_encoding(), sys.platform
        ),
    ]


def _of_clock(exercise: "Ready", clocks: "Clocks", drift_s: float) -> "Finding":
    from cyberex.cli.preflight_machine import clock_finding

    day = exercise.facility.day.at if exercise.facility else None
    return clock_finding(clocks.room(), drift_s, day)


def _verdict(findings: "Sequence[Finding]") -> str:
    from cyberex.cli.findings import Mark

    stops = sum(finding.mark is Mark.STOP for finding in findings)
    looks = sum(finding.mark is Mark.LOOK for finding in findings)
    return " ".join(
        (
            ngettext("{count} thing to mend,", "{count} things to mend,", stops).format(
                count=stops
            ),
            ngettext("{count} to look at.", "{count} to look at.", looks).format(count=looks),
        )
    )
