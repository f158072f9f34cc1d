"""What happens next: plan + seed + timed commands in, events out. No wall clock, no IO, no chance.

The only door to the engine. Pace, pauses and front ends change no game event, because nothing here
knows about them: callers say up to when to play, and at which instant a command is given.
"""

from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from cyberex.engine import animating, conduct, leaving, observing, rooms, shifting, steering
from cyberex.engine.game import Game
from cyberex.engine.jumps import arm_jump, make_jump
from cyberex.engine.occurrences import arm
from cyberex.engine.rights import check_allowed
from cyberex.engine.state import Phase, Refused, UndoPlan
from cyberex.engine.world import begin_with
from cyberex.facts import commands as ask
from cyberex.facts import delivery_commands as outgoing
from cyberex.facts.animation_commands import (
    AnswerContact,
    AssignVoice,
    CatchUp,
    DetailContact,
    MarkAbsent,
    PlanBreak,
    RecordStimulus,
    ReportState,
    TickItem,
)
from cyberex.facts.exercise_events import CommandUndone
from cyberex.facts.model import CLOCK, Batch, Command, Request
from cyberex.plan.model import Plan

__all__ = ["Engine", "Refused"]

Handler = Callable[[Game, Any], None]

HANDLERS: dict[type[Command], Handler] = {
    ask.StartBriefing: conduct.start,
    ask.GiveDebex: conduct.give_debex,
    ask.Pause: conduct.pause,
    ask.Resume: conduct.resume,
    ask.SetSpeed: conduct.set_speed,
    ask.Advance: conduct.advance,
    ask.Extend: conduct.extend,
    ask.SetHardEnd: conduct.set_hard_end,
    ask.CallRealStop: conduct.call_real_stop,
    ask.LiftRealStop: conduct.lift_real_stop,
    ask.TickCallDown: conduct.tick_call_down,
    ask.GiveFinex: conduct.give_finex,
    ask.Close: conduct.close,
    ask.ReportGap: conduct.report_gap,
    ask.AnswerGap: conduct.answer_gap,
    ask.FireStimulus: steering.fire,
    ask.HoldStimulus: steering.hold,
    ask.ReleaseStimulus: steering.release,
    ask.SkipStimulus: steering.skip_one,
    ask.ShiftStimulus: shifting.shift,
    ask.EditStimulus: steering.edit,
    ask.InjectReserve: steering.inject,
    ask.ComposeStimulus: steering.compose,
    ask.StartCall: observing.start_call,
    ask.EndCall: observing.finish_call,
    ask.ChooseChannel: observing.choose_channel,
    ask.Acknowledge: observing.acknowledge,
    ask.DealWith: observing.deal_with,
    ask.TickExpectation: observing.tick_expectation,
    ask.ReachMilestone: observing.reach,
    ask.SettleDecision: observing.settle_decision,
    ask.PressKey: observing.key,
    ask.SetAsset: observing.set_asset,
    ask.MarkLine: observing.mark_line,
    DetailContact: animating.detail_contact,
    AnswerContact: animating.answer_contact,
    AssignVoice: animating.assign_voice,
    MarkAbsent: animating.mark_absent,
    ReportState: animating.report_state,
    TickItem: animating.tick_item,
    CatchUp: animating.catch_up,
    PlanBreak: animating.plan_break,
    RecordStimulus: animating.record,
    outgoing.OpenOutbox: leaving.open_outbox,
    outgoing.CloseOutbox: leaving.close_outbox,
    outgoing.ConfirmMail: leaving.confirm_mail,
    outgoing.AttemptDelivery: leaving.attempt,
    outgoing.ReportSent: leaving.report_sent,
    outgoing.ReportFailure: leaving.report_failure,
    outgoing.ReportDoubt: leaving.report_doubt,
    outgoing.Resend: leaving.resend,
    outgoing.StartContactTest: leaving.start_test,
    outgoing.ReportTestSent: leaving.report_test_sent,
    outgoing.ReportTestFailed: leaving.report_test_failed,
    outgoing.ReportTestReceived: leaving.report_test_received,
    outgoing.GrantAccess: rooms.grant,
    outgoing.RevokeAccess: rooms.revoke,
    outgoing.ClaimCall: rooms.claim,
    outgoing.ReleaseClaim: rooms.release_claim,
    outgoing.ReplyToContact: rooms.reply,
}

NAMING_HANDLERS: dict[type[Command], Callable[[Game, Any, str], None]] = {
    ask.LogContact: observing.contact,
    ask.AddNote: observing.add_note,
    ask.AddDebriefNote: observing.add_debrief_note,
    outgoing.WriteCellLine: rooms.write_line,
}
"""What these make bears the id of the request that made it."""

UNDONE_IN_DEBRIEF = (
    ask.TickExpectation, ask.ReachMilestone, ask.SettleDecision, ask.AddNote, ask.AddDebriefNote,
)  # fmt: skip
"""After FINEX only what was written down can be withdrawn, not what was played."""

UNDO_DEPTH = 1_000
"""How many of the last commands may be undone: each keeps what withdraws it, a thousandfold
rehearsal must not."""


class Engine:
    """One exercise being played. Not thread-safe; rebuilt from the journal, never copied."""

    def __init__(self, plan: Plan, seed: int) -> None:
        hours = [item.window.at_ms for item in plan.chronogram if item.window]
        start_ms = min([-plan.timing.briefing_ms, *(hour for hour in hours if hour is not None)])
        self._game = Game(plan, seed, start_ms)
        self._undo: OrderedDict[str, tuple[Command, UndoPlan]] = OrderedDict()
        begin_with(self._game, plan.assets_down_at_start)
        for jump in self._game.jumps.values():
            arm_jump(self._game, jump, jump.jump.at_ms)
        for stimulus in plan.chronogram:
            window = stimulus.window
            arm(self._game, self._game.new_occurrence(stimulus, window.at_ms if window else None))

    @property
    def now_ms(self) -> int:
        """Exercise time; it moves only through `run_until` and `apply`."""
        return self._game.now_ms

    @property
    def running(self) -> bool:
        """Exercise time passes: briefing before 0, or play; not paused, stopped or interrupted."""
        life = self._game.life
        return life.running and (life.phase is Phase.PLAY or self.now_ms < 0)

    @property
    def phase(self) -> Phase:
        return self._game.life.phase

    def next_ms(self) -> int | None:
        """The next instant worth waking for (at times for nothing); None while time stands."""
        if not self.running:
            return None
        instant = self._game.agenda.next_ms()
        if self.phase is Phase.BRIEFING:
            return 0 if instant is None else min(instant, 0)
        return instant

    def run_until(self, sim_ms: int) -> list[Batch]:
        """Play everything due up to and including `sim_ms`; then `now_ms` is `sim_ms`.

        Nothing while time stands. The briefing stops at 0, where what is due waits for DEBEX.
        One batch an instant, those without events left out.
        """
        if not self.running or sim_ms < self.now_ms:
            return []
        last = min(sim_ms, 0) if self.phase is Phase.BRIEFING else sim_ms
        batches = []
        for instant in self._game.agenda.instants(self._bound(last)):
            batch = self._take(instant, CLOCK, None)
            if batch.events:
                batches.append(batch)
            if not self._game.life.running:  # A planned break: exercise time stands from here.
                last = instant
                break
        self._game.take_undo()
        self._game.agenda.move_to(last)
        return batches

    def _bound(self, sim_ms: int) -> int:
        return min(sim_ms, -1) if self.phase is Phase.BRIEFING else sim_ms

    def apply(self, request: Request) -> Batch:
        """Obey at `now_ms`, with all that follows at that very instant. Raises Refused.

        A command that moves the clock carries the instant at which it was given; what is due where
        it lands comes with the next `run_until`, at its own instant.
        """
        given_ms, command = self.now_ms, request.command
        check_allowed(self._game.life, command)
        self._game.take_undo()
        try:
            self._obey(request)
        except Refused as refusal:
            if self._game.emitted:  # It would have changed something: a bug, never an answer.
                raise RuntimeError(f"{command.name} refused half done") from refusal
            raise
        self._remember(request)
        if self.running and self.now_ms == given_ms:
            for _ in self._game.agenda.instants(self._bound(self.now_ms)):
                pass
            self._game.take_undo()
        return self._take(given_ms, request.id, request)

    def _obey(self, request: Request) -> None:
        command = request.command
        naming = NAMING_HANDLERS.get(type(command))
        if naming is not None:
            naming(self._game, command, request.id)
        elif isinstance(command, ask.MakeJump):
            make_jump(self._game, command.jump, command.drop, command.deadlines, command.bulletin)
        elif isinstance(command, ask.Undo):
            self._withdraw(command)
        else:
            HANDLERS[type(command)](self._game, command)

    def _remember(self, request: Request) -> None:
        undo = self._game.take_undo()
        if undo.steps:
            self._undo[request.id] = (request.command, undo)
        if len(self._undo) > UNDO_DEPTH:
            self._undo.popitem(last=False)

    def _withdraw(self, command: ask.Undo) -> None:
        done, undo = self._undo.get(command.undoes, (command, UndoPlan()))
        too_late = self.phase is Phase.DEBRIEF and not isinstance(done, UNDONE_IN_DEBRIEF)
        if too_late or not undo.is_possible():
            raise Refused("not-undoable", {"command": command.undoes})
        del self._undo[command.undoes]
        self._game.emit(CommandUndone(undoes=command.undoes))
        for step in reversed(undo.steps):
            step(command.with_effects)
        self._game.take_undo()

    def _take(self, sim_ms: int, cause: str, request: Request | None) -> Batch:
        events = tuple(self._game.emitted)
        self._game.emitted.clear()
        return Batch(sim_ms, cause, events, request)

    def preview_advance(self, to_ms: int) -> tuple[str, ...]:
        """The occurrences that an advance to `to_ms` would skip, for its confirmation."""
        return tuple(item.id for item in conduct.skipped_by_advance(self._game, to_ms))

    def preview_shift(self, command: ask.ShiftStimulus) -> tuple[str, ...]:
        """The occurrences and jumps that such a shift would move. Raises Refused."""
        occurrences, jumps = shifting.concerned(self._game, command)
        return (*(item.id for item in occurrences), *(jump.jump.id for jump in jumps))
