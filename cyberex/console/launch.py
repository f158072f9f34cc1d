"""The way into the console: play an exercise, or choose what to play."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from cyberex.console.app import ConsoleApp
from cyberex.console.services import ConsoleServices, StartAnswer, StartChoices, StartKind
from cyberex.exercise.running import Exercise


async def nothing_to_do() -> None:
    """Where nothing stands beside the exercise."""


async def run_console(
    exercise: Exercise,
    *,
    services: ConsoleServices,
    leaving: Callable[[], Awaitable[None]] = nothing_to_do,
) -> None:
    """Play `exercise` on the screen until the director leaves; then `leaving`, and it is closed,
    resumable.

    A bug of the console is raised once the terminal is given back.
    """
    app = ConsoleApp(exercise, services)
    driver = asyncio.create_task(exercise.run(), name="driver")
    driver.add_done_callback(lambda task: _report(app, task))
    try:
        await app.run_async()
    finally:
        try:
            await leaving()
        finally:
            await exercise.close()
        with suppress(Exception):  # told on the screen when it happened
            await driver
    if app.fault is not None:
        raise app.fault


def _report(app: ConsoleApp, task: "asyncio.Task[None]") -> None:
    if not task.cancelled() and (fault := task.exception()) is not None:
        app.main.failed(fault)


async def run_start_screen(choices: StartChoices) -> StartAnswer:
    """Which kit to play, which exercise to resume; reading a past one happens there.

    A bug of the screen is raised once the terminal is given back.
    """
    from cyberex.console.start import StartApp

    app = StartApp(choices)
    answer = await app.run_async()
    if app.fault is not None:
        raise app.fault
    return answer or StartAnswer(StartKind.QUIT)
