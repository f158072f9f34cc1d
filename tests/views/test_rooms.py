"""Who may come in, who was reached, what the players write in their own log."""

from typing import Any

from cyberex.facts.delivery_events import (
    AccessGranted,
    AccessRevoked,
    CellLineWritten,
    ContactTestFailed,
    ContactTestReceived,
    ContactTestSent,
    ContactTestStarted,
)
from cyberex.facts.exercise_events import ExerciseClosed, FinexGiven
from cyberex.facts.model import AccessKind, CellLineKind, TestWay, TextRef
from cyberex.views.board import Board
from cyberex.views.contact_test import TestState
from tests.views.builders import MIN, Tape, plan_of, stimulus

PLAN = plan_of(stimulus("s01", 0, 2))


def board_of(tape: Tape) -> Board:
    return Board(PLAN).apply_all(tape.records)


def granted(grant: str, kind: AccessKind = AccessKind.PLAYER, cell: str = "tech") -> AccessGranted:
    return AccessGranted(grant=grant, digest=f"digest of {grant}", kind=kind, cell=cell)


def test_a_grant_lets_in_the_bearer_of_its_token_and_nobody_else() -> None:
    access = board_of(Tape().at(1, granted("g1"), granted("g2", AccessKind.WALL, ""))).access
    assert [item.grant for item in access.grants] == ["g1", "g2"]
    found = access.find("digest of g1")
    assert found is not None
    assert (found.kind, found.cell) == (AccessKind.PLAYER, "tech")
    for wrong in ("", "g1", "digest of g3"):
        assert access.find(wrong) is None


def test_a_revoked_grant_lets_nobody_in_and_the_others_still_do() -> None:
    tape = Tape().at(1, granted("g1"), granted("g2")).at(2, AccessRevoked(grant="g1"))
    access = board_of(tape).access
    assert access.find("digest of g1") is None
    assert access.find("digest of g2") is not None


def test_revoking_all_ends_those_given_so_far_only() -> None:
    tape = Tape().at(1, granted("g1"), granted("g2")).at(2, AccessRevoked()).at(3, granted("g3"))
    assert [item.grant for item in board_of(tape).access.grants] == ["g3"]


def test_access_outlives_finex_and_ends_with_the_exercise() -> None:
    tape = Tape().at(1, granted("g1")).at(60, FinexGiven())
    assert board_of(tape).access.find("digest of g1") is not None
    access = board_of(tape.at(61, ExerciseClosed(), granted("g2"))).access
    assert (access.grants, access.find("digest of g1"), access.find("digest of g2")) == (
        (), None, None,
    )  # fmt: skip


def test_the_contact_test_knows_who_has_not_answered() -> None:
    mail: dict[str, Any] = {"person": "p1", "way": TestWay.MAIL}
    tape = Tape().at(-9, ContactTestStarted(people=("p1", "p2")))
    tape.at(-8, ContactTestSent(**mail), ContactTestSent(person="p2", way=TestWay.MAIL))
    tape.at(-8, ContactTestFailed(person="p2", way=TestWay.ATTACHMENT, code="connect"))
    test = board_of(tape).contact_test
    assert (test.people, test.missing) == (("p1", "p2"), ("p1", "p2"))
    failed = test.row("p2", TestWay.ATTACHMENT)
    assert failed is not None
    assert (failed.state, failed.code) == (TestState.FAILED, "connect")
    assert test.row("p1", TestWay.PHONE) is None
    tape.at(-7, ContactTestReceived(**mail))
    assert board_of(tape).contact_test.missing == ("p2",)


def test_a_contact_test_made_again_forgets_failures_and_keeps_what_was_received() -> None:
    tape = Tape().at(-9, ContactTestStarted(people=("p1", "p2")))
    tape.at(-8, ContactTestReceived(person="p1", way=TestWay.MAIL))
    tape.at(-8, ContactTestFailed(person="p2", way=TestWay.MAIL, code="x"))
    tape.at(-7, ContactTestStarted(people=("p1", "p2")))
    tape.at(-6, ContactTestSent(person="p1", way=TestWay.MAIL))
    test = board_of(tape).contact_test
    assert [(row.person, row.state) for row in test.rows] == [("p1", TestState.RECEIVED)]
    assert test.missing == ("p2",)


def test_a_cell_reads_its_own_log_and_its_last_report() -> None:
    def line(id: str, cell: str, kind: CellLineKind) -> CellLineWritten:
        return CellLineWritten(line=id, cell=cell, kind=kind, text=TextRef(f"text of {id}"))

    tape = Tape().by(2, "l1", line("l1", "tech", CellLineKind.SITUATION))
    tape.by(3, "l2", line("l2", "board", CellLineKind.FACT))
    tape.by(4, "l3", line("l3", "tech", CellLineKind.ACTION))
    tape.by(5, "l4", line("l4", "tech", CellLineKind.SITUATION))
    logs = board_of(tape).cell_logs
    assert [item.line for item in logs.lines("tech")] == ["l1", "l3", "l4"]
    assert [item.line for item in logs.lines("tech", CellLineKind.ACTION)] == ["l3"]
    report = logs.situation("tech")
    assert report is not None
    assert (report.text, report.sim_ms, report.by) == ("text of l4", 5 * MIN, "director")
    assert logs.situation("board") is None
