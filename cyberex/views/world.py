"""What is true in the fiction? Assets and channels, milestones, decisions, keys."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from cyberex.facts.model import Recorded
from cyberex.facts.world_events import (
    AssetDown,
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
from cyberex.plan.model import Plan
from cyberex.views.fold import Fold


@dataclass(frozen=True, slots=True)
class Reached:
    """`observed_ms` is when somebody saw it, `recorded_ms` when it began to count."""

    observed_ms: int
    recorded_ms: int


@dataclass(frozen=True, slots=True)
class Settled:
    outcome: str
    sim_ms: int


class World(Fold):
    """Mappings go from an id to when it became so; what was withdrawn is gone from them."""

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self._plan = plan
        at_start = plan.dependencies.down(plan.assets_down_at_start)
        self._assets_down = {item: 0 for item in plan.assets if item in at_start}
        self._channels_down = {item: 0 for item in plan.channels if CHANNEL + item in at_start}
        self._milestones: dict[str, Reached] = {}
        self._decisions: dict[str, Settled] = {}
        self._keys: dict[str, int] = {}
        self.on(AssetDown, self._asset_down)
        self.on(AssetUp, self._asset_up)
        self.on(ChannelDown, self._channel_down)
        self.on(ChannelUp, self._channel_up)
        self.on(MilestoneReached, self._reached)
        self.on(MilestoneWithdrawn, self._not_reached)
        self.on(DecisionSettled, self._settled)
        self.on(DecisionWithdrawn, self._unsettled)
        self.on(KeyPressed, self._pressed)
        self.on(KeyReleased, self._released)

    @property
    def assets_down(self) -> Mapping[str, int]:
        """Asset -> since when (exercise ms, 0 for those down from the start)."""
        return MappingProxyType(self._assets_down)

    @property
    def channels_down(self) -> Mapping[str, int]:
        return MappingProxyType(self._channels_down)

    @property
    def milestones(self) -> Mapping[str, Reached]:
        return MappingProxyType(self._milestones)

    @property
    def decisions(self) -> Mapping[str, Settled]:
        return MappingProxyType(self._decisions)

    @property
    def keys(self) -> Mapping[str, int]:
        """Keys pressed, and when."""
        return MappingProxyType(self._keys)

    def is_down(self, asset: str) -> bool:
        return asset in self._assets_down

    def live_channels(self) -> tuple[str, ...]:
        """Channels by which something can still leave, in the author's order."""
        return tuple(item for item in self._plan.channels if item not in self._channels_down)

    def _asset_down(self, _: Recorded, event: AssetDown) -> None:
        self._assets_down.setdefault(event.asset, self.now_ms)

    def _asset_up(self, _: Recorded, event: AssetUp) -> None:
        self._assets_down.pop(event.asset, None)

    def _channel_down(self, _: Recorded, event: ChannelDown) -> None:
        self._channels_down.setdefault(event.channel, self.now_ms)

    def _channel_up(self, _: Recorded, event: ChannelUp) -> None:
        self._channels_down.pop(event.channel, None)

    def _reached(self, _: Recorded, event: MilestoneReached) -> None:
        self._milestones[event.milestone] = Reached(event.observed_ms, self.now_ms)

    def _not_reached(self, _: Recorded, event: MilestoneWithdrawn) -> None:
        self._milestones.pop(event.milestone, None)

    def _settled(self, _: Recorded, event: DecisionSettled) -> None:
        self._decisions[event.decision] = Settled(event.outcome, self.now_ms)

    def _unsettled(self, _: Recorded, event: DecisionWithdrawn) -> None:
        self._decisions.pop(event.decision, None)

    def _pressed(self, _: Recorded, event: KeyPressed) -> None:
        self._keys[event.key] = self.now_ms

    def _released(self, _: Recorded, event: KeyReleased) -> None:
        self._keys.pop(event.key, None)
