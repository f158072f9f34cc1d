"""Commands on what leaves by itself: outboxes, attempts at mail, contact test.

The interlocks stand here, where no screen and no mail server can go around them: mail opens only
once its test was confirmed, and no attempt begins while the exercise is paused.
"""

from cyberex.engine.expectations import withdraw_expectations
from cyberex.engine.game import Game, rank_of
from cyberex.engine.legs import deliver, dispatch, find_leg, leave_channel
from cyberex.engine.state import LegState, LegStatus, Occurrence, Phase, Refused, Status
from cyberex.facts import delivery_commands as ask
from cyberex.facts import delivery_events as told
from cyberex.facts.model import Outbox
from cyberex.facts.stimulus_events import DeliveryWithdrawn

WRITTEN = ("email", "sms", "media")
"""Kinds of channel whose messages need nobody to say or to carry them."""

LEAVING = frozenset({LegStatus.LEAVING})
SENT_OR_NOT = frozenset({LegStatus.LEAVING, LegStatus.UNCERTAIN})
STOPPED = frozenset({LegStatus.FAILED, LegStatus.UNCERTAIN})


def open_outbox(game: Game, command: ask.OpenOutbox) -> None:
    if command.cell not in game.plan.cells:
        raise Refused("unknown-cell", {"cell": command.cell})
    game.check_role(command.role, command.cell)
    if not command.kinds:
        raise Refused("nothing-to-change", {})
    for kind in command.kinds:
        if kind not in WRITTEN:
            raise Refused("not-a-message", {"channel": kind})
    if command.outbox is Outbox.MAIL and not game.outboxes.mail_confirmed:
        raise Refused("mail-not-confirmed", {})
    roles = game.outboxes.open.setdefault((command.outbox, command.cell), {})
    kinds = frozenset(command.kinds)
    if roles.get(command.role) == kinds:
        raise Refused("already-open", {"cell": command.cell})
    roles[command.role] = kinds
    game.emit(
        told.OutboxOpened(
            outbox=command.outbox, cell=command.cell, kinds=command.kinds, role=command.role
        )
    )


def close_outbox(game: Game, command: ask.CloseOutbox) -> None:
    """What it delivered unread, and what it had yet to send, goes to the call sheets."""
    if command.cell and command.cell not in game.plan.cells:
        raise Refused("unknown-cell", {"cell": command.cell})
    cells = [
        cell
        for outbox, cell in game.outboxes.open
        if outbox is command.outbox and command.cell in (cell, "")
    ]
    if not cells:
        raise Refused("not-open", {"cell": command.cell})
    for cell in cells:
        del game.outboxes.open[command.outbox, cell]
    game.emit(told.OutboxClosed(outbox=command.outbox, cell=command.cell))
    if game.life.phase not in (Phase.BRIEFING, Phase.PLAY):
        return
    for occurrence in sorted(game.occurrences.values(), key=rank_of):
        for leg in occurrence.legs.values():
            if leg.outbox is command.outbox and leg.cell in cells:
                _return(game, occurrence, leg)
    game.take_undo()


def _return(game: Game, occurrence: Occurrence, leg: LegState) -> None:
    """To an animator, unless somebody read it or an attempt is under way. What its delivery
    brought about stands; what it was to bring about in the rooms is waited for anew."""
    if leg.status is LegStatus.LEAVING and not leg.under_way:
        dispatch(game, occurrence, leg)
    unread = leg.status is LegStatus.DELIVERED and leg.outbox is Outbox.PORTAL
    if not unread or occurrence.status not in (Status.LEFT, Status.DELIVERED):
        return
    occurrence.status, occurrence.returned = Status.LEFT, True
    game.emit(
        DeliveryWithdrawn(stimulus=occurrence.stimulus.id, occurrence=occurrence.id, cell=leg.cell)
    )
    withdraw_expectations(game, occurrence, leg.cell)
    dispatch(game, occurrence, leg)


def confirm_mail(game: Game, _: ask.ConfirmMail) -> None:
    if not game.outboxes.tested:
        raise Refused("no-contact-test", {})
    if game.outboxes.mail_confirmed:
        raise Refused("already-confirmed", {})
    game.outboxes.mail_confirmed = True
    game.emit(told.MailConfirmed())


# Attempts


def attempt(game: Game, command: ask.AttemptDelivery) -> None:
    """Recorded before anything is sent: after a crash one knows what may have left."""
    occurrence = game.find(command.stimulus)
    if not game.life.running:
        raise Refused("paused", {})
    leg = find_leg(occurrence, command.cell, LEAVING, "nothing-leaving")
    if leg.started:
        raise Refused("attempt-under-way", {"stimulus": occurrence.id})
    leg.started = True
    leg.attempts += 1
    game.emit(
        told.DeliveryAttempted(
            stimulus=occurrence.stimulus.id,
            occurrence=occurrence.id,
            cell=leg.cell,
            attempt=leg.attempts,
            message=command.message,
        )
    )


def report_sent(game: Game, command: ask.ReportSent) -> None:
    """The server took it, or the director knows that it arrived after a doubt."""
    occurrence, leg = _attempted(game, command.stimulus, command.cell, SENT_OR_NOT)
    game.emit(
        told.DeliverySucceeded(
            stimulus=occurrence.stimulus.id,
            occurrence=occurrence.id,
            cell=leg.cell,
            attempt=leg.attempts,
            refused=command.refused,
        )
    )
    if occurrence.status is Status.LEFT:
        deliver(game, occurrence, leg, "")
    else:  # FINEX came while it was on its way.
        leg.status, leg.started = LegStatus.DELIVERED, False
    game.take_undo()  # What left cannot be called back.


def report_failure(game: Game, command: ask.ReportFailure) -> None:
    occurrence, leg = _attempted(game, command.stimulus, command.cell, LEAVING)
    leg.started = False
    channel_fell = bool(leg.channel) and game.channel_is_down(leg.channel)
    game.emit(
        told.DeliveryFailed(
            stimulus=occurrence.stimulus.id,
            occurrence=occurrence.id,
            cell=leg.cell,
            attempt=leg.attempts,
            code=command.code,
            again=command.again,
        )
    )
    if not command.again:
        _stop(game, occurrence, leg, LegStatus.FAILED)
    elif occurrence.status is Status.LEFT and channel_fell:
        dispatch(game, occurrence, leg)


def report_doubt(game: Game, command: ask.ReportDoubt) -> None:
    occurrence, leg = _attempted(game, command.stimulus, command.cell, LEAVING)
    game.emit(
        told.DeliveryUncertain(
            stimulus=occurrence.stimulus.id,
            occurrence=occurrence.id,
            cell=leg.cell,
            attempt=leg.attempts,
        )
    )
    _stop(game, occurrence, leg, LegStatus.UNCERTAIN)


def _attempted(
    game: Game, stimulus: str, cell: str, wanted: frozenset[LegStatus]
) -> tuple[Occurrence, LegState]:
    occurrence = game.find(stimulus)
    leg = find_leg(occurrence, cell, wanted, "nothing-leaving")
    if leg.status is LegStatus.LEAVING and not leg.started:
        raise Refused("nothing-leaving", {"stimulus": occurrence.id})
    return occurrence, leg


def _stop(game: Game, occurrence: Occurrence, leg: LegState, status: LegStatus) -> None:
    """It waits for the director, on the channel it had."""
    channel = leg.channel
    leave_channel(game, occurrence, leg)
    leg.status, leg.channel, leg.started, leg.outbox = status, channel, False, Outbox.MAIL


def resend(game: Game, command: ask.Resend) -> None:
    """The director's answer: leave again, by mail if it still can, else as it would leave now."""
    occurrence = game.find(command.stimulus)
    leg = find_leg(occurrence, command.cell, STOPPED, "not-to-resend")
    if occurrence.status is not Status.LEFT:
        raise Refused("not-to-resend", {"stimulus": occurrence.id})
    if not game.life.running:
        raise Refused("paused", {})
    game.emit(
        told.DeliveryResent(
            stimulus=occurrence.stimulus.id, occurrence=occurrence.id, cell=leg.cell
        )
    )
    dispatch(game, occurrence, leg)
    game.take_undo()


# Contact test


def start_test(game: Game, command: ask.StartContactTest) -> None:
    if not command.people:
        raise Refused("nothing-to-change", {})
    game.outboxes.tested = True
    game.emit(told.ContactTestStarted(people=command.people))


def report_test_sent(game: Game, command: ask.ReportTestSent) -> None:
    _check_tested(game)
    game.emit(told.ContactTestSent(person=command.person, way=command.way))


def report_test_failed(game: Game, command: ask.ReportTestFailed) -> None:
    _check_tested(game)
    game.emit(told.ContactTestFailed(person=command.person, way=command.way, code=command.code))


def report_test_received(game: Game, command: ask.ReportTestReceived) -> None:
    _check_tested(game)
    received = (command.person, command.way)
    if received in game.outboxes.received:
        raise Refused("nothing-to-change", {})
    game.outboxes.received.add(received)
    game.emit(told.ContactTestReceived(person=command.person, way=command.way))


def _check_tested(game: Game) -> None:
    if not game.outboxes.tested:
        raise Refused("no-contact-test", {})
