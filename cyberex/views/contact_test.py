"""Who was reached before the exercise, by what way, and who has not answered?"""

from dataclasses import dataclass, replace
from enum import StrEnum

from cyberex.facts.delivery_events import (
    ContactTestFailed,
    ContactTestReceived,
    ContactTestSent,
    ContactTestStarted,
)
from cyberex.facts.model import Recorded, TestWay
from cyberex.plan.model import Plan
from cyberex.views.fold import Fold


class TestState(StrEnum):
    __test__ = False  # its name must not make pytest collect it

    SENT = "sent"
    FAILED = "failed"
    RECEIVED = "received"


@dataclass(frozen=True, slots=True)
class TestRow:
    """One person by one way. `code` tells a failure; `wall_at` is when its state came."""

    __test__ = False

    person: str
    way: TestWay
    state: TestState
    wall_at: str
    code: str = ""


class ContactTest(Fold):
    """Started again, what was received stays received."""

    def __init__(self, _: Plan) -> None:
        super().__init__()
        self.started_wall = ""
        self._people: dict[str, None] = {}
        self._rows: dict[tuple[str, TestWay], TestRow] = {}
        self.on(ContactTestStarted, self._started)
        self.on(ContactTestSent, self._sent)
        self.on(ContactTestFailed, self._failed)
        self.on(ContactTestReceived, self._received)

    # What can be asked

    @property
    def people(self) -> tuple[str, ...]:
        """Whom it is for, in the order in which they were named."""
        return tuple(self._people)

    @property
    def rows(self) -> tuple[TestRow, ...]:
        """What is known of each person and way."""
        return tuple(self._rows.values())

    def row(self, person: str, way: TestWay) -> TestRow | None:
        """None: nothing was sent by this way yet."""
        return self._rows.get((person, way))

    def is_reached(self, person: str) -> bool:
        """They acknowledged one message at least."""
        return any(
            row.person == person and row.state is TestState.RECEIVED for row in self._rows.values()
        )

    @property
    def missing(self) -> tuple[str, ...]:
        """Those who acknowledged nothing."""
        return tuple(person for person in self._people if not self.is_reached(person))

    # What happened

    def _started(self, recorded: Recorded, event: ContactTestStarted) -> None:
        self.started_wall = recorded.wall_at
        for person in event.people:
            self._people.setdefault(person)
            for way in TestWay:
                known = self._rows.get((person, way))
                if known is not None and known.state is not TestState.RECEIVED:
                    del self._rows[person, way]

    def _sent(self, recorded: Recorded, event: ContactTestSent) -> None:
        self._put(TestRow(event.person, event.way, TestState.SENT, recorded.wall_at))

    def _failed(self, recorded: Recorded, event: ContactTestFailed) -> None:
        row = TestRow(event.person, event.way, TestState.FAILED, recorded.wall_at)
        self._put(replace(row, code=event.code))

    def _received(self, recorded: Recorded, event: ContactTestReceived) -> None:
        self._put(TestRow(event.person, event.way, TestState.RECEIVED, recorded.wall_at))

    def _put(self, row: TestRow) -> None:
        self._people.setdefault(row.person)
        known = self._rows.get((row.person, row.way))
        if known is None or known.state is not TestState.RECEIVED:
            self._rows[row.person, row.way] = row
