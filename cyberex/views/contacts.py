"""Who rang whom? Incoming calls and messages, and what was learnt of each since."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from cyberex.facts.animation_commands import DetailContact
from cyberex.facts.animation_events import (
    ContactAnswered,
    ContactDetailed,
    ContactHanded,
    ContactPromised,
    ContactRefused,
)
from cyberex.facts.commands import LogContact
from cyberex.facts.exercise_events import CommandUndone
from cyberex.facts.model import Recorded, TextRef
from cyberex.facts.world_events import ContactLogged, ContactWithdrawn, MilestoneReached
from cyberex.plan.model import Plan
from cyberex.views.casting import Casting
from cyberex.views.fold import Fold

NO_TEXT = TextRef("")


@dataclass(frozen=True, slots=True)
class Contact:
    """Players reached (or tried to reach) an actor; `actor` "" is not in the directory.

    `promised_ms` is when the actor said they would ring back, `voice` to whom it was handed ("":
    to the actor's own). `milestone` is what the call declared. `refused`: its line is down in the
    fiction. `origin` is who recorded it: `console`, or players by themselves, `portal` and `mail`.
    `wrote` is what it was recorded with: `text` may since have been detailed by the animation.
    """

    contact: str
    seq: int
    sim_ms: int
    wall_at: str
    actor: str
    cell: str
    channel: str
    text: TextRef
    refused: bool
    milestone: str = ""
    promised_ms: int | None = None
    voice: str = ""
    answered_ms: int | None = None
    withdrawn: bool = False
    origin: str = ""
    wrote: TextRef = NO_TEXT

    @property
    def written(self) -> bool:
        """By the players themselves, not told to the animation."""
        return self.origin in ("portal", "mail")


class Contacts(Fold):
    def __init__(self, _: Plan, casting: Casting) -> None:
        super().__init__()
        self._casting = casting
        self._contacts: dict[str, Contact] = {}
        self._declarations: dict[str, str] = {}
        self.on(ContactLogged, self._logged)
        self.on(ContactDetailed, self._detailed)
        self.on(ContactRefused, self._refused)
        self.on(ContactHanded, self._handed)
        self.on(ContactPromised, self._promised)
        self.on(ContactAnswered, self._answered)
        self.on(ContactWithdrawn, self._withdrawn)
        self.on(CommandUndone, self._undone)
        self.on(MilestoneReached, self._reached)

    # What can be asked

    @property
    def all(self) -> tuple[Contact, ...]:
        """Every contact that was not withdrawn, oldest first."""
        return tuple(item for item in self._contacts.values() if not item.withdrawn)

    @property
    def latest(self) -> Contact | None:
        """The one that is most likely being detailed."""
        kept = (item for item in reversed(self._contacts.values()) if not item.withdrawn)
        return next(kept, None)

    def contact(self, contact: str) -> Contact | None:
        """Also one that was withdrawn; None if nobody recorded it."""
        return self._contacts.get(contact)

    def voice_of(self, contact: str) -> str:
        """To whom it was handed, else the voice of the actor that was rung."""
        known = self._contacts.get(contact)
        if known is None:
            return ""
        return known.voice or self._casting.voice_of(known.actor)

    # What happened

    def apply(self, recorded: Recorded) -> None:
        super().apply(recorded)
        request = recorded.request
        if request is None:
            return
        # No event says what a call declared when that was known before: the command does.
        command = request.command
        if isinstance(command, LogContact):
            origin = request.origin
            self._change(recorded.cause, lambda item: replace(item, origin=origin))
            self._declared(recorded.cause, recorded.cause, command.milestone)
        elif isinstance(command, DetailContact):
            self._declared(recorded.cause, command.contact, command.milestone)

    def _declared(self, cause: str, contact: str, milestone: str) -> None:
        known = self._contacts.get(contact)
        if milestone and known is not None and not known.refused:
            self._declarations[cause] = contact
            self._change(contact, lambda item: replace(item, milestone=milestone))

    def _change(self, contact: str, change: Callable[[Contact], Contact]) -> None:
        known = self._contacts.get(contact)
        if known is not None:
            self._contacts[contact] = change(known)
            self.version += 1

    def _reached(self, _: Recorded, __: MilestoneReached) -> None:
        """It may be the first event of a detail, which carries the request."""

    def _logged(self, recorded: Recorded, event: ContactLogged) -> None:
        self._contacts[event.contact] = Contact(
            event.contact,
            recorded.seq,
            recorded.sim_ms,
            recorded.wall_at,
            event.actor,
            event.cell,
            event.channel,
            event.text,
            event.refused,
            wrote=event.text,
        )

    def _detailed(self, _: Recorded, event: ContactDetailed) -> None:
        self._change(
            event.contact,
            lambda item: replace(
                item,
                cell=event.cell or item.cell,
                channel=event.channel or item.channel,
                text=event.text or item.text,
            ),
        )

    def _refused(self, recorded: Recorded, event: ContactRefused) -> None:
        declared_now = self._declarations.get(recorded.cause) == event.contact
        self._change(
            event.contact,
            lambda item: replace(
                item,
                refused=True,
                channel=event.channel or item.channel,
                milestone="" if declared_now else item.milestone,
            ),
        )

    def _handed(self, _: Recorded, event: ContactHanded) -> None:
        self._change(event.contact, lambda item: replace(item, voice=event.voice))

    def _promised(self, _: Recorded, event: ContactPromised) -> None:
        self._change(
            event.contact,
            lambda item: replace(item, promised_ms=event.due_ms, answered_ms=None),
        )

    def _answered(self, _: Recorded, event: ContactAnswered) -> None:
        now_ms = self.now_ms
        self._change(event.contact, lambda item: replace(item, answered_ms=now_ms))

    def _withdrawn(self, _: Recorded, event: ContactWithdrawn) -> None:
        self._change(event.contact, lambda item: replace(item, withdrawn=True))

    def _undone(self, _: Recorded, event: CommandUndone) -> None:
        contact = self._declarations.pop(event.undoes, "")
        self._change(contact, lambda item: replace(item, milestone=""))
