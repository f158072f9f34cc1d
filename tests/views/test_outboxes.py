"""What leaves without an animator: open outboxes, and how far each message is."""

from typing import Any

from cyberex.facts.delivery_events import (
    DeliveryAttempted,
    DeliveryFailed,
    DeliveryResent,
    DeliverySucceeded,
    DeliveryUncertain,
    MailConfirmed,
    OutboxClosed,
    OutboxOpened,
    StimulusLeaving,
)
from cyberex.facts.exercise_events import FinexGiven
from cyberex.facts.model import Event, Outbox, SkipReason, TextRef
from cyberex.facts.stimulus_events import (
    StimulusDelivered,
    StimulusDue,
    StimulusEdited,
    StimulusExpired,
    StimulusSkipped,
    StimulusToPerform,
)
from cyberex.views.board import Board
from cyberex.views.outboxes import Delivery, DeliveryState, Outboxes
from cyberex.views.rows import LegRow, Status
from cyberex.views.work import Backlog
from tests.views.builders import CELLS, MIN, Tape, plan_of, stimulus

PLAN = plan_of(
    stimulus("s01", 0, 2, via="mail"),
    stimulus("s02", 1, 20, via="mail", cells=CELLS, sender="press"),
    stimulus("s03", 2, 20, sender="press"),
)
NAMES: dict[str, Any] = {"stimulus": "s01", "occurrence": "s01#1"}
S01: dict[str, Any] = {**NAMES, "cell": "tech"}
LEAVING = StimulusLeaving(**S01, roles=("cio",), channel="mail", outbox=Outbox.MAIL)
ATTEMPT = DeliveryAttempted(**S01, attempt=1, message="<m1>")
TO_PERFORM = StimulusToPerform(**S01, roles=(), channel="phone")


def opened(outbox: Outbox, cell: str, *kinds: str, role: str = "") -> OutboxOpened:
    return OutboxOpened(outbox=outbox, cell=cell, kinds=kinds or ("email",), role=role)


def board_of(tape: Tape) -> Board:
    return Board(PLAN).apply_all(tape.records)


def outboxes_of(tape: Tape) -> Outboxes:
    return board_of(tape).outboxes


def delivery_of(tape: Tape) -> Delivery:
    (found,) = outboxes_of(tape).deliveries
    return found


def test_a_mail_waits_is_tried_and_is_sent_to_those_whose_address_was_taken() -> None:
    tape = Tape().at(2, LEAVING)
    assert delivery_of(tape).state is DeliveryState.WAITING
    assert outboxes_of(tape).to_attempt == (delivery_of(tape),)
    tape.by(3, "r1", ATTEMPT)
    assert delivery_of(tape).state is DeliveryState.UNDER_WAY
    assert outboxes_of(tape).to_attempt == ()
    sent = DeliverySucceeded(**S01, attempt=1, refused=("p2",))
    tape.by(4, "r2", sent, StimulusDelivered(**S01, channel="mail"))
    item = delivery_of(tape)
    assert (item.state, item.refused, item.attempt, item.message) == (
        DeliveryState.SENT, ("p2",), 1, "<m1>",
    )  # fmt: skip
    assert outboxes_of(tape).leaving == ()


def test_a_failure_is_tried_again_by_itself_or_waits_for_the_director() -> None:
    tape = Tape().at(2, LEAVING).by(3, "r1", ATTEMPT)
    tape.by(3.5, "r2", DeliveryFailed(**S01, attempt=1, code="timeout", again=True))
    again = delivery_of(tape)
    assert (again.state, again.code, again.to_attempt) == (DeliveryState.FAILED, "timeout", True)
    assert outboxes_of(tape).for_director == ()
    tape.by(4, "r3", DeliveryAttempted(**S01, attempt=2, message="<m1>"))
    tape.by(5, "r4", DeliveryFailed(**S01, attempt=2, code="no-address", again=False))
    assert outboxes_of(tape).to_attempt == ()
    assert [item.code for item in outboxes_of(tape).for_director] == ["no-address"]


def test_a_doubt_is_never_sent_again_by_itself_but_by_the_director() -> None:
    tape = Tape().at(2, LEAVING).by(3, "r1", ATTEMPT)
    tape.by(4, "r2", DeliveryUncertain(**S01, attempt=1))
    assert outboxes_of(tape).to_attempt == ()
    assert [item.state for item in outboxes_of(tape).for_director] == [DeliveryState.UNCERTAIN]
    tape.by(5, "r3", DeliveryResent(**S01), LEAVING)
    item = delivery_of(tape)
    assert (item.state, item.attempt, item.since_ms) == (DeliveryState.WAITING, 1, 5 * MIN)


def test_a_delivery_carries_what_was_written_when_it_left() -> None:
    tape = Tape().at(1, StimulusEdited(**NAMES, text=TextRef("before")))
    tape.at(2, LEAVING).at(3, StimulusEdited(**NAMES, text=TextRef("after")))
    item = delivery_of(tape)
    assert (item.sender, item.title, item.text, item.roles) == ("soc", "", "before", ("cio",))


def test_what_is_handed_to_an_animator_or_skipped_is_no_delivery_any_more() -> None:
    skipped = StimulusSkipped(**NAMES, reason=SkipReason.DIRECTOR)
    for over in (TO_PERFORM, skipped):
        assert outboxes_of(Tape().at(2, LEAVING).at(3, over)).deliveries == ()


def test_after_finex_nothing_is_tried_nor_asked_but_what_was_under_way_is_told() -> None:
    tape = Tape().at(2, LEAVING)
    expired = StimulusExpired(**NAMES)
    assert outboxes_of(Tape().at(2, LEAVING).at(60, expired, FinexGiven())).deliveries == ()
    tape.by(3, "r1", ATTEMPT).at(60, expired, FinexGiven())
    assert delivery_of(tape).state is DeliveryState.UNDER_WAY
    tape.by(61, "r2", DeliveryFailed(**S01, attempt=1, code="timeout", again=True))
    assert (outboxes_of(tape).to_attempt, outboxes_of(tape).for_director) == ((), ())
    assert delivery_of(tape).code == "timeout"


def test_an_outbox_is_open_until_it_is_closed_there_or_everywhere() -> None:
    tape = Tape().at(1, MailConfirmed(), opened(Outbox.MAIL, "tech"), opened(Outbox.MAIL, "board"))
    tape.at(1, opened(Outbox.PORTAL, "tech"), opened(Outbox.PORTAL, "tech", role="cio"))
    outboxes = outboxes_of(tape)
    assert outboxes.mail_confirmed
    assert len(outboxes.open_for("tech")) == 3
    tape.at(2, OutboxClosed(outbox=Outbox.MAIL, cell="tech"))
    assert not outboxes_of(tape).is_open(Outbox.MAIL, "tech")
    assert outboxes_of(tape).is_open(Outbox.MAIL)
    tape.at(3, OutboxClosed(outbox=Outbox.MAIL), OutboxClosed(outbox=Outbox.PORTAL))
    assert outboxes_of(tape).open == ()


def test_mail_takes_before_the_portal_and_each_only_its_kinds_cells_and_roles() -> None:
    tape = Tape().at(1, opened(Outbox.PORTAL, "tech"), opened(Outbox.PORTAL, "board", role="head"))
    outboxes = outboxes_of(tape)

    def taken(cell: str, *roles: str, via: str = "mail") -> Outbox | None:
        return outboxes.takes(LegRow(cell, roles, "", Status.PLANNED), via)

    assert taken("tech") is Outbox.PORTAL
    assert taken("tech", via="phone") is None
    assert taken("tech", via="nobody knows") is None
    assert (taken("board"), taken("board", "head"), taken("board", "other")) == (
        Outbox.PORTAL, Outbox.PORTAL, None,
    )  # fmt: skip
    outboxes = outboxes_of(tape.at(2, opened(Outbox.MAIL, "tech")))
    assert taken("tech") is Outbox.MAIL


def test_a_row_says_that_it_is_being_sent_then_that_it_was_not() -> None:
    tape = Tape().at(2, StimulusDue(**NAMES, cells=("tech",)), LEAVING)
    steps = [
        (None, Status.LEAVING),
        (ATTEMPT, Status.LEAVING),
        (DeliveryFailed(**S01, attempt=1, code="x", again=True), Status.LEAVING),
        (DeliveryFailed(**S01, attempt=2, code="x", again=False), Status.UNSENT),
        (DeliveryResent(**S01), Status.LEAVING),
        (DeliveryUncertain(**S01, attempt=3), Status.UNSENT),
        (TO_PERFORM, Status.TO_PERFORM),
    ]
    for event, status in steps:
        if event is not None:
            tape.at(3, event)
        row = board_of(tape).chronogram.occurrence("s01#1", 3 * MIN)
        assert row is not None
        assert (row.status, row.over) == (status, False)


def test_what_is_being_sent_is_no_call_sheet_and_remains_to_be_played() -> None:
    tape = Tape().at(2, TO_PERFORM, LEAVING)
    board = board_of(tape)
    assert board.calls.sheets == ()
    first = board.what_remains(2 * MIN)[0]
    assert (first.now, [leg.cell for leg in first.legs]) == (True, ["tech"])
    tape.at(3, TO_PERFORM)
    assert [sheet.since_ms for sheet in board_of(tape).calls.sheets] == [3 * MIN]


def test_what_will_leave_by_itself_is_no_call_to_make() -> None:
    def coming(tape: Tape) -> int:
        voices = board_of(tape).workload.voices(18 * MIN)
        return next(item.coming for item in voices if item.voice == "bob")

    opened_now = Tape().at(1, *(opened(Outbox.PORTAL, cell) for cell in CELLS))
    assert coming(Tape()) == 3
    assert coming(opened_now) == 1


def test_what_leaves_by_itself_takes_no_time_of_an_animator() -> None:
    def lengths(tape: Tape) -> dict[str, int]:
        board = board_of(tape)
        backlog = Backlog(
            PLAN, board.calls, board.casting, board.lengths, board.outboxes, 2 * MIN, 60 * MIN
        )
        return {item.stimulus: item.length_ms // MIN for item in backlog.works(board.chronogram)}

    due = StimulusDue(**NAMES, cells=("tech",))
    assert lengths(Tape().at(2, due, TO_PERFORM)) == {"s01": 3, "s02": 2, "s03": 3}
    tape = Tape().at(1, opened(Outbox.PORTAL, "tech")).at(2, due, LEAVING)
    assert lengths(tape) == {"s01": 0, "s02": 1, "s03": 3}


def test_what_is_being_sent_is_not_dropped_to_catch_up() -> None:
    due = StimulusDue(**NAMES, cells=("tech",))

    def dropped(event: Event) -> tuple[str, ...]:
        return board_of(Tape().at(2, due, event)).catch_up(40 * MIN, 40 * MIN).drop

    assert "s01#1" in dropped(TO_PERFORM)
    assert "s01#1" not in dropped(LEAVING)
