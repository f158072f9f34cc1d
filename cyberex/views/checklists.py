"""Is everything ready, and is everything back? Check-lists of the briefing and of FINEX.

An item is a code (`phone/crisis/out`) and a kind; the sentence is the screen's.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from cyberex.facts.animation_events import ItemTicked
from cyberex.facts.model import Recorded
from cyberex.facts.people import Person
from cyberex.plan.model import Plan
from cyberex.views.chronogram import Chronogram
from cyberex.views.fold import Fold
from cyberex.views.rows import REACHED


class ItemKind(StrEnum):
    """What an item is about; `subject` of the item names the thing."""

    PRESENT = "present"  # the person has signed
    ROLE_PRESENT = "role_present"  # the role has its player, where no directory names people
    RULES = "rules"  # the rules of the game were read out
    CODE_WORD = "code_word"  # the words of the real stop were said
    CONTACT_TEST = "contact_test"  # who was reached by mail or on the portal was looked at
    PHONE_OUT = "phone_out"  # the animation rang the cell
    PHONE_IN = "phone_in"  # the cell rang the animation
    GO = "go"  # the cell is ready to play
    TOLD = "told"  # the cell knows that it is over
    TOLD_REMOTE = "told_remote"  # so does whoever is elsewhere
    HANDOUT = "handout"  # what was handed over is collected; subject: the stimulus
    DEVICES = "devices"  # what was unplugged is plugged again
    SWITCHBOARD = "switchboard"  # the switchboard is back to normal
    MESSAGES = "messages"  # scheduled messages are stopped


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    code: str
    kind: ItemKind
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Ticked:
    sim_ms: int
    wall_at: str


class Checklists(Fold):
    def __init__(self, _: Plan) -> None:
        super().__init__()
        self._ticked: dict[str, Ticked] = {}
        self.on(ItemTicked, self._tick)

    @property
    def ticked(self) -> Mapping[str, Ticked]:
        """Code of every item done and when."""
        return MappingProxyType(self._ticked)

    def is_done(self, code: str) -> bool:
        return code in self._ticked

    def under(self, prefix: str) -> Mapping[str, Ticked]:
        """Items done of the list `prefix` (`present`, `phone/crisis`), by what follows it."""
        start = f"{prefix}/"
        return {
            code.removeprefix(start): ticked
            for code, ticked in self._ticked.items()
            if code.startswith(start)
        }

    def left(self, items: Iterable[ChecklistItem]) -> tuple[ChecklistItem, ...]:
        """Those of `items` that are not done."""
        return tuple(item for item in items if item.code not in self._ticked)

    def _tick(self, recorded: Recorded, event: ItemTicked) -> None:
        if event.done:
            self._ticked[event.item] = Ticked(self.now_ms, recorded.wall_at)
        else:
            self._ticked.pop(event.item, None)


def briefing_items(
    plan: Plan, people: Iterable[Person], *, contact_test: bool = False
) -> tuple[ChecklistItem, ...]:
    """In the order in which they are done; without a directory, attendance is by role.
    `contact_test`: something reaches players by itself."""
    present = [
        ChecklistItem(f"present/{person.id}", ItemKind.PRESENT, person.id) for person in people
    ] or [ChecklistItem(f"present/{role}", ItemKind.ROLE_PRESENT, role) for role in plan.roles]
    phones = [
        item
        for cell in plan.cells
        for item in (
            ChecklistItem(f"phone/{cell}/out", ItemKind.PHONE_OUT, cell),
            ChecklistItem(f"phone/{cell}/in", ItemKind.PHONE_IN, cell),
        )
    ]
    return (
        *present,
        ChecklistItem("rules", ItemKind.RULES),
        ChecklistItem("code-word", ItemKind.CODE_WORD),
        *((ChecklistItem("contact-test", ItemKind.CONTACT_TEST),) if contact_test else ()),
        *phones,
        *(ChecklistItem(f"go/{cell}", ItemKind.GO, cell) for cell in plan.cells),
    )


def finex_items(
    plan: Plan,
    people: Iterable[Person] = (),
    chronogram: Chronogram | None = None,
    sim_ms: int = 0,
) -> tuple[ChecklistItem, ...]:
    """Who is told, what is collected and put back.

    Handouts: those that reached a cell by `sim_ms`; every one of the plan without `chronogram`.
    """
    remote = [person.id for person in people if person.where == "remote"]
    return (
        *(ChecklistItem(f"finex/told/{cell}", ItemKind.TOLD, cell) for cell in plan.cells),
        *(ChecklistItem(f"finex/remote/{id}", ItemKind.TOLD_REMOTE, id) for id in remote),
        *(
            ChecklistItem(f"finex/handout/{id}", ItemKind.HANDOUT, id)
            for id in _handouts(plan, chronogram, sim_ms)
        ),
        ChecklistItem("finex/devices", ItemKind.DEVICES),
        ChecklistItem("finex/switchboard", ItemKind.SWITCHBOARD),
        ChecklistItem("finex/messages", ItemKind.MESSAGES),
    )


def _handouts(plan: Plan, chronogram: Chronogram | None, sim_ms: int) -> tuple[str, ...]:
    """Stimuli that hand something over, each once, in the author's order."""
    numbered = [item.id for item in plan.stimuli.values() if item.handout]
    if chronogram is None:
        return tuple(numbered)
    reached = {
        row.stimulus
        for row in chronogram.occurrences(sim_ms)
        if any(leg.status in REACHED for leg in row.legs)
    }
    return tuple(id for id in numbered if id in reached)
