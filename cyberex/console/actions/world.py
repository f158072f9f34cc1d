"""What players did and what becomes of the fiction: reactions, milestones, decisions, assets."""

from cyberex.console.actions.deciding import outcome_of
from cyberex.console.desk import NotDone
from cyberex.console.dialogs.pick import Option
from cyberex.console.stage import Stage
from cyberex.facts.commands import (
    PressKey,
    ReachMilestone,
    SetAsset,
    TickExpectation,
)
from cyberex.facts.model import Tick
from cyberex.i18n import _
from cyberex.times import format_duration
from cyberex.views.expectations import ExpectationRow
from cyberex.wording import words
from cyberex.wording.clean import clean


async def tick(stage: Stage) -> None:
    """Which reaction, what was seen of it, and what was decided if it settles a decision."""
    rows = _tickable(stage)
    if not rows:
        raise NotDone(_("No reaction is expected now."))
    row = await stage.pick(
        _("Which reaction?"), [Option(item, _expected(stage, item)) for item in rows]
    )
    if row is None:
        return
    code = stage.desk.names.code(row.occurrence)
    result = await stage.pick(
        _("What was seen of it? {code}").format(code=code),
        [
            Option(Tick.SEEN, words.tick(Tick.SEEN), "1"),
            Option(Tick.PARTLY, words.tick(Tick.PARTLY), "2"),
            Option(Tick.NOT_SEEN, words.tick(Tick.NOT_SEEN), "3"),
        ],
        details=clean(row.text),
    )
    if result is None:
        return
    outcome = await _outcome_settled(stage, row, result)
    if outcome is None:
        return
    await stage.ask(
        TickExpectation(
            expectation=row.expectation, stimulus=row.occurrence, result=result, outcome=outcome
        ),
        _("{result} (u: undo): {what}").format(
            result=words.tick(result).capitalize(), what=row.text
        ),
    )


def _tickable(stage: Stage) -> list[ExpectationRow]:
    """Those of the selected row first, then the late ones, then by deadline."""
    board = stage.desk.board
    rows = [*board.expectations.overdue, *board.expectations.open]
    selected = stage.screen.selected_row()
    chosen = getattr(selected, "occurrence", "")
    return sorted(rows, key=lambda row: row.occurrence != chosen)


def _expected(stage: Stage, row: ExpectationRow) -> str:
    desk = stage.desk
    where = desk.names.short_cell(row.cell) if row.cell else ""
    left = ""
    if row.deadline_ms is not None:
        left_ms = row.deadline_ms - desk.sim_ms()
        late = _("! late {time}").format(time=format_duration(-left_ms))
        left = late if left_ms < 0 else format_duration(left_ms)
    parts = (left, desk.names.code(row.occurrence), where, row.text)
    return " ".join(part for part in parts if part)


async def _outcome_settled(stage: Stage, row: ExpectationRow, result: Tick) -> str | None:
    """The outcome, "" if it settles nothing, None if the director left."""
    planned = stage.desk.plan.expectations.get(row.expectation)
    settles = planned[1].settles if planned else ""
    if not settles or result is Tick.NOT_SEEN or settles in stage.desk.board.world.decisions:
        return ""
    return await outcome_of(stage, settles)


async def milestone(stage: Stage) -> None:
    desk = stage.desk
    left = [item for item in desk.plan.milestones if item not in desk.board.world.milestones]
    if not left:
        raise NotDone(_("Every milestone is reached."))
    chosen = await stage.pick(
        _("Which milestone is reached?"),
        [Option(item, desk.names.milestone(item)) for item in left],
    )
    if chosen is not None:
        done = _("Milestone (u: undo): {name}").format(name=desk.names.milestone(chosen))
        await stage.ask(ReachMilestone(milestone=chosen), done)


async def situation(stage: Stage) -> None:
    desk = stage.desk
    left = [item for item in desk.plan.keys if item not in desk.board.world.keys]
    if not left:
        raise NotDone(_("The author foresaw no situation to declare, or all were declared."))
    chosen = await stage.pick(
        _("Which situation?"), [Option(item, desk.names.key(item)) for item in left]
    )
    if chosen is not None:
        done = _("Situation (u: undo): {name}").format(name=desk.names.key(chosen))
        await stage.ask(PressKey(key=chosen), done)


async def asset(stage: Stage) -> None:
    """What is up is cut, what is down is restored."""
    desk = stage.desk
    world = desk.board.world
    options = [
        Option(item, f"{'✗' if world.is_down(item) else '✓'} {desk.names.asset(item)}")
        for item in desk.plan.assets
    ]
    if not options:
        raise NotDone(_("This scenario has no asset."))
    chosen = await stage.pick(
        _("Network and systems"), options, details=_("✓ is cut, ✗ is restored.")
    )
    if chosen is None:
        return
    down = not world.is_down(chosen)
    await stage.ask(SetAsset(asset=chosen, down=down))
    stage.tell(_set_said(stage, chosen, down))


def _set_said(stage: Stage, asset_id: str, down: bool) -> str:
    """What came of it: an asset set up stays down while something that it needs is."""
    name = stage.desk.names.asset(asset_id)
    if down:
        return _("Down (u: undo): {name}").format(name=name)
    if stage.desk.board.world.is_down(asset_id):
        return _("{name} is set up, but something it needs is still down.").format(name=name)
    return _("Up (u: undo): {name}").format(name=name)
