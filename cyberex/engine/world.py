"""What becomes true in the fiction: assets and channels, milestones, decisions, keys."""

from collections.abc import Iterable

from cyberex.engine.game import Game
from cyberex.engine.state import Refused
from cyberex.facts.model import Event
from cyberex.facts.world_events import (
    AssetDown,
    AssetSet,
    AssetUp,
    ChannelDown,
    ChannelUp,
    DecisionSettled,
    DecisionWithdrawn,
    KeyPressed,
    KeyReleased,
    MilestoneReached,
    MilestoneWithdrawn,
)
from cyberex.plan.graph import CHANNEL
from cyberex.plan.model import Fact, FactKind

Effects = Iterable[tuple[str, bool]]
"""Assets and whether they go down."""


def apply_effects(game: Game, effects: Effects) -> None:
    """Set assets down or up and let it travel. Undone only if the director confirms."""
    before = {asset: asset in game.world.set_down for asset, _ in effects}
    changed = [(asset, down) for asset, down in effects if before[asset] != down]
    if not changed:
        return
    _set(game, changed)

    def withdraw(with_effects: bool) -> None:
        if with_effects:
            _set(game, [(asset, before[asset]) for asset, _ in changed])

    game.on_undo(withdraw)


def begin_with(game: Game, assets: Iterable[str]) -> None:
    """These are down before anything is played: nothing changes, nothing is said yet."""
    game.world.set_down.update(assets)
    game.world.down = game.plan.dependencies.down(game.world.set_down)


def say_beginning(game: Game) -> None:
    """Tell what is down from the start, as if it had just fallen."""
    for asset in game.plan.assets_down_at_start:
        game.emit(AssetSet(asset=asset, down=True))
    for node in sorted(game.world.down):
        game.emit(_fell(node))


def _set(game: Game, effects: Effects) -> None:
    world = game.world
    for asset, down in effects:
        (world.set_down.add if down else world.set_down.discard)(asset)
        game.emit(AssetSet(asset=asset, down=down))
    was = world.down
    world.down = game.plan.dependencies.down(world.set_down)
    fallen, risen = sorted(world.down - was), sorted(was - world.down)
    for event in (*map(_fell, fallen), *map(_rose, risen)):
        game.emit(event)
    for node in (*fallen, *risen):
        game.changed(Fact(FactKind.ASSET, node, "down"), Fact(FactKind.ASSET, node, "up"))


def _fell(node: str) -> Event:
    if node.startswith(CHANNEL):
        return ChannelDown(channel=node.removeprefix(CHANNEL))
    return AssetDown(asset=node)


def _rose(node: str) -> Event:
    if node.startswith(CHANNEL):
        return ChannelUp(channel=node.removeprefix(CHANNEL))
    return AssetUp(asset=node)


def reach_milestone(game: Game, milestone: str, observed_ms: int) -> bool:
    """Reach it, if it is not yet; its effects count from now, whenever it was observed."""
    if milestone in game.world.milestones:
        return False
    game.world.milestones.add(milestone)
    game.emit(MilestoneReached(milestone=milestone, observed_ms=observed_ms))

    def withdraw(_: bool) -> None:
        game.world.milestones.discard(milestone)
        game.emit(MilestoneWithdrawn(milestone=milestone))
        game.changed(Fact(FactKind.MILESTONE, milestone))

    game.on_undo(withdraw)
    apply_effects(game, game.plan.milestones[milestone].effects)
    game.changed(Fact(FactKind.MILESTONE, milestone))
    return True


def settle(game: Game, decision: str, outcome: str) -> None:
    """Give a decision its one outcome and that outcome's effects. What it plays is the caller's."""
    settled = game.world.settled.get(decision)
    if settled is not None:
        raise Refused("already-settled", {"decision": decision, "outcome": settled})
    game.world.settled[decision] = outcome
    game.emit(DecisionSettled(decision=decision, outcome=outcome))

    def withdraw(_: bool) -> None:
        del game.world.settled[decision]
        game.emit(DecisionWithdrawn(decision=decision))
        game.changed(Fact(FactKind.OUTCOME, decision, outcome))

    game.on_undo(withdraw)
    apply_effects(game, game.plan.decisions[decision].outcomes[outcome].effects)
    game.changed(Fact(FactKind.OUTCOME, decision, outcome))


def press_key(game: Game, key: str) -> None:
    if key in game.world.keys:
        raise Refused("key-already-pressed", {"key": key})
    game.world.keys.add(key)
    game.emit(KeyPressed(key=key))

    def withdraw(_: bool) -> None:
        game.world.keys.discard(key)
        game.emit(KeyReleased(key=key))
        game.changed(Fact(FactKind.KEY, key))

    game.on_undo(withdraw)
    game.changed(Fact(FactKind.KEY, key))
