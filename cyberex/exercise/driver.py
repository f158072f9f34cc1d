"""Wait for what is due: the one task that plays while nobody asks for anything.

Wakes at the next instant of the engine, at least once a second, and as soon as something was
submitted.
"""

from collections.abc import Callable

from cyberex.errors import UserError
from cyberex.exercise.play import Play
from cyberex.i18n import _


async def drive(play: Play, closed: Callable[[], bool]) -> None:
    """Until `closed`, or until the operator has finished. UserError if an operator is stuck."""
    while not closed():
        play.bell.clear()
        async with play.turn:
            if closed():
                return
            await _beat(play)
            if play.operator is not None:
                if play.operator.finished:
                    return
                _check_not_stuck(play)
        await play.clocks.wait(play.bell, play.next_wake_s())


async def _beat(play: Play) -> None:
    if play.frozen is not None:
        play.look()
        return
    try:
        await play.catch_up()
    except UserError:
        # Frozen: the screens say so, and the director thaws it.
        if play.frozen is None:
            raise


def _check_not_stuck(play: Play) -> None:
    """Nobody is there to resume, to lift a stop or to mend a disk: say so rather than wait."""
    operator = play.operator
    if play.frozen is not None:
        raise UserError(play.frozen, _("Then resume the exercise from its journal."))
    if play.engine.running or (operator is not None and operator.next_wall_s() is not None):
        return
    raise UserError(
        _(
            "the exercise stands still at {sim_ms} ms and nothing in the script makes it go on."
        ).format(sim_ms=play.engine.now_ms),
        _("Its journal is kept: resume it, or add a line with 'wait' to the script."),
    )
