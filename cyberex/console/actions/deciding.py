"""What was decided: settle a decision, tick the reaction that was to settle it, come back on it."""

from collections.abc import Iterator

from cyberex.console.actions.log import withdraw
from cyberex.console.desk import NotDone
from cyberex.console.dialogs.pick import LETTERS, Option
from cyberex.console.stage import Stage
from cyberex.facts.commands import SettleDecision, TickExpectation
from cyberex.facts.model import Tick
from cyberex.i18n import _
from cyberex.views.expectations import ExpectationRow

Branch = tuple[str, str]
"""A decision and its outcome; "" comes back on what was decided."""


async def outcome_of(stage: Stage, decision: str) -> str | None:
    """Which of its outcomes; None if the director left."""
    outcomes = stage.desk.plan.decisions[decision].outcomes
    return await stage.pick(
        stage.desk.names.decision(decision),
        [Option(item.id, item.title) for item in outcomes.values()],
        digits=True,
    )


async def decision(stage: Stage) -> None:
    """Every branch of every decision left, in one list: what is expected to be decided first. Then
    those that are settled, by letters: one may come back on them."""
    desk = stage.desk
    settled = desk.board.world.decisions
    left = [item for item in desk.plan.decisions if item not in settled]
    if not left and not settled:
        raise NotDone(_("There is no decision in this scenario."))
    pending = {row_settles(stage, row) for row in _waiting(stage)}
    left.sort(key=lambda item: item not in pending)
    alone = len(left) == 1 and not settled
    options = [
        Option((item, outcome.id), outcome.title if alone else _branch(stage, item, outcome.id))
        for item in left
        for outcome in desk.plan.decisions[item].outcomes.values()
    ]
    options += _settled_options(stage)
    title = desk.names.decision(left[0]) if alone else _("What was decided?")
    chosen = await stage.pick(title, options, digits=True)
    if chosen is None:
        return
    name, outcome = chosen
    if outcome:
        await _settle(stage, name, outcome)
    else:
        await _come_back(stage, name)


def _settled_options(stage: Stage) -> Iterator[Option[Branch]]:
    settled = stage.desk.board.world.decisions
    for letter, (item, known) in zip(LETTERS, settled.items(), strict=False):
        said = _("come back on: {what}").format(what=_branch(stage, item, known.outcome))
        yield Option((item, ""), said, letter)


def _branch(stage: Stage, decision: str, outcome: str) -> str:
    names = stage.desk.names
    return _("{outcome} ({decision})").format(
        decision=names.decision(decision), outcome=names.outcome(decision, outcome)
    )


async def _settle(stage: Stage, name: str, outcome: str) -> None:
    done = _("Decided (u: undo): {name}").format(name=stage.desk.names.outcome(name, outcome))
    await stage.ask(SettleDecision(decision=name, outcome=outcome), done)
    await _tick_what_settles(stage, name)


async def _tick_what_settles(stage: Stage, name: str) -> None:
    """The reaction that was to settle it has been seen, or it would be said late: one key."""
    rows = [row for row in _waiting(stage) if row_settles(stage, row) == name]
    said = [f"{stage.desk.names.code(row.occurrence)} {row.text}" for row in rows]
    if not rows or not await stage.confirm(_("Tick this reaction as seen?"), said):
        return
    for row in rows:
        seen = TickExpectation(
            expectation=row.expectation, stimulus=row.occurrence, result=Tick.SEEN
        )
        await stage.ask(seen, _("Seen (u: undo): {what}").format(what=row.text))


def row_settles(stage: Stage, row: ExpectationRow) -> str:
    """The decision that it settles, or ""."""
    planned = stage.desk.plan.expectations.get(row.expectation)
    return planned[1].settles if planned is not None else ""


def _waiting(stage: Stage) -> tuple[ExpectationRow, ...]:
    """Of which nobody has said yet what was seen."""
    expectations = stage.desk.board.expectations
    return (*expectations.overdue, *expectations.open)


async def _come_back(stage: Stage, name: str) -> None:
    """Withdraw what settled it, then ask what was decided instead."""
    desk = stage.desk
    request = desk.undoing.request_that_settled(name)
    if request is None:
        raise NotDone(_("This cannot be undone any more."))
    if await withdraw(stage, request) and name not in desk.board.world.decisions:
        outcome = await outcome_of(stage, name)
        if outcome is not None:
            await _settle(stage, name, outcome)
