"""The views of a real run agree with what the engine itself remembers."""

from dataclasses import dataclass, replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from cyberex.engine.engine import Engine, Refused
from cyberex.engine.state import LegStatus, Occurrence
from cyberex.engine.state import Status as Held
from cyberex.facts import animation_commands as around
from cyberex.facts import commands as ask
from cyberex.facts.model import (
    Batch,
    CallOutcome,
    CellState,
    Command,
    GapAnswer,
    Recorded,
    Request,
    TextRef,
    Tick,
)
from cyberex.plan.model import (
    After,
    Fact,
    FactKind,
    IfDown,
    Importance,
    Otherwise,
    PlannedJump,
    Reply,
)
from cyberex.views.board import Board
from cyberex.views.rows import ChronogramRow, Status
from tests.views.builders import MIN, STARTEX, WALL, expectation, milestone, plan_of, stimulus

MADE = plan_of(
    stimulus("s01", 0, 2, cells=("tech", "board"), expect=(expectation("e1", reaches="crisis"),)),
    stimulus("s02", 1, 5, via="mail"),
    replace(
        stimulus("s03", 2, 8, until=20, when=(milestone("crisis"),)),
        otherwise=Otherwise("reserve"),
    ),
    stimulus("s04", 3, after=After(Fact(FactKind.STIMULUS, "s01", "delivered"), MIN, 3 * MIN)),
    replace(stimulus("s05", 4, 12, via="mail"), if_down=IfDown.ASK),
    stimulus("s06", 6, 30, importance=Importance.OPTIONAL),
    stimulus("s07", 7),
    jumps=(PlannedJump("night", 5, 25 * MIN, STARTEX + timedelta(hours=9), "Night", ""),),
)
PLAN = replace(
    MADE,
    actors={
        "soc": replace(MADE.actors["soc"], reply=Reply(MIN, 3 * MIN, text="r")),
        "press": replace(MADE.actors["press"], reply=Reply(2 * MIN, 2 * MIN, play="s07")),
    },
)
"""Whom players ring replies: one in words, one by a stimulus of the reserve."""
STIMULI = st.sampled_from([*sorted(PLAN.stimuli), "x01"])
MINUTES = st.integers(-5, 40).map(lambda minute: minute * MIN)


class Run:
    """Plays an engine and keeps what it says as a journal would."""

    def __init__(self) -> None:
        self.engine = Engine(PLAN, 1)
        self.records: list[Recorded] = []
        self.done: list[str] = []
        self._asked = 0

    def ask(self, command: Command) -> bool:
        """Whether the engine accepted it."""
        request = Request(f"r{self._asked}", "director", "test", command)
        self._asked += 1
        try:
            self._keep(self.engine.apply(request))
        except Refused:
            return False
        self.done.append(request.id)
        return True

    def until(self, sim_ms: int) -> None:
        for batch in self.engine.run_until(sim_ms):
            self._keep(batch)

    def board(self) -> Board:
        return Board(PLAN).apply_all(self.records)

    def _keep(self, batch: Batch) -> None:
        for place, event in enumerate(batch.events):
            seq, request = len(self.records) + 1, batch.request if place == 0 else None
            wall_at = WALL.isoformat()
            self.records.append(Recorded(seq, batch.sim_ms, wall_at, batch.cause, event, request))


COMMANDS = st.one_of(
    st.builds(ask.Pause),
    st.builds(ask.Resume),
    st.builds(ask.FireStimulus, stimulus=STIMULI),
    st.builds(ask.HoldStimulus, stimulus=STIMULI),
    st.builds(ask.ReleaseStimulus, stimulus=STIMULI),
    st.builds(ask.SkipStimulus, stimulus=STIMULI),
    st.builds(ask.ShiftStimulus, stimulus=STIMULI, by_ms=MINUTES, space_ms=st.just(MIN)),
    st.builds(
        ask.EditStimulus,
        stimulus=STIMULI,
        to=st.sampled_from([(), ("cio",), ("board",), ("all",)]),
        via=st.sampled_from(["", "phone", "mail", "visit"]),
        title=st.sampled_from([TextRef(""), TextRef("t")]),
    ),
    st.builds(ask.InjectReserve, stimulus=STIMULI),
    st.builds(
        ask.ComposeStimulus,
        sender=st.just("press"),
        to=st.just(("head",)),
        via=st.just("mail"),
        title=st.just(TextRef("t")),
        text=st.just(TextRef("x")),
    ),
    st.builds(ask.StartCall, stimulus=STIMULI, cell=st.sampled_from(["", "tech", "board"])),
    st.builds(ask.ChooseChannel, stimulus=STIMULI, channel=st.just("phone"), cell=st.just("tech")),
    st.builds(ask.Acknowledge, stimulus=STIMULI, cell=st.just("tech")),
    st.builds(ask.DealWith, stimulus=STIMULI, cell=st.just("tech")),
    st.builds(ask.TickExpectation, expectation=st.just("e1"), result=st.sampled_from(Tick)),
    st.builds(ask.ReachMilestone, milestone=st.just("crisis")),
    st.builds(ask.SetAsset, asset=st.just("network"), down=st.booleans()),
    st.builds(ask.MakeJump, jump=st.just("night")),
    st.builds(ask.Advance, to_ms=MINUTES),
    st.builds(ask.ReportGap, gap_ms=st.just(3 * MIN)),
    st.builds(ask.AnswerGap, answer=st.sampled_from(GapAnswer)),
    st.builds(ask.CallRealStop),
    st.builds(ask.LiftRealStop),
)

VOICES = st.sampled_from(["anna", "zoe"])
HOURS = st.one_of(st.none(), MINUTES)
AROUND = st.one_of(
    st.builds(
        ask.LogContact,
        actor=st.sampled_from(["", "soc", "press"]),
        cell=st.sampled_from(["", "tech"]),
        channel=st.sampled_from(["", "phone", "mail"]),
        milestone=st.sampled_from(["", "crisis"]),
    ),
    st.builds(around.AssignVoice, voice=VOICES, actor=st.sampled_from(["soc", "press"])),
    st.builds(around.AssignVoice, voice=VOICES, stimulus=STIMULI),
    st.builds(around.MarkAbsent, role=st.sampled_from(["cio", "head"]), absent=st.booleans()),
    st.builds(
        around.ReportState,
        cell=st.sampled_from(["tech", "board"]),
        state=st.sampled_from(CellState),
        stimulus=STIMULI,
    ),
    st.builds(around.CatchUp, drop=st.tuples(STIMULI), hours=st.just({})),
    st.builds(
        around.CatchUp,
        hours=st.dictionaries(st.sampled_from(["s05", "s06"]), MINUTES, min_size=1, max_size=2),
    ),
    st.builds(around.PlanBreak, at_ms=MINUTES, length_ms=st.just(5 * MIN)),
    st.builds(around.TickItem, item=st.sampled_from(["rules", "go/tech"]), done=st.booleans()),
    st.builds(around.RecordStimulus, stimulus=STIMULI, made_ms=HOURS),
)
"""What the animation room does around the game."""


@dataclass(frozen=True)
class AboutSomeContact:
    """Say something of one of the contacts recorded so far."""

    place: int
    said: around.DetailContact | around.AnswerContact

    def given(self, run: Run) -> list[Command]:
        contacts = list(run.engine._game.contacts)
        if not contacts:
            return []
        return [replace(self.said, contact=contacts[self.place % len(contacts)])]


@dataclass(frozen=True)
class AcceptCatchUp:
    """Give what is proposed to end in so many minutes."""

    minutes: int

    def given(self, run: Run) -> list[Command]:
        now_ms = run.engine.now_ms
        proposal = run.board().catch_up(now_ms, now_ms + self.minutes * MIN)
        if proposal.is_empty:
            return []
        return [around.CatchUp(drop=proposal.drop, hours=proposal.hours)]


@dataclass(frozen=True)
class EndSomeCall:
    """End one of the calls that wait, whichever it is."""

    place: int
    outcome: CallOutcome

    def given(self, run: Run) -> list[Command]:
        sheets = run.board().calls.sheets
        if not sheets:
            return []
        sheet = sheets[self.place % len(sheets)]
        return [ask.EndCall(stimulus=sheet.occurrence, cell=sheet.cell, outcome=self.outcome)]


@dataclass(frozen=True)
class UndoLast:
    """Undo one of the last things done."""

    back: int

    def given(self, run: Run) -> list[Command]:
        return [ask.Undo(undoes=name) for name in run.done[-self.back :][:1]]


@dataclass(frozen=True)
class GoOn:
    """Whatever stops the exercise, play goes on."""

    def given(self, _: Run) -> list[Command]:
        return [ask.LiftRealStop(), ask.AnswerGap(answer=GapAnswer.PLAYED), ask.Resume()]


Deed = EndSomeCall | UndoLast | GoOn | AboutSomeContact | AcceptCatchUp

DEEDS = st.one_of(
    st.builds(
        EndSomeCall,
        place=st.integers(0, 3),
        outcome=st.sampled_from([CallOutcome.DONE, *CallOutcome]),
    ),
    st.builds(UndoLast, back=st.integers(1, 4)),
    st.builds(GoOn),
    st.builds(AcceptCatchUp, minutes=st.integers(0, 20)),
    st.builds(ask.TickExpectation, expectation=st.just("e1"), result=st.sampled_from(Tick)),
)
TALK = st.builds(
    AboutSomeContact,
    place=st.integers(0, 3),
    said=st.one_of(
        st.builds(
            around.DetailContact,
            contact=st.just(""),
            channel=st.sampled_from(["", "phone", "mail"]),
            cell=st.just("tech"),
            milestone=st.sampled_from(["", "crisis"]),
            promise_ms=st.sampled_from([None, 2 * MIN, 7 * MIN]),
            voice=st.sampled_from(["", "zoe"]),
        ),
        st.builds(around.AnswerContact, contact=st.just("")),
    ),
)
KINDS: tuple[st.SearchStrategy[Command | Deed], ...] = (COMMANDS, AROUND, DEEDS, TALK)
STEP: st.SearchStrategy[Command | Deed] = st.sampled_from(KINDS).flatmap(lambda kind: kind)
STEPS = st.lists(st.tuples(st.integers(0, 4 * MIN), STEP), max_size=30)

LEGS = {
    LegStatus.TO_PERFORM: Status.TO_PERFORM,
    LegStatus.COMES_BACK: Status.TO_PERFORM,
    LegStatus.BLOCKED: Status.BLOCKED,
    LegStatus.LEAVING: Status.LEAVING,
    LegStatus.FAILED: Status.UNSENT,
    LegStatus.UNCERTAIN: Status.UNSENT,
    LegStatus.DELIVERED: Status.DELIVERED,
    LegStatus.ACKNOWLEDGED: Status.ACKNOWLEDGED,
    LegStatus.DEALT_WITH: Status.DEALT_WITH,
    LegStatus.REFUSED: Status.REFUSED,
}
PLAYED = {Status.DELIVERED, Status.ACKNOWLEDGED, Status.DEALT_WITH}
OPEN = {Status.TO_PERFORM, Status.BLOCKED, Status.LEAVING, Status.UNSENT}
STATUSES: dict[Held, set[Status]] = {
    Held.PLANNED: {Status.PLANNED, Status.WAITING},
    Held.WAITING: {Status.WAITING},
    Held.HELD: {Status.HELD},
    Held.QUEUED: {Status.QUEUED},
    Held.LEFT: OPEN,
    Held.DELIVERED: PLAYED,
    Held.REFUSED: {Status.REFUSED},
    Held.SKIPPED: {Status.SKIPPED},
    Held.RESERVED: {Status.RESERVED},
    Held.EXPIRED: {Status.EXPIRED},
}


def check(remembered: Occurrence, row: ChronogramRow) -> None:
    assert row.status in STATUSES[remembered.status], (row, remembered.status)
    if remembered.status in (Held.PLANNED, Held.WAITING):
        assert row.due_ms == remembered.due_ms, (row, remembered.due_ms)
    if remembered.status in (Held.LEFT, Held.DELIVERED):
        legs = {cell: LEGS[leg.status] for cell, leg in remembered.legs.items()}
        assert {leg.cell: leg.status for leg in row.legs} == legs
        channels = {cell: leg.channel for cell, leg in remembered.legs.items()}
        assert {leg.cell: leg.channel for leg in row.legs} == channels


def compare_around(run: Run, board: Board) -> None:
    game, now_ms = run.engine._game, run.engine.now_ms
    for sheet in board.calls.sheets:
        voice = game.voice_of(game.occurrences[sheet.occurrence])
        assert sheet.voice == voice
        assert set(sheet.absent) <= game.absent
    assert set(board.presence.absent) == game.absent
    kept = {item.id: item for item in game.contacts.values() if not item.withdrawn}
    shown = {item.contact: item for item in board.contacts.all}
    assert shown.keys() == kept.keys()
    for name, contact in kept.items():
        said = shown[name]
        assert (said.cell, said.channel, said.refused, said.sim_ms) == (
            contact.cell,
            contact.channel,
            contact.refused,
            contact.sim_ms,
        )
    if run.engine.phase == "debrief":
        assert board.ring_backs.all(now_ms) == ()
        return
    # What was promised twice counts once, the last.
    owed = {(task.contact, task.due_ms) for task in board.ring_backs.upcoming(now_ms)}
    ahead = {
        (contact.id, timer.at_ms)
        for contact in kept.values()
        for timer in contact.timers
        if timer.live and timer.at_ms > now_ms
    }
    assert owed <= ahead
    assert {task.contact for task in board.ring_backs.all(now_ms)} >= {name for name, _ in ahead}


def compare(run: Run) -> None:
    board, game, now_ms = run.board(), run.engine._game, run.engine.now_ms
    for occurrence in game.occurrences.values():
        row = board.chronogram.occurrence(occurrence.id, now_ms)
        assert row is not None
        check(occurrence, row)
    compare_around(run, board)
    waiting = {
        (occurrence.id, leg.cell)
        for occurrence in game.occurrences.values()
        for leg in occurrence.legs.values()
        if leg.status in (LegStatus.TO_PERFORM, LegStatus.BLOCKED, LegStatus.COMES_BACK)
        and occurrence.status is Held.LEFT
    }
    assert {(sheet.occurrence, sheet.cell) for sheet in board.calls.sheets} == waiting
    expected = {
        key: (opened.deadline_ms, opened.result, opened.expired)
        for key, opened in game.expectations.items()
    }
    shown = {
        row.key: (
            row.deadline_ms,
            None if row.tickable else Tick(row.status.value),
            row.expired_ms is not None,
        )
        for row in board.expectations.rows
    }
    assert shown == expected
    assert set(board.world.milestones) == game.world.milestones
    gate = game.gate
    gates = () if gate is None or run.engine.phase == "debrief" else (gate.jump.id,)
    assert board.situation.pending_jumps == gates
    life = game.life
    situation = board.situation
    assert (situation.paused, situation.real_stop, situation.gap_ms, situation.end_ms) == (
        life.paused,
        life.real_stop,
        life.gap_ms,
        life.end_ms,
    )
    assert situation.fiction(now_ms) == STARTEX + timedelta(
        milliseconds=now_ms + game.fiction_offset_ms
    )


@given(STEPS)
@settings(max_examples=200, deadline=None)
def test_whatever_is_asked_the_views_show_what_the_engine_remembers(
    steps: list[tuple[int, Command | Deed]],
) -> None:
    run = Run()
    run.ask(ask.GiveDebex())
    run.ask(ask.LogContact(actor="soc"))
    for delay_ms, step in steps:
        run.until(run.engine.now_ms + delay_ms)
        for command in [step] if isinstance(step, Command) else step.given(run):
            run.ask(command)
        compare(run)
    run.ask(ask.GiveFinex())
    compare(run)


def test_a_whole_exercise_ends_with_its_calls_made_and_its_jump_late() -> None:
    run = Run()
    run.ask(ask.GiveDebex())
    for minute in range(1, 61):
        run.until(minute * MIN)
        for sheet in run.board().calls.waiting:
            assert run.ask(
                ask.EndCall(stimulus=sheet.occurrence, cell=sheet.cell, outcome=CallOutcome.DONE)
            )
        if minute == 28:
            assert run.ask(ask.MakeJump(jump="night"))
    assert run.ask(ask.GiveFinex())
    compare(run)
    board = run.board()
    rows = {row.stimulus: row for row in board.chronogram.occurrences(60 * MIN)}
    assert rows["s06"].delivered_ms == 33 * MIN
    assert rows["s03"].status is Status.RESERVED
    assert rows["s04"].status is Status.DELIVERED
    assert board.expectations.overdue[0].key == "s01#1/e1"
