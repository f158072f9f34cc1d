"""What can be asked of what leaves by itself: outboxes, attempts at mail, tests, access, claims.

An outbox is a way out that needs no animator: the portal's pages or the mail server. `stimulus`
fields take an occurrence (`s01#2`) or a stimulus id: then its latest occurrence.
"""

from dataclasses import dataclass

from cyberex.facts.model import (
    AccessKind,
    CellLineKind,
    Command,
    Outbox,
    TestWay,
    TextRef,
)

NO_TEXT = TextRef("")


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenOutbox(Command):
    """From now on messages of these `kinds` of channel leave for `cell` without an animator.

    `role` "": for the whole cell; else for what names that role, or no role. Mail opens only once
    the director has confirmed it (`outbox.confirm`).
    """

    name = "outbox.open"
    outbox: Outbox
    cell: str
    kinds: tuple[str, ...]
    role: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseOutbox(Command):
    """Nothing leaves by it any more (`cell` "": anywhere); what it delivered and nobody
    acknowledged, and what it had yet to send, goes to the call sheets."""

    name = "outbox.close"
    outbox: Outbox
    cell: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmMail(Command):
    """The contact test was looked at: from now on mail really leaves."""

    name = "outbox.confirm"


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptDelivery(Command):
    """Said before each attempt: refused while paused or stopped, so that nothing leaves then.
    `message` is the Message-ID, the same at every attempt."""

    name = "delivery.attempt"
    stimulus: str
    cell: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSent(Command):
    """The server took it; `refused` are the ids of people whose address it did not take."""

    name = "delivery.succeed"
    stimulus: str
    cell: str
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFailure(Command):
    """The attempt failed. `again`: another will be made by itself; else the director chooses."""

    name = "delivery.fail"
    stimulus: str
    cell: str
    code: str
    again: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDoubt(Command):
    """An attempt of which nobody knows how it ended (crash, connection cut after the text)."""

    name = "delivery.doubt"
    stimulus: str
    cell: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resend(Command):
    """The director's answer to a failure or a doubt: let it leave again. Another channel and the
    handing over to an animator are `stimulus.choose_channel`."""

    name = "delivery.resend"
    stimulus: str
    cell: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StartContactTest(Command):
    """Send every one of `people` a test message by each of their ways."""

    name = "contact_test.start"
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTestSent(Command):
    name = "contact_test.sent"
    person: str
    way: TestWay


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTestFailed(Command):
    name = "contact_test.fail"
    person: str
    way: TestWay
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTestReceived(Command):
    """The person acknowledged it (on the portal, by a reply), or the animation was told so."""

    name = "contact_test.receive"
    person: str
    way: TestWay


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantAccess(Command):
    """Let the bearer of a token in. `digest` is the token's SHA-256 in hexadecimal; the token
    itself is never recorded. Which fields count depends on `kind`."""

    name = "access.grant"
    grant: str
    digest: str
    kind: AccessKind
    cell: str = ""
    role: str = ""
    voice: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeAccess(Command):
    """`grant` "": every access given so far."""

    name = "access.revoke"
    grant: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimCall(Command):
    """`voice` takes this call sheet: nobody else begins it while the claim lasts."""

    name = "stimulus.claim"
    stimulus: str
    voice: str
    cell: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseClaim(Command):
    """Given back, taken back by the DIRANIM, or `lapsed`: no heartbeat for 3 minutes."""

    name = "stimulus.unclaim"
    stimulus: str
    cell: str = ""
    lapsed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyToContact(Command):
    """Answer in writing, as the actor that was reached (or as `sender`), to the cell that wrote:
    an ad hoc stimulus sent now, and the contact is answered."""

    name = "contact.reply"
    contact: str
    via: str
    title: TextRef
    text: TextRef
    sender: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteCellLine(Command):
    """A line that the players of `cell` write in their own log. For an action, `owner` is who does
    it and `due` by what hour of the fiction (HH:MM), "" if they did not say."""

    name = "cell_log.write"
    cell: str
    kind: CellLineKind
    text: TextRef
    role: str = ""
    owner: TextRef = NO_TEXT
    due: str = ""
