"""`play` and `resume`: an exercise in the console, or without a screen."""

import asyncio
import sys
from math import inf, isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from cyberex.cli.authoring import ready_or_exit
from cyberex.cli.places import JOURNAL_SUFFIX, journals
from cyberex.cli.printing import complain, say
from cyberex.cli.seating import Seat, play_in_console, resume_in_console
from cyberex.errors import UserError
from cyberex.i18n import _
from cyberex.problems import render_text

if TYPE_CHECKING:
    from cyberex.cli.loading import Ready
    from cyberex.exercise.script import Script

HEADLESS_SEED = 1


Speed = Annotated[str, typer.Option("--speed", help=_("1, another number, or max (no screen)"))]
Tabletop = Annotated[
    bool, typer.Option("--tabletop", help=_("one animator among the players, reading aloud"))
]
Headless = Annotated[bool, typer.Option("--headless", help=_("without a screen: JSON Lines"))]
Portal = Annotated[
    str | None,
    typer.Option(
        "--portal",
        metavar="[HOST:PORT]",
        help=_("serve the participants' pages too, at the usual address or at this one"),
    ),
]


def play(
    what: Annotated[
        str | None,
        typer.Argument(
            metavar="KIT|SCENARIO|FOLDER", help=_("a kit, a file, an id or an exercise folder")
        ),
    ] = None,
    sector: Annotated[str | None, typer.Option("--sector", help=_("es or esms"))] = None,
    headless: Headless = False,
    speed: Speed = "",
    script: Annotated[
        Path | None, typer.Option("--script", help=_("what the director does, in JSON Lines"))
    ] = None,
    journal: Annotated[
        Path | None, typer.Option("--journal", help=_("where the journal is made"))
    ] = None,
    people: Annotated[
        Path | None, typer.Option("--people", help=_("the facility's own people file"))
    ] = None,
    settings: Annotated[
        list[str] | None, typer.Option("--set", help=_("name=value for a variable"))
    ] = None,
    seed: Annotated[int | None, typer.Option("--seed", help=_("seed of the random delays"))] = None,
    rehearsal: Annotated[
        bool, typer.Option("--rehearsal", help=_("a trial: marked, never counted"))
    ] = False,
    tabletop: Tabletop = False,
    portal: Portal = None,
) -> None:
    """Play a kit or a scenario; with neither, a start screen offers what there is."""
    _not_without_screen(portal, headless=headless)
    if what is None:
        _start_screen(portal)
        return
    from cyberex.cli.loading import values_of

    ready = ready_or_exit(
        what, sector or sector_asked(what), overrides=values_of(settings or []), people=people
    )
    if headless:
        path = journal or _new_journal(ready.found.id)
        _headless(ready, path, speed or "max", script, seed, rehearsal=rehearsal)
        return
    if script is not None:
        raise UserError(_("a script plays without a screen only."), _("Add --headless."))
    need_terminal()
    rate = speed_of(speed or "1")
    _begin_or_go_on(
        ready,
        journal,
        seed=seed,
        rehearsal=rehearsal or rate != 1,
        speed=rate,
        seat=Seat(tabletop, portal),
    )


def resume(
    journal: Annotated[Path, typer.Argument(help=_("the journal of an exercise"))],
    headless: Headless = False,
    speed: Speed = "",
    script: Annotated[
        Path | None, typer.Option("--script", help=_("what the director does, in JSON Lines"))
    ] = None,
    tabletop: Tabletop = False,
    portal: Portal = None,
) -> None:
    """Go on with an exercise from its journal, where it was last known to stand."""
    _not_without_screen(portal, headless=headless)
    if headless:
        from cyberex.exercise.headless import resume_headless

        asyncio.run(
            resume_headless(
                journal,
                script=script_at(script),
                speed=_headless_speed(speed or "max"),
                write=say,
                refuse=complain,
            )
        )
        return
    need_terminal()
    resume_in_console(journal, Seat(tabletop, portal))


def _not_without_screen(portal: str | None, *, headless: bool) -> None:
    if headless and portal is not None:
        raise UserError(
            _("without a screen there is no portal."), _("Leave out --headless or --portal.")
        )


def _headless(
    ready: "Ready",
    path: Path,
    speed: str,
    script: Path | None,
    seed: int | None,
    *,
    rehearsal: bool,
) -> None:
    from cyberex.exercise.headless import play_headless

    rate = _headless_speed(speed)
    asyncio.run(
        play_headless(
            ready.document,
            source=str(ready.found.path),
            seed=HEADLESS_SEED if seed is None else seed,
            journal_path=path,
            people=ready.people,
            write=say,
            refuse=complain,
            script=script_at(script),
            speed=rate,
            # Nobody lives an exercise at another pace than that of the clock on the wall.
            rehearsal=rehearsal or rate != 1,
        )
    )


def script_at(path: Path | None) -> "Script":
    """The script; its mistakes are printed, exit 1."""
    from cyberex.exercise.script import Script, read_script

    if path is None:
        return Script()
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(
            _("the script '{path}' cannot be read: {reason}.").format(path=path, reason=error),
            _("Save it as UTF-8, one JSON object a line."),
        ) from error
    found, problems = read_script(text, str(path))
    if problems:
        for problem in problems:
            complain(render_text(problem))
        raise typer.Exit(1)
    return found


def _headless_speed(text: str) -> float:
    return inf if text == "max" else speed_of(text)


def speed_of(text: str) -> float:
    try:
        speed = float(text.replace(",", "."))
    except ValueError:
        speed = 0.0
    if not (isfinite(speed) and speed > 0):
        raise UserError(
            _("'{speed}' is no speed.").format(speed=text),
            _("Write a number such as 1 or 10, or max without a screen."),
        )
    return speed


def sector_asked(what: str) -> str | None:
    """Asked on a terminal when the kit has several; elsewhere the refusal comes later."""
    from cyberex.cli.loading import locate

    found = locate(what, None)
    if len(found) == 1 or not is_terminal(sys.stdin):
        return None
    sectors = [item.sector or item.id for item in found]
    while True:
        answer: str = typer.prompt(
            _("Which sector? {sectors}").format(sectors=" / ".join(sectors)), default=sectors[0]
        )
        if answer in sectors:
            return answer


def _new_journal(scenario: str) -> Path:
    from cyberex.exercise.clocks import SystemClocks

    return journals() / f"{scenario}-{SystemClocks().room():%Y%m%d-%H%M%S}{JOURNAL_SUFFIX}"


def is_terminal(stream: TextIO | None) -> bool:
    """A stream that the operator closed is none."""
    return stream is not None and stream.isatty()


def need_terminal() -> None:
    """UserError unless the console can be drawn, which it is on standard error."""
    if not all(map(is_terminal, (sys.stdin, sys.stdout, sys.stderr))):
        raise UserError(
            _("the console needs a terminal."), _("Add --headless to play without a screen.")
        )


def _begin_or_go_on(
    ready: "Ready",
    journal: Path | None,
    *,
    seed: int | None,
    rehearsal: bool,
    speed: float,
    seat: Seat,
) -> None:
    from cyberex.cli.returning import asked_to_resume, unfinished
    from cyberex.exercise.clocks import SystemClocks

    today = SystemClocks().room().date()
    if journal is None and ready.scenario is not None:
        left = unfinished(ready.scenario.id, journals(), today, rehearsal=rehearsal)
        if left is not None and asked_to_resume(left, _ask):
            resume_in_console(left.path, seat)
            return
    path = journal or _new_journal(ready.found.id)
    play_in_console(ready, path, seed=seed, rehearsal=rehearsal, speed=speed, seat=seat)


def _ask(question: str, default: str) -> str:
    answer: str = typer.prompt(question, default=default)
    return answer


def _start_screen(portal: str | None) -> None:
    from cyberex.cli.desk import start_choices
    from cyberex.console.launch import run_start_screen
    from cyberex.console.services import StartKind

    need_terminal()
    from cyberex.exercise.clocks import SystemClocks

    answer = asyncio.run(run_start_screen(start_choices(SystemClocks().wall())))
    if answer.kind is StartKind.PLAY and answer.kit is not None:
        ready = ready_or_exit(answer.kit.argument, answer.kit.sector or None)
        seat = Seat(tabletop=False, portal=portal)
        _begin_or_go_on(ready, None, seed=None, rehearsal=False, speed=1.0, seat=seat)
    elif answer.kind is StartKind.RESUME and answer.journal is not None:
        resume_in_console(answer.journal, Seat(tabletop=False, portal=portal))
