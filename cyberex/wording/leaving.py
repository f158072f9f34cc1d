"""What leaves by itself, who may look and what players write, as sentences and words."""

from collections.abc import Callable, Mapping

from cyberex.facts import delivery_events as sent
from cyberex.facts.model import AccessKind, CellLineKind, Event, Outbox, TestWay
from cyberex.i18n import _
from cyberex.wording.clean import clean_line
from cyberex.wording.telling import Teller, Telling


def outbox(value: Outbox) -> str:
    return {Outbox.PORTAL: _("the portal"), Outbox.MAIL: _("mail")}[value]


def access_kind(value: AccessKind) -> str:
    return {
        AccessKind.PLAYER: _("player"),
        AccessKind.OBSERVER: _("observer"),
        AccessKind.ANIMATOR: _("animator"),
        AccessKind.WALL: _("wall screen"),
    }[value]


def contact_way(value: TestWay) -> str:
    return {
        TestWay.MAIL: _("mail"),
        TestWay.ATTACHMENT: _("mail with a file"),
        TestWay.PORTAL: _("the portal"),
        TestWay.PHONE: _("telephone"),
    }[value]


def cell_line_kind(value: CellLineKind) -> str:
    return {
        CellLineKind.FACT: _("fact"),
        CellLineKind.DECISION: _("decision"),
        CellLineKind.ACTION: _("action"),
        CellLineKind.SITUATION: _("situation report"),
    }[value]


def failure(code: str) -> str:
    """Why a mail did not leave; a code nobody foresaw is shown as it is."""
    said = FAILURES.get(code)
    if said is not None:
        return said()
    kind, _sep, number = code.partition("-")
    if kind == "smtp" and number.isdecimal():
        sentence = (
            _("the mail server says: later (code {number})")
            if number.startswith("4")
            else _("the mail server refuses it (code {number})")
        )
        return sentence.format(number=number)
    return clean_line(code)


def short_failure(code: str) -> str:
    """In a word or two, where a sentence does not fit."""
    said = SHORT_FAILURES.get(code)
    if said is not None:
        return said()
    kind, _sep, number = code.partition("-")
    if kind == "smtp" and number.isdecimal():
        words = _("later ({number})") if number.startswith("4") else _("refused ({number})")
        return words.format(number=number)
    return failure(code)


SHORT_FAILURES: Mapping[str, Callable[[], str]] = {
    "certificate": lambda: _("certificate"),
    "connect": lambda: _("unreachable"),
    "cut": lambda: _("cut off"),
    "dry-run": lambda: _("folder"),
    "interrupted": lambda: _("interrupted"),
    "no-address": lambda: _("no address"),
    "no-server": lambda: _("no server"),
    "not-allowed": lambda: _("not allowed"),
    "not-written": lambda: _("could not be made"),
    "smtp-login": lambda: _("password"),
    "smtp-unsupported": lambda: _("no encryption"),
    "timeout": lambda: _("no answer from it"),
    "uncertain": lambda: _("uncertain"),
}
"""Called when shown: the language is chosen at start. Every code of `FAILURES`."""

FAILURES: Mapping[str, Callable[[], str]] = {
    "certificate": lambda: _("the certificate of the mail server is not trusted"),
    "connect": lambda: _("the mail server cannot be reached"),
    "cut": lambda: _("the mail server hung up"),
    "dry-run": lambda: _("the folder of the dry run cannot be written to"),
    "interrupted": lambda: _("interrupted: nobody knows whether it left"),
    "no-address": lambda: _("nobody there has an address"),
    "no-server": lambda: _("no mail server is configured"),
    "not-allowed": lambda: _("an address is not of this exercise"),
    "not-written": lambda: _("the message could not be made"),
    "smtp-login": lambda: _("the mail server refuses the password"),
    "smtp-unsupported": lambda: _("the mail server offers no encryption or no login"),
    "timeout": lambda: _("the mail server does not answer"),
    "uncertain": lambda: _("nobody knows whether it left"),
}
"""Called when shown: the language is chosen at start. The codes are those of `delivery`."""


def _opened(event: sent.OutboxOpened, told: Telling) -> str:
    who = told.names.cell(event.cell)
    if event.role:
        who += ", " + told.names.role(event.role)
    return _("{outbox} opened for {who}").format(outbox=outbox(event.outbox), who=who)


def _closed(event: sent.OutboxClosed, told: Telling) -> str:
    if not event.cell:
        return _("{outbox} closed").format(outbox=outbox(event.outbox))
    return _("{outbox} closed for {who}").format(
        outbox=outbox(event.outbox), who=told.names.cell(event.cell)
    )


def _leaving(event: sent.StimulusLeaving, told: Telling) -> str:
    said = _("{stimulus}: leaves by {outbox}").format(
        stimulus=told.stimulus(event), outbox=outbox(event.outbox)
    )
    if event.instead_of:
        said += ", " + _("by {channel} instead of {wanted}").format(
            channel=told.names.channel(event.channel), wanted=told.names.channel(event.instead_of)
        )
    return said


def _failed(event: sent.DeliveryFailed, told: Telling) -> str:
    sentence = (
        _("{stimulus}: not sent ({why}), will be tried again")
        if event.again
        else _("{stimulus}: not sent ({why}), choose what to do")
    )
    return sentence.format(stimulus=told.stimulus(event), why=failure(event.code))


def _succeeded(event: sent.DeliverySucceeded, told: Telling) -> str:
    if not event.refused:
        return _("{stimulus}: sent").format(stimulus=told.stimulus(event))
    return _("{stimulus}: sent, but the address was refused for {who}").format(
        stimulus=told.stimulus(event), who=told.names.receivers(event.refused)
    )


def _uncertain(event: sent.DeliveryUncertain, told: Telling) -> str:
    return _("{stimulus}: nobody knows whether it left").format(stimulus=told.stimulus(event))


def _resent(event: sent.DeliveryResent, told: Telling) -> str:
    return _("{stimulus}: sent again").format(stimulus=told.stimulus(event))


def _test_failed(event: sent.ContactTestFailed, told: Telling) -> str:
    return _("contact test: {who} not reached by {way} ({why})").format(
        who=told.names.who(event.person), way=contact_way(event.way), why=failure(event.code)
    )


def _revoked(event: sent.AccessRevoked, _told: Telling) -> str:
    return _("an access was revoked") if event.grant else _("every access was revoked")


def _cell_line(event: sent.CellLineWritten, told: Telling) -> str:
    said = _("log of the cell, {kind}").format(kind=cell_line_kind(event.kind))
    known = [
        clean_line(told.text(event.owner)) if event.owner else "",
        _("for {hour}").format(hour=clean_line(event.due)) if event.due else "",
    ]
    details = ", ".join(item for item in known if item)
    return f"{said} ({details})" if details else said


TELLERS: Mapping[type[Event], Teller] = {
    sent.OutboxOpened: _opened,
    sent.OutboxClosed: _closed,
    sent.MailConfirmed: lambda _event, _told: _("mail confirmed: it really leaves from now on"),
    sent.StimulusLeaving: _leaving,
    sent.DeliveryFailed: _failed,
    sent.DeliverySucceeded: _succeeded,
    sent.DeliveryUncertain: _uncertain,
    sent.DeliveryResent: _resent,
    sent.ContactTestStarted: lambda _event, _told: _("contact test started"),
    sent.ContactTestFailed: _test_failed,
    sent.AccessRevoked: _revoked,
    sent.CellLineWritten: _cell_line,
}

COMMAND_WORDS: Mapping[str, Callable[[], str]] = {
    "outbox.open": lambda: _("opening of an outbox"),
    "outbox.close": lambda: _("closing of an outbox"),
    "outbox.confirm": lambda: _("mail confirmed"),
    "delivery.attempt": lambda: _("attempt at sending"),
    "delivery.succeed": lambda: _("sent"),
    "delivery.fail": lambda: _("not sent"),
    "delivery.doubt": lambda: _("doubtful sending"),
    "delivery.resend": lambda: _("send again"),
    "contact_test.start": lambda: _("contact test"),
    "contact_test.sent": lambda: _("contact test, sent"),
    "contact_test.fail": lambda: _("contact test, failed"),
    "contact_test.receive": lambda: _("contact test, received"),
    "access.grant": lambda: _("access given"),
    "access.revoke": lambda: _("access revoked"),
    "stimulus.claim": lambda: _("call taken"),
    "stimulus.unclaim": lambda: _("call given back"),
    "contact.reply": lambda: _("reply in writing"),
    "cell_log.write": lambda: _("log of the cell"),
}
"""Called when shown: the language is chosen at start."""
