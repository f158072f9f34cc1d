"""The views of what leaves by itself agree with what the engine itself remembers."""

from dataclasses import dataclass
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from cyberex.engine.state import REACHED, LegState, LegStatus, Occurrence
from cyberex.engine.state import Status as Held
from cyberex.facts import commands as ask
from cyberex.facts import delivery_commands as outgoing
from cyberex.facts.model import Command, Outbox, TextRef
from cyberex.views.board import Board
from cyberex.views.inboxes import ItemStatus
from cyberex.views.outboxes import DeliveryState
from tests.views.builders import CELLS, MIN
from tests.views.test_engine_runs import (
    AROUND,
    COMMANDS,
    DEEDS,
    STIMULI,
    Deed,
    GoOn,
    Run,
    compare,
)

CELL = st.sampled_from(CELLS)
VOICES = st.sampled_from(["anna", "zoe"])
EMAIL = ("email",)


@dataclass(frozen=True)
class AboutSomeDelivery:
    """Try one of the mails that leave if that can be, then say what became of it, or send it
    again."""

    place: int
    command: type[Any]
    fields: tuple[tuple[str, Any], ...] = ()

    def given(self, run: Run) -> list[Command]:
        mails = [item for item in run.board().outboxes.leaving if item.outbox is Outbox.MAIL]
        if not mails:
            return []
        mail = mails[self.place % len(mails)]
        tried = outgoing.AttemptDelivery(stimulus=mail.occurrence, cell=mail.cell, message="<1>")
        said = self.command(stimulus=mail.occurrence, cell=mail.cell, **dict(self.fields))
        return [said] if self.command is outgoing.Resend else [tried, said]


@dataclass(frozen=True)
class TakeSomeCall:
    """Claim one of the calls that wait, or give it back."""

    place: int
    voice: str

    def given(self, run: Run) -> list[Command]:
        sheets = run.board().calls.sheets
        if not sheets:
            return []
        sheet = sheets[self.place % len(sheets)]
        if not self.voice:
            return [outgoing.ReleaseClaim(stimulus=sheet.occurrence, cell=sheet.cell)]
        return [outgoing.ClaimCall(stimulus=sheet.occurrence, cell=sheet.cell, voice=self.voice)]


@dataclass(frozen=True)
class ReadSomeItem:
    """Acknowledge something that a cell received, or say that it was dealt with."""

    place: int
    command: type[Any]

    def given(self, run: Run) -> list[Command]:
        inboxes = run.board().inboxes
        items = [item for cell in CELLS for item in inboxes.items(cell)]
        if not items:
            return []
        item = items[self.place % len(items)]
        return [self.command(stimulus=item.occurrence, cell=item.cell)]


BOXES = st.one_of(
    st.builds(
        outgoing.OpenOutbox,
        outbox=st.sampled_from(Outbox),
        cell=CELL,
        kinds=st.sampled_from([EMAIL, ("email", "sms")]),
        role=st.sampled_from(["", "", "cio"]),
    ),
    st.builds(
        outgoing.CloseOutbox, outbox=st.sampled_from(Outbox), cell=st.sampled_from(["", *CELLS])
    ),
    st.builds(
        ReadSomeItem,
        place=st.integers(0, 3),
        command=st.sampled_from([ask.Acknowledge, ask.DealWith]),
    ),
    st.builds(
        ask.ComposeStimulus,
        sender=st.just("press"),
        to=st.sampled_from([("head",), ("tech", "board")]),
        via=st.just("mail"),
        title=st.just(TextRef("t")),
        text=st.just(TextRef("x")),
    ),
    st.builds(ask.ChooseChannel, stimulus=STIMULI, channel=st.sampled_from(["phone", "mail"])),
    st.builds(TakeSomeCall, place=st.integers(0, 3), voice=st.sampled_from(["", "anna", "zoe"])),
)
PLACE = st.integers(0, 2)
MAILS = st.one_of(
    st.builds(
        AboutSomeDelivery, PLACE, st.just(outgoing.AttemptDelivery), st.just((("message", "<1>"),))
    ),
    st.builds(AboutSomeDelivery, PLACE, st.just(outgoing.ReportSent)),
    st.builds(
        AboutSomeDelivery,
        PLACE,
        st.just(outgoing.ReportFailure),
        st.booleans().map(lambda again: (("code", "timeout"), ("again", again))),
    ),
    st.builds(AboutSomeDelivery, PLACE, st.just(outgoing.ReportDoubt)),
    st.builds(AboutSomeDelivery, PLACE, st.just(outgoing.Resend)),
)
KINDS: tuple[st.SearchStrategy[Any], ...] = (
    *(MAILS, BOXES, MAILS, BOXES, MAILS, BOXES), COMMANDS, AROUND, DEEDS, st.builds(GoOn)
)  # fmt: skip
STEPS = st.lists(
    st.tuples(st.integers(0, 4 * MIN), st.sampled_from(KINDS).flatmap(lambda kind: kind)),
    min_size=12,
    max_size=30,
)

ITEMS = {
    LegStatus.DELIVERED: ItemStatus.UNREAD,
    LegStatus.ACKNOWLEDGED: ItemStatus.ACKNOWLEDGED,
    LegStatus.DEALT_WITH: ItemStatus.DEALT_WITH,
}
STOPPED = {LegStatus.FAILED: DeliveryState.FAILED, LegStatus.UNCERTAIN: DeliveryState.UNCERTAIN}


def legs_of(run: Run, *, left: bool = False) -> list[tuple[Occurrence, LegState]]:
    return [
        (occurrence, leg)
        for occurrence in run.engine._game.occurrences.values()
        for leg in occurrence.legs.values()
        if not left or occurrence.status is Held.LEFT
    ]


def compare_leaving(run: Run, board: Board) -> None:
    leaving = {
        (occurrence.id, leg.cell): leg
        for occurrence, leg in legs_of(run, left=True)
        if leg.status in (LegStatus.LEAVING, *STOPPED)
    }
    shown = {(item.occurrence, item.cell): item for item in board.outboxes.leaving}
    assert shown.keys() == leaving.keys()
    for key, leg in leaving.items():
        item = shown[key]
        assert (item.attempt, item.channel) == (leg.attempts, leg.channel)
        assert item.for_director == (leg.status in STOPPED)
        if leg.status in STOPPED:
            assert item.state is STOPPED[leg.status]
        elif leg.started:
            assert item.state is DeliveryState.UNDER_WAY
        else:
            assert item.to_attempt


def compare_rooms(run: Run) -> None:
    board, game = run.board(), run.engine._game
    compare_leaving(run, board)
    boxes = {
        (outbox, cell, role, kinds)
        for (outbox, cell), roles in game.outboxes.open.items()
        for role, kinds in roles.items()
    }
    assert boxes == {
        (box.outbox, box.cell, box.role, frozenset(box.kinds)) for box in board.outboxes.open
    }
    for sheet in board.calls.sheets:
        leg = game.occurrences[sheet.occurrence].legs[sheet.cell]
        assert sheet.claimed_by == leg.claimed_by
    reached = {
        (occurrence.id, leg.cell): (ITEMS[leg.status], leg.roles, leg.outbox)
        for occurrence, leg in legs_of(run)
        if leg.status in REACHED
    }
    items = [item for cell in CELLS for item in board.inboxes.items(cell)]
    assert {
        (item.occurrence, item.cell): (item.status, item.roles, item.outbox) for item in items
    } == reached


@given(STEPS)
@settings(max_examples=120, deadline=None)
def test_whatever_is_asked_the_outboxes_and_inboxes_are_those_of_the_engine(
    steps: list[tuple[int, Command | Deed]],
) -> None:
    run = Run()
    run.ask(outgoing.StartContactTest(people=("p1",)))
    run.ask(outgoing.ConfirmMail())
    run.ask(ask.GiveDebex())
    for outbox, cell in zip(Outbox, CELLS, strict=True):
        run.ask(outgoing.OpenOutbox(outbox=outbox, cell=cell, kinds=EMAIL))
    for delay_ms, step in steps:
        run.until(run.engine.now_ms + delay_ms)
        for command in [step] if isinstance(step, Command) else step.given(run):
            run.ask(command)
        compare(run)
        compare_rooms(run)
    run.ask(ask.GiveFinex())
    compare(run)
    assert run.board().outboxes.to_attempt == ()
