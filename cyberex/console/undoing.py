"""What was asked, the latest first, and what of it can still be undone."""

from collections.abc import Iterable

from cyberex.facts import animation_commands as around
from cyberex.facts import commands as ask
from cyberex.facts.model import Recorded, Request
from cyberex.facts.world_events import AssetDown, AssetUp, DecisionSettled

NOT_HUMAN = ("driver", "headless")
ROOMS = ("portal", "mail", "observer")
"""Origins of what players and observers did: theirs, and so frequent that it would come before
anything of the direction's own."""
UNDOABLE = (
    ask.FireStimulus, ask.HoldStimulus, ask.ReleaseStimulus, ask.SkipStimulus, ask.ShiftStimulus,
    ask.EditStimulus, ask.InjectReserve, ask.ComposeStimulus, ask.StartCall, ask.EndCall,
    ask.ChooseChannel, ask.TickExpectation, ask.ReachMilestone, ask.SettleDecision, ask.PressKey,
    ask.SetAsset, ask.AddNote, ask.LogContact, ask.AddDebriefNote, ask.Extend, around.AssignVoice,
    around.MarkAbsent, around.CatchUp, around.PlanBreak, around.TickItem, around.RecordStimulus,
)  # fmt: skip
"""What is worth proposing; the engine has the last word."""


class Undoing:
    """Fed with every transaction."""

    def __init__(self) -> None:
        self._requests: dict[str, Request] = {}
        self._withdrawn: set[str] = set()
        self._assets: set[str] = set()
        self._settled: dict[str, str] = {}

    def take(self, transaction: Iterable[Recorded]) -> None:
        for recorded in transaction:
            if isinstance(recorded.event, AssetDown | AssetUp):
                self._assets.add(recorded.cause)
            elif isinstance(recorded.event, DecisionSettled):
                self._settled[recorded.event.decision] = recorded.cause
            request = recorded.request
            if request is None or request.origin in NOT_HUMAN:
                continue
            if isinstance(request.command, ask.Undo):
                self._withdrawn.add(request.command.undoes)
            elif isinstance(request.command, UNDOABLE):
                self._requests[request.id] = request

    def undoable(self) -> list[Request]:
        """What the animation did that is not undone yet, the latest first."""
        kept = [
            item
            for key, item in self._requests.items()
            if key not in self._withdrawn and item.origin not in ROOMS
        ]
        return kept[::-1]

    def request_that_settled(self, decision: str) -> Request | None:
        """What settled it last, unless it can no longer be undone."""
        found = self._settled.get(decision, "")
        return None if found in self._withdrawn else self._requests.get(found)

    def refused(self, request_id: str) -> None:
        """The engine says that this cannot be undone any more: propose it no longer."""
        self._requests.pop(request_id, None)

    def changed_assets(self, request_id: str) -> bool:
        return request_id in self._assets
