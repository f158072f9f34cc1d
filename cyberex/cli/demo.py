"""`demo`: five commented minutes in the console, played by a script, to understand by watching.

What the script does and says is in `kits/demo/`: the same JSON Lines as `play --script`. A note of
kind "remark" is a comment: it stays in the log, and is a caption of the screen until the next one.
One that begins with the number of a panel shows that panel: `2 À faire : …`.
"""

import asyncio
import tempfile
from collections.abc import Callable
from contextlib import ExitStack, suppress
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cyberex.cli.authoring import ready_or_exit
from cyberex.cli.places import JOURNAL_SUFFIX
from cyberex.cli.playing import need_terminal, script_at, speed_of
from cyberex.cli.printing import complain, say
from cyberex.errors import UserError
from cyberex.i18n import _

if TYPE_CHECKING:
    from cyberex.cli.loading import Ready
    from cyberex.exercise.running import Exercise
    from cyberex.exercise.script import Script

DEMO = "demo-es"
SEED = 1
LOOK_S = 0.05
PANELS = ("1", "2", "3", "4")

Say = Callable[[str], None]


def demo(
    headless: Annotated[
        bool, typer.Option("--headless", help=_("without a screen: JSON Lines"))
    ] = False,
    speed: Annotated[
        str, typer.Option("--speed", help=_("1, another number, or max (no screen)"))
    ] = "",
    journal: Annotated[
        Path | None, typer.Option("--journal", help=_("keep the journal here; else it is erased"))
    ] = None,
) -> None:
    """Watch a commented five-minute exercise being played in the console."""
    folder = _folder()
    script = script_at(folder / f"{DEMO}.jsonl")
    scenario = folder.parent.parent / "scenarios" / f"{DEMO}.yaml"
    ready = ready_or_exit(str(scenario), None, people=folder / "people-es.yaml")
    if not headless:
        need_terminal()
    with ExitStack() as stack:
        path = journal
        if path is None:
            kept = stack.enter_context(tempfile.TemporaryDirectory(prefix="cyberex-"))
            path = Path(kept) / f"{DEMO}{JOURNAL_SUFFIX}"
        if headless:
            pace = inf if speed in ("", "max") else speed_of(speed)
            asyncio.run(_without_screen(ready, script, path, pace))
        else:
            asyncio.run(_on_screen(ready, script, path, speed_of(speed or "1")))


async def _without_screen(ready: "Ready", script: "Script", path: Path, speed: float) -> None:
    from cyberex.exercise.headless import play_headless

    await play_headless(
        ready.document, source=str(ready.found.path), seed=SEED, journal_path=path,
        people=ready.people, write=say, refuse=complain, script=script, speed=speed,
    )  # fmt: skip


async def _on_screen(ready: "Ready", script: "Script", path: Path, speed: float) -> None:
    """The console as it is, with somebody else at its keys; the viewer's own keys work too."""
    from cyberex.cli.desk import console_services
    from cyberex.console.app import ConsoleApp
    from cyberex.exercise.opening import create_exercise

    exercise = await create_exercise(
        ready.document, source=str(ready.found.path), seed=SEED, journal_path=path,
        people=ready.people, rehearsal=True, speed=speed,
    )  # fmt: skip
    app = ConsoleApp(exercise, console_services(exercise))

    async def script_plays() -> None:
        while not app.main.is_attached:
            await asyncio.sleep(LOOK_S)
        try:
            await played(exercise, script, show, app.main.tell)
        except Exception as fault:
            app.main.failed(fault)

    def show(text: str) -> None:
        app.main.explain(text, panel_of(text))

    playing = asyncio.create_task(script_plays())
    try:
        await app.run_async()
    finally:
        await exercise.close()
        playing.cancel()
        with suppress(asyncio.CancelledError):
            await playing


def panel_of(comment: str) -> int | None:
    """The panel that a comment is about, counted from 0."""
    number = comment.partition(" ")[0]
    return int(number) - 1 if number in PANELS else None


async def played(exercise: "Exercise", script: "Script", show: Say, refuse: Say) -> None:
    """The script plays to its end; `show` gets each comment when it is recorded."""
    from cyberex.exercise.director import HeadlessDirector

    exercise.attend(
        HeadlessDirector(
            exercise.plan, script, exercise.created.seed, exercise.say, refuse, exercise.history()
        )
    )
    comments = asyncio.create_task(_show_comments(exercise, show))
    try:
        await exercise.run()
        await asyncio.sleep(0)
    finally:
        comments.cancel()


async def _show_comments(exercise: "Exercise", show: Say) -> None:
    from cyberex.exercise.director import SCRIPT
    from cyberex.facts.model import NoteKind
    from cyberex.facts.world_events import NoteAdded

    async for transaction in exercise.feed():
        request = transaction[0].request
        if request is None or request.origin != SCRIPT:
            continue
        for recorded in transaction:
            event = recorded.event
            if isinstance(event, NoteAdded) and event.kind == NoteKind.REMARK:
                show(exercise.text(event.text))


def _folder() -> Path:
    from cyberex.scenario.kits import package_roots

    for root in package_roots():
        if (root / "kits" / "demo" / f"{DEMO}.jsonl").is_file():
            return root / "kits" / "demo"
    raise UserError(_("the demonstration is not there."), _("Install cyberex anew."))
