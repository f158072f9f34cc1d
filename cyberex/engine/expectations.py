"""Expected reactions: opened by a delivery, ticked by whoever saw them, expired by time alone."""

from cyberex.engine.agenda import DEADLINE
from cyberex.engine.game import Game
from cyberex.engine.state import Occurrence, OpenExpectation, Refused
from cyberex.facts.model import Tick
from cyberex.facts.stimulus_events import (
    ExpectationExpired,
    ExpectationMoved,
    ExpectationOpened,
    ExpectationTicked,
    ExpectationWithdrawn,
)
from cyberex.plan.model import PlannedExpectation


def open_expectations(game: Game, occurrence: Occurrence, cell: str, from_ms: int) -> None:
    """Open those that wait for `cell` ("": those that wait for all the cells) and are not open;
    their delays count from `from_ms`."""
    for expectation in occurrence.stimulus.expectations:
        key = f"{occurrence.id}/{expectation.id}"
        if expectation.cell == cell and key not in game.expectations:
            _open(game, occurrence, expectation, from_ms)


def _open(
    game: Game, occurrence: Occurrence, expectation: PlannedExpectation, from_ms: int
) -> None:
    within = expectation.within_ms
    deadline = None if within is None else from_ms + within
    opened = OpenExpectation(occurrence, expectation, expectation.cell, deadline)
    game.expectations[opened.key] = opened
    game.latest_expectation[expectation.id] = opened
    game.emit(
        ExpectationOpened(
            stimulus=occurrence.stimulus.id,
            occurrence=occurrence.id,
            expectation=expectation.id,
            cell=expectation.cell,
            deadline_ms=deadline,
        )
    )
    _arm(game, opened)

    # What somebody has seen since cannot be unseen by saying that it was never asked for.
    game.on_undo(
        lambda _: _withdraw(game, opened),
        lambda: opened.ticked is None and game.expectations.get(opened.key) is opened,
    )


def _withdraw(game: Game, opened: OpenExpectation) -> None:
    expectation = opened.expectation.id
    _disarm(opened)
    del game.expectations[opened.key]
    del game.latest_expectation[expectation]
    for other in game.expectations.values():
        if other.expectation.id == expectation:
            game.latest_expectation[expectation] = other
    _emit_withdrawn(game, opened, reopened=False)


def withdraw_expectations(game: Game, occurrence: Occurrence, cell: str) -> None:
    """It did not reach `cell` after all: what it was to do, and what all the cells were to do, is
    not expected yet; what was seen stays."""
    for opened in tuple(game.expectations.values()):
        concerned = opened.occurrence is occurrence and opened.cell in (cell, "")
        if concerned and opened.ticked is None:
            _withdraw(game, opened)


def _arm(game: Game, opened: OpenExpectation) -> None:
    if opened.deadline_ms is not None:
        opened.timer = game.agenda.at(opened.deadline_ms, DEADLINE, lambda: _expire(game, opened))


def _disarm(opened: OpenExpectation) -> None:
    if opened.timer is not None:
        opened.timer.cancel()
        opened.timer = None


def _expire(game: Game, opened: OpenExpectation) -> None:
    opened.expired, opened.timer = True, None
    game.emit(
        ExpectationExpired(
            stimulus=opened.occurrence.stimulus.id,
            occurrence=opened.occurrence.id,
            expectation=opened.expectation.id,
        )
    )


def find_expectation(game: Game, name: str, stimulus: str) -> OpenExpectation:
    """`s01#1/s01-facts`, or the latest opened of that id, or the one of `stimulus`."""
    if name in game.expectations:
        return game.expectations[name]
    if name not in game.plan.expectations:
        raise Refused("unknown-expectation", {"expectation": name})
    if stimulus:
        key = f"{game.find(stimulus).id}/{name}"
        found = game.expectations.get(key)
    else:
        found = game.latest_expectation.get(name)
    if found is None:
        raise Refused("expectation-not-open", {"expectation": name})
    return found


def tick(
    game: Game, opened: OpenExpectation, result: Tick, observed_ms: int, observer: str
) -> None:
    """Record what was seen; ticking again replaces what was recorded before."""
    before, had_time = opened.ticked, opened.timer is not None
    _disarm(opened)
    ticked = ExpectationTicked(
        stimulus=opened.occurrence.stimulus.id,
        occurrence=opened.occurrence.id,
        expectation=opened.expectation.id,
        result=result,
        observed_ms=observed_ms,
        late=opened.deadline_ms is not None and observed_ms > opened.deadline_ms,
        observer=observer,
    )
    opened.ticked = ticked
    game.emit(ticked)

    def withdraw(_: bool) -> None:
        opened.ticked = before
        if had_time:
            _arm(game, opened)
        _emit_withdrawn(game, opened, reopened=True)
        if before is not None:
            game.emit(before)

    game.on_undo(withdraw, lambda: opened.ticked is ticked)


def _emit_withdrawn(game: Game, opened: OpenExpectation, *, reopened: bool) -> None:
    game.emit(
        ExpectationWithdrawn(
            stimulus=opened.occurrence.stimulus.id,
            occurrence=opened.occurrence.id,
            expectation=opened.expectation.id,
            reopened=reopened,
            deadline_ms=opened.deadline_ms,
        )
    )


def move_deadlines(game: Game, by_ms: int) -> None:
    """Open deadlines keep the time they had left when the clock goes forward at once."""
    for opened in game.expectations.values():
        if opened.timer is None or not opened.timer.live or opened.deadline_ms is None:
            continue
        opened.deadline_ms += by_ms
        game.agenda.reschedule(opened.timer, opened.deadline_ms)
        game.emit(
            ExpectationMoved(
                stimulus=opened.occurrence.stimulus.id,
                occurrence=opened.occurrence.id,
                expectation=opened.expectation.id,
                deadline_ms=opened.deadline_ms,
            )
        )
