"""Commands on the exercise as a whole: its life, its clock, its end."""

from datetime import datetime

from cyberex.engine.agenda import COMES_BACK, PLANNED_END, REPLY
from cyberex.engine.behaviours import arm_comes_back
from cyberex.engine.expectations import move_deadlines
from cyberex.engine.game import Game
from cyberex.engine.occurrences import expire, leave, skip
from cyberex.engine.state import OVER, Occurrence, Phase, Refused, Status
from cyberex.engine.world import say_beginning
from cyberex.facts import commands as ask
from cyberex.facts import exercise_events as told
from cyberex.facts.model import GapAnswer, SkipReason


def start(game: Game, command: ask.StartBriefing) -> None:
    from_ms = -game.plan.timing.briefing_ms if command.from_ms is None else command.from_ms
    if command.from_ms is None:
        from_ms = min(from_ms, game.now_ms)
    if from_ms > 0 or from_ms < game.now_ms:
        raise Refused("not-before-debex", {"from_ms": str(from_ms)})
    game.life.phase = Phase.BRIEFING
    game.emit(told.BriefingStarted(from_ms=from_ms))
    say_beginning(game)
    if from_ms > game.now_ms:
        _go(game, from_ms)


def give_debex(game: Game, command: ask.GiveDebex) -> None:
    startex = _room_hour(command.room_at) if game.plan.timing.is_now else None
    if game.life.phase is Phase.READY:
        start(game, ask.StartBriefing(from_ms=0))
    if game.life.paused or game.life.gap_ms is not None:
        raise Refused("paused", {})
    if game.now_ms < 0:
        _go(game, 0)
    game.life.phase = Phase.PLAY
    _arm_end(game)
    arm_comes_back(game)
    game.startex = startex or game.startex
    game.emit(told.DebexGiven(startex=game.startex.isoformat()))


def _room_hour(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None) if text else None
    except ValueError:
        raise Refused("bad-hour", {"room_at": text}) from None


def pause(game: Game, command: ask.Pause) -> None:
    if game.life.paused:
        raise Refused("already-paused", {})
    game.life.paused = True
    game.emit(told.ExercisePaused(reason=command.reason))


def resume(game: Game, _: ask.Resume) -> None:
    if game.life.gap_ms is not None:
        raise Refused("gap-open", {})
    if not game.life.paused:
        raise Refused("not-paused", {})
    game.life.paused = False
    game.emit(told.ExerciseResumed())
    queued, game.queue = game.queue, []
    for occurrence in queued:
        if occurrence.status is Status.QUEUED:
            leave(game, occurrence)


def set_speed(game: Game, command: ask.SetSpeed) -> None:
    if not 0 < command.rate <= 1_000_000:
        raise Refused("bad-speed", {"rate": str(command.rate)})
    game.emit(told.SpeedSet(rate=command.rate))


def advance(game: Game, command: ask.Advance) -> None:
    if command.to_ms <= game.now_ms:
        raise Refused("not-later", {"to_ms": str(command.to_ms)})
    if game.life.phase is Phase.BRIEFING and command.to_ms > 0:
        raise Refused("not-before-debex", {"to_ms": str(command.to_ms)})
    _go(game, command.to_ms)
    game.take_undo()


def skipped_by_advance(game: Game, to_ms: int) -> list[Occurrence]:
    """What an advance to `to_ms` would skip: what was due, or would close, strictly before."""
    return [
        occurrence
        for occurrence in game.occurrences.values()
        if (
            occurrence.status is Status.PLANNED
            and occurrence.due_ms is not None
            and occurrence.due_ms < to_ms
        )
        or (
            occurrence.status in (Status.PLANNED, Status.WAITING)
            and occurrence.until_ms is not None
            and occurrence.until_ms < to_ms
        )
        or (
            occurrence.status is Status.WAITING
            and occurrence.window_end is not None
            and occurrence.window_end.live
            and occurrence.window_end.at_ms < to_ms
        )
    ]


def _go(game: Game, to_ms: int) -> None:
    """Both clocks forward to `to_ms`; deadlines and answers under way keep the time they had."""
    from_ms = game.now_ms
    for occurrence in skipped_by_advance(game, to_ms):
        if occurrence.status in (Status.PLANNED, Status.WAITING):  # not skipped with another
            skip(game, occurrence, SkipReason.ADVANCE)
    move_deadlines(game, to_ms - from_ms)
    for timer in game.agenda.pending():
        if timer.rank in (REPLY, COMES_BACK):
            game.agenda.reschedule(timer, timer.at_ms + to_ms - from_ms)
        elif timer.at_ms < to_ms:
            # Call-backs, the end, and what a fact changed in a pause and still has to act on.
            game.agenda.reschedule(timer, to_ms)
    for jump in game.jumps.values():
        if not jump.made and jump.due_ms < to_ms:
            # Its lateness counts from where the director chose to land.
            jump.due_ms = to_ms
            game.emit(told.JumpShifted(jump=jump.jump.id, due_ms=to_ms))
    for occurrence in game.occurrences.values():
        if occurrence.status is Status.HELD and occurrence.due_ms is not None:
            occurrence.ripe = occurrence.ripe or occurrence.due_ms < to_ms
    game.emit(told.ExerciseAdvanced(from_ms=from_ms, to_ms=to_ms))
    game.agenda.move_to(to_ms)


def extend(game: Game, command: ask.Extend) -> None:
    before = game.life.end_ms
    if command.by_ms == 0 or before + command.by_ms < max(game.now_ms, 1):
        raise Refused("not-later", {"to_ms": str(before + command.by_ms)})
    _set_end(game, before + command.by_ms)

    def withdraw(_: bool) -> None:
        _set_end(game, before)

    game.on_undo(withdraw)


def _set_end(game: Game, end_ms: int) -> None:
    game.life.end_ms = end_ms
    game.emit(told.ExerciseExtended(end_ms=end_ms))
    if game.life.phase is Phase.PLAY:
        _arm_end(game)


def _arm_end(game: Game) -> None:
    if game.life.end_timer is not None:
        game.life.end_timer.cancel()
    game.life.end_timer = game.agenda.at(
        game.life.end_ms, PLANNED_END, lambda: game.emit(told.EndReached())
    )


def set_hard_end(game: Game, command: ask.SetHardEnd) -> None:
    game.emit(told.HardEndSet(room_until=command.room_until))


def call_real_stop(game: Game, command: ask.CallRealStop) -> None:
    if game.life.real_stop:
        raise Refused("already-stopped", {})
    game.life.real_stop = True
    game.emit(told.RealStopCalled(reason=command.reason))


def lift_real_stop(game: Game, _: ask.LiftRealStop) -> None:
    if not game.life.real_stop:
        raise Refused("not-stopped", {})
    game.life.real_stop = False
    game.life.paused = game.life.phase in (Phase.BRIEFING, Phase.PLAY)
    game.emit(told.RealStopLifted())


def tick_call_down(game: Game, command: ask.TickCallDown) -> None:
    game.emit(told.CallDownTicked(who=command.who))


def give_finex(game: Game, _: ask.GiveFinex) -> None:
    for occurrence in game.occurrences.values():
        if occurrence.status not in OVER and occurrence.status is not Status.RESERVED:
            expire(game, occurrence)
    for timer in game.agenda.pending():
        timer.cancel()
    game.life.phase = Phase.DEBRIEF
    game.life.paused = game.life.real_stop = False
    game.life.gap_ms = None
    game.emit(told.FinexGiven())
    game.take_undo()


def close(game: Game, _: ask.Close) -> None:
    game.life.phase = Phase.CLOSED
    game.emit(told.ExerciseClosed())


def report_gap(game: Game, command: ask.ReportGap) -> None:
    """A gap met while nothing was running only adds to the one that waits for an answer."""
    if game.life.phase not in (Phase.BRIEFING, Phase.PLAY):
        raise Refused("not-in-play", {})
    game.life.gap_ms = (game.life.gap_ms or 0) + command.gap_ms
    game.life.paused = True
    game.emit(told.ExerciseInterrupted(gap_ms=command.gap_ms))


def answer_gap(game: Game, command: ask.AnswerGap) -> None:
    """As a pause, or as time played: then what became late is held, and leaves only on order.

    Either way the exercise stays paused until the director resumes.
    """
    gap_ms = game.life.gap_ms
    if gap_ms is None:
        raise Refused("no-gap", {})
    game.life.gap_ms = None
    game.emit(told.GapAnswered(answer=command.answer))
    if command.answer is GapAnswer.PAUSE or gap_ms == 0:
        return
    to_ms = game.now_ms + gap_ms
    if game.life.phase is Phase.BRIEFING:
        to_ms = min(to_ms, 0)
    if to_ms <= game.now_ms:
        return
    from_ms = game.now_ms
    bound = to_ms if game.life.phase is Phase.PLAY else min(to_ms, -1)
    # Deadlines, replies and call-backs did run; what would have left is only proposed.
    game.asleep = True
    for _ in game.agenda.instants(bound):
        pass
    game.asleep = False
    game.emit(told.ExerciseAdvanced(from_ms=from_ms, to_ms=to_ms))
    game.agenda.move_to(to_ms)
