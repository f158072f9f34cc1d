"""Around the game: contacts, casting, absences, states, breaks, check-lists."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from cyberex.facts.animation_commands import DetailContact
from cyberex.facts.animation_events import (
    BreakCame,
    BreakPlanned,
    BreakWithdrawn,
    ContactDetailed,
    ContactHanded,
    ContactPromised,
    ContactRefused,
    ItemTicked,
    PromiseDue,
    RoleAbsent,
    RoleBack,
    StateReported,
    VoiceAssigned,
)
from cyberex.facts.exercise_events import (
    CommandUndone,
    DebexGiven,
    ExerciseAdvanced,
    ExerciseResumed,
    GapAnswered,
    JumpMade,
)
from cyberex.facts.model import CellState, GapAnswer, SkipReason, TextRef
from cyberex.facts.people import Person
from cyberex.facts.stimulus_events import (
    CallStarted,
    StimulusDelivered,
    StimulusSkipped,
    StimulusToPerform,
)
from cyberex.facts.world_events import ContactLogged, MilestoneReached, ReplyPlanned
from cyberex.plan.model import Importance, Reply
from cyberex.views.board import Board
from cyberex.views.checklists import ItemKind, briefing_items, finex_items
from cyberex.views.lengths import CALL_MS, MESSAGE_MS
from cyberex.views.load import SILENCE_MS
from cyberex.views.presence import stand_ins
from tests.views.builders import CELLS, MIN, STARTEX, WALL, Tape, plan_of, stimulus

PLAN = plan_of(
    stimulus("s01", 0, 2, cells=CELLS),
    stimulus("s02", 1, 20, importance=Importance.ESSENTIAL, sender="press"),
    replace(stimulus("s03", 2, 21), handout="D-1"),
)
DEBEX = DebexGiven(startex=STARTEX.isoformat())


def board_of(tape: Tape) -> Board:
    return Board(PLAN).apply_all(tape.records)


def logged(actor: str = "soc", cell: str = "") -> ContactLogged:
    return ContactLogged(
        contact="c1", actor=actor, cell=cell, channel="", text=TextRef(""), refused=False
    )


def give(id: str, cell: str = "tech", roles: tuple[str, ...] = ()) -> StimulusToPerform:
    return StimulusToPerform(
        stimulus=id, occurrence=f"{id}#1", cell=cell, roles=roles, channel="phone"
    )


def names(id: str, cell: str = "tech") -> dict[str, Any]:
    return {"stimulus": id, "occurrence": f"{id}#1", "cell": cell}


# Calls in


def test_what_is_learnt_of_a_call_adds_up() -> None:
    detail = ContactDetailed(contact="c1", cell="tech", channel="", text=TextRef("gist"))
    tape = Tape().by(1, "c1", logged()).by(2, "r2", detail)
    tape.by(3, "r3", ContactHanded(contact="c1", voice="bob"))
    contact = board_of(tape).contacts.latest
    assert contact is not None
    assert (contact.sim_ms, contact.cell, contact.text, contact.voice) == (
        MIN, "tech", "gist", "bob",
    )  # fmt: skip


def test_a_call_says_what_it_declared_until_that_is_undone() -> None:
    declare = DetailContact(contact="c1", milestone="crisis")
    tape = Tape().by(1, "c1", logged())
    tape.by(2, "r2", MilestoneReached(milestone="crisis", observed_ms=MIN), command=declare)
    contact = board_of(tape).contacts.contact("c1")
    assert contact is not None
    assert contact.milestone == "crisis"
    contact = board_of(tape.by(3, "r3", CommandUndone(undoes="r2"))).contacts.contact("c1")
    assert contact is not None
    assert contact.milestone == ""


def test_a_promise_is_announced_then_due_for_whoever_it_was_handed_to() -> None:
    tape = Tape().by(1, "c1", logged(cell="tech"))
    tape.by(1, "r2", ContactPromised(contact="c1", actor="soc", due_ms=6 * MIN))
    tape.by(2, "r3", ContactHanded(contact="c1", voice="bob"))
    assert [task.due_ms for task in board_of(tape).ring_backs.upcoming(2 * MIN)] == [6 * MIN]
    board = board_of(tape.at(6, PromiseDue(contact="c1", actor="soc", cell="tech")))
    task = board.ring_backs.due(30 * MIN)[0]
    assert (task.voice, task.cell, task.promise, task.due_ms) == ("bob", "tech", True, 6 * MIN)


def test_a_promise_made_again_for_later_is_not_due_at_its_first_hour() -> None:
    tape = Tape().by(1, "c1", logged())
    for due in (5, 9):
        tape.by(1, f"r{due}", ContactPromised(contact="c1", actor="soc", due_ms=due * MIN))
    board = board_of(tape.at(5, PromiseDue(contact="c1", actor="soc", cell="")))
    assert board.ring_backs.due(5 * MIN) == ()


def test_an_advance_leaves_a_promise_the_time_it_had() -> None:
    tape = Tape().by(1, "c1", logged())
    tape.by(1, "r2", ContactPromised(contact="c1", actor="soc", due_ms=5 * MIN))
    tape.by(2, "r3", ExerciseAdvanced(from_ms=2 * MIN, to_ms=20 * MIN))
    assert board_of(tape).ring_backs.upcoming(20 * MIN)[0].due_ms == 23 * MIN


def test_a_promise_comes_due_while_the_machine_sleeps() -> None:
    tape = Tape().by(1, "c1", logged())
    tape.by(1, "r2", ContactPromised(contact="c1", actor="soc", due_ms=5 * MIN))
    tape.by(
        2,
        "r3",
        GapAnswered(answer=GapAnswer.PLAYED),
        PromiseDue(contact="c1", actor="soc", cell=""),
        ExerciseAdvanced(from_ms=2 * MIN, to_ms=20 * MIN),
    )
    assert board_of(tape).ring_backs.due(20 * MIN)[0].due_ms == 5 * MIN


def test_a_call_refused_afterwards_is_owed_nothing() -> None:
    tape = Tape().by(1, "c1", logged(), ReplyPlanned(contact="c1", actor="soc", due_ms=5 * MIN))
    tape.by(2, "r2", ContactRefused(contact="c1", actor="soc", channel="phone"))
    board = board_of(tape)
    assert board.ring_backs.all(2 * MIN) == ()
    assert board.contacts.all[0].refused


def test_a_reply_that_is_a_stimulus_is_nobodys_task_once_it_left() -> None:
    actors = {**PLAN.actors, "soc": replace(PLAN.actors["soc"], reply=Reply(0, 0, play="s03"))}
    board = Board(replace(PLAN, actors=actors))
    tape = Tape().by(1, "c1", logged(), ReplyPlanned(contact="c1", actor="soc", due_ms=5 * MIN))
    board.apply_all(tape.records)
    assert [task.plays for task in board.ring_backs.all(4 * MIN)] == ["s03"]
    assert board.ring_backs.all(5 * MIN) == ()


# Casting


def test_a_reassigned_actor_takes_the_calls_that_wait_along() -> None:
    tape = Tape().at(2, give("s01")).by(3, "r1", VoiceAssigned(voice="bob", actor="soc"))
    board = board_of(tape)
    assert [sheet.stimulus for sheet in board.calls.sheets_of("bob")] == ["s01"]
    assert board.casting.actors_of("bob") == ("soc", "press")
    assert board.casting.voices == ("bob",)


def test_an_occurrence_given_to_somebody_leaves_the_actor_where_it_was() -> None:
    tape = Tape().at(2, give("s01")).by(3, "r1", VoiceAssigned(voice="zoe", occurrence="s01#1"))
    board = board_of(tape)
    assert board.calls.sheets[0].voice == "zoe"
    assert board.casting.voice_of("soc") == "anna"
    back = VoiceAssigned(voice="", occurrence="s01#1")
    assert board_of(tape.by(4, "r2", back)).calls.sheets[0].voice == "anna"


def test_a_call_sheet_says_which_of_its_receivers_are_away() -> None:
    tape = Tape().at(2, give("s01", roles=("cio",))).by(3, "r1", RoleAbsent(role="cio"))
    sheet = board_of(tape).calls.sheets[0]
    assert (sheet.absent, sheet.nobody) == (("cio",), True)
    sheet = board_of(tape.by(4, "r2", RoleBack(role="cio"))).calls.sheets[0]
    assert (sheet.absent, sheet.nobody) == ((), False)


def test_the_stand_in_of_a_role_is_found_in_the_directory() -> None:
    people = (Person(id="p1", role="cio", stand_in="p2"), Person(id="p2", name="B"))
    assert [person.id for person in stand_ins(people, "cio")] == ["p2"]
    assert stand_ins(people, "head") == ()


def test_the_load_of_a_voice_counts_what_waits_what_is_owed_and_what_comes() -> None:
    tape = Tape().at(2, give("s01"), give("s01", "board")).by(3, "r1", CallStarted(**names("s01")))
    tape.by(4, "c1", logged(), ContactPromised(contact="c1", actor="soc", due_ms=5 * MIN))
    tape.at(5, PromiseDue(contact="c1", actor="soc", cell=""))
    anna, bob = board_of(tape).workload.voices(6 * MIN)
    assert (anna.voice, anna.waiting, anna.oldest_ms, anna.begun, anna.owed, anna.coming) == (
        "anna", 1, 4 * MIN, 1, 1, 1,
    )  # fmt: skip
    assert anna.busy_ms == 4 * CALL_MS
    assert (bob.voice, bob.waiting, bob.oldest_ms, bob.coming) == ("bob", 0, None, 1)


def test_the_mean_length_comes_from_calls_begun_and_done() -> None:
    tape = Tape()
    for id, begun, done in (("s01", 2, 6), ("s02", 20, 22), ("s03", 30, 30)):
        tape.by(begun, f"a{id}", CallStarted(**names(id)))
        tape.by(done, f"b{id}", StimulusDelivered(**names(id), channel="phone"))
    lengths = board_of(tape).lengths
    assert lengths.of("phone") == lengths.of("visit") == 3 * MIN
    assert (lengths.measured, lengths.of("mail")) == (2, MESSAGE_MS)


def test_a_call_that_an_advance_jumped_over_tells_no_length() -> None:
    tape = Tape().by(2, "r1", CallStarted(**names("s01")))
    tape.by(3, "r2", ExerciseAdvanced(from_ms=3 * MIN, to_ms=9 * MIN))
    tape.by(10, "r3", StimulusDelivered(**names("s01"), channel="phone"))
    assert board_of(tape).lengths.measured == 0


def test_two_calls_within_two_minutes_on_one_voice_collide() -> None:
    over = StimulusSkipped(stimulus="s01", occurrence="s01#1", reason=SkipReason.DIRECTOR)
    tape = Tape().by(18, "r1", over, VoiceAssigned(voice="anna", actor="press"))
    workload = board_of(tape).workload
    (collision,) = workload.collisions(19 * MIN)
    assert (collision.voice, [call.occurrence for call in collision.calls]) == (
        "anna", ["s02#1", "s03#1"],
    )  # fmt: skip
    assert workload.collisions(18 * MIN) == ()


def test_one_stimulus_for_several_cells_is_no_collision() -> None:
    tape = Tape().at(2, give("s01"), give("s01", "board"))
    assert board_of(tape).workload.collisions(2 * MIN) == ()


def test_one_animator_sent_to_two_rooms_at_once_is_a_collision() -> None:
    def visit(cell: str) -> StimulusToPerform:
        return StimulusToPerform(**names("s01", cell), roles=(), channel="visit")

    alone = Tape().at(2, visit("tech"))
    assert board_of(alone).workload.collisions(2 * MIN) == ()
    both = Tape().at(2, visit("tech"), visit("board"))
    (collision,) = board_of(both).workload.collisions(2 * MIN)
    assert [call.cell for call in collision.calls] == ["tech", "board"]


# Cells and tempo


def test_a_cell_shows_what_its_observer_said_last_and_what_it_finished() -> None:
    finished = StateReported(cell="tech", state=CellState.FINISHED, stimulus="s01#1")
    tape = Tape().by(3, "r1", finished)
    tape.by(5, "r2", StateReported(cell="tech", state=CellState.OVERWHELMED))
    tech, board = board_of(tape).load.cells(6 * MIN)
    assert (tech.state, tech.state_ms) == (CellState.OVERWHELMED, 5 * MIN)
    assert [(item.occurrence, item.sim_ms) for item in tech.finished] == [("s01#1", 3 * MIN)]
    assert board.state is None


def test_a_cell_is_silent_after_twelve_minutes_and_busy_at_three_in_five() -> None:
    tape = Tape().by(0, "r0", DEBEX)
    for minute, id in enumerate(("s01", "s02", "s03")):
        tape.by(minute, id, StimulusDelivered(**names(id), channel="phone"))
    tech, board = board_of(tape).load.cells(3 * MIN)
    assert (tech.busy, board.busy) == (True, False)
    assert board_of(tape).load.cells(SILENCE_MS)[1].silent
    assert not board_of(tape).load.cells(SILENCE_MS)[0].silent


def test_silence_counts_from_where_an_advance_landed() -> None:
    tape = Tape().by(0, "r0", DEBEX).by(2, "r1", ExerciseAdvanced(from_ms=2 * MIN, to_ms=30 * MIN))
    assert board_of(tape).load.cells(31 * MIN)[0].silence_ms == MIN


def test_what_was_made_earlier_counts_from_its_real_hour() -> None:
    tape = Tape().by(0, "r0", DEBEX).at(2, give("s01"))
    made = StimulusDelivered(**names("s01"), channel="phone", made_ms=3 * MIN)
    board = board_of(tape.by(9, "r1", made))
    assert board.load.cells(10 * MIN)[0].last_ms == 3 * MIN
    done = board.calls.done[0]
    assert (done.recorded_ms, done.made_ms, done.cause) == (9 * MIN, 3 * MIN, "r1")
    row = board.chronogram.occurrence("s01#1", 10 * MIN)
    assert row is not None
    assert [(leg.delivered_ms, leg.made_ms) for leg in row.legs] == [
        (9 * MIN, 3 * MIN),
        (None, None),
    ]


def test_absent_roles_are_told_apart_in_their_cell() -> None:
    tech, board = board_of(Tape().by(1, "r1", RoleAbsent(role="cio"))).load.cells(MIN)
    assert (tech.present, tech.absent) == ((), ("cio",))
    assert (board.present, board.absent) == (("head",), ())


def test_a_planned_break_is_announced_stops_the_exercise_and_ends_at_resume() -> None:
    tape = Tape().by(0, "r0", DEBEX)
    for at in (30, 40):
        tape.by(1, f"r{at}", BreakPlanned(at_ms=at * MIN, length_ms=10 * MIN))
    tape.by(2, "r3", BreakWithdrawn(at_ms=40 * MIN))
    assert [item.at_ms for item in board_of(tape).situation.breaks(2 * MIN)] == [30 * MIN]
    situation = board_of(tape.at(30, BreakCame(length_ms=10 * MIN))).situation
    assert (situation.running, situation.breaks(30 * MIN)) == (False, ())
    assert situation.break_left(WALL + timedelta(minutes=34)) == timedelta(minutes=6)
    situation = board_of(tape.by(30, "r4", ExerciseResumed())).situation
    assert (situation.running, situation.on_break) == (True, None)


def test_an_hour_that_is_none_leaves_the_fiction_where_it_was() -> None:
    tape = Tape().by(0, "r0", DebexGiven(startex="nine o'clock"))
    tape.by(5, "r1", JumpMade(jump="j", fiction="tomorrow", variant=-1))
    assert board_of(tape).situation.fiction(6 * MIN) == STARTEX + timedelta(minutes=6)


# Check-lists


def test_an_item_is_ticked_until_it_is_unticked() -> None:
    tape = Tape().by(0, "r1", ItemTicked(item="phone/tech/out", done=True))
    tape.by(0, "r2", ItemTicked(item="rules", done=True))
    lists = board_of(tape).checklists
    assert list(lists.under("phone/tech")) == ["out"]
    lists = board_of(tape.by(1, "r3", ItemTicked(item="rules", done=False))).checklists
    assert not lists.is_done("rules")
    left = [item.code for item in lists.left(briefing_items(PLAN, ()))]
    assert "rules" in left
    assert "phone/tech/out" not in left


def test_attendance_is_by_person_and_without_a_directory_by_role() -> None:
    people = (Person(id="p1", role="cio"),)
    codes = [item.code for item in briefing_items(PLAN, people)]
    assert codes[:3] == ["present/p1", "rules", "code-word"]
    assert "phone/board/in" in codes
    assert codes[-1] == "go/board"
    assert briefing_items(PLAN, ())[0].kind is ItemKind.ROLE_PRESENT


def test_only_handouts_that_reached_somebody_are_collected() -> None:
    board = board_of(Tape())
    nothing = finex_items(PLAN, (), board.chronogram, 0)
    assert ItemKind.HANDOUT not in [item.kind for item in nothing]
    tape = (
        Tape().at(21, give("s03")).by(22, "r1", StimulusDelivered(**names("s03"), channel="visit"))
    )
    items = finex_items(PLAN, (), board_of(tape).chronogram, 23 * MIN)
    assert [item.subject for item in items if item.kind is ItemKind.HANDOUT] == ["s03"]


# On paper


def test_what_remains_says_who_when_and_for_which_cells() -> None:
    tape = Tape().at(2, give("s01"), give("s01", "board"))
    tape.by(3, "r1", StimulusDelivered(**names("s01"), channel="phone"))
    remaining = board_of(tape).what_remains(4 * MIN)
    assert [(item.hour_ms, item.voice, item.now) for item in remaining] == [
        (2 * MIN, "anna", True),
        (20 * MIN, "bob", False),
        (21 * MIN, "anna", False),
    ]
    assert [leg.cell for leg in remaining[0].legs] == ["board"]
