"""To whom may mail leave? Only to people of the exercise's own directory: the interlock.

An `Addressee` cannot be made elsewhere than here, transports take nothing else, and each checks the
whole message once more just before it leaves. Never here: a way to add an address.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import getaddresses
from typing import Final, final

from cyberex.facts.people import Person

_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9._+'=&~-]*[A-Za-z0-9_+'=&~-])?")
_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
LONGEST = 254
_LONGEST_LOCAL = 64

RECEIVERS = ("To", "Cc", "Bcc", "Resent-To", "Resent-Cc", "Resent-Bcc")
ASKING_FOR_MAIL = ("Disposition-Notification-To", "Return-Receipt-To", "Errors-To")
"""Headers that make other programs write to somebody."""

_SEAL: Final = object()


class NotAllowed(Exception):  # noqa: N818 - an answer of the interlock
    """A message that would have left for somebody outside the directory. It did not leave."""


def normalised(email: str) -> str | None:
    """`email` as it is compared and sent, in lower case; None if it is not one plain address.

    Refused, though some server may take them: quoted or non-ASCII parts, names before the address,
    lists, routes (`a%b@c`, `a!b@c`), addresses of machines, a domain without a dot.
    """
    address = email.strip(" ")
    local, at, domain = address.partition("@")
    if not at or len(address) > LONGEST or len(local) > _LONGEST_LOCAL:
        return None
    if _LOCAL.fullmatch(local) is None or ".." in local:
        return None
    labels = domain.split(".")
    if len(labels) < 2 or labels[-1].isdigit():
        return None
    if not all(_LABEL.fullmatch(label) for label in labels):
        return None
    return address.lower()


@final
class Addressee:
    """One person of the directory with their address. Only `AllowList` makes them."""

    __slots__ = ("_address", "_person")

    def __init__(self, seal: object, person: str, address: str) -> None:
        if seal is not _SEAL:
            raise TypeError("an Addressee comes from an AllowList")
        self._person = person
        self._address = address

    @property
    def person(self) -> str:
        """Their id."""
        return self._person

    @property
    def address(self) -> str:
        return self._address

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Addressee) and (self._person, self._address) == (
            other._person,
            other._address,
        )

    def __hash__(self) -> int:
        return hash((self._person, self._address))

    def __repr__(self) -> str:
        return f"Addressee({self._person!r})"

    def __reduce__(self) -> str | tuple[object, ...]:
        raise TypeError("an Addressee does not leave the program")


@dataclass(frozen=True, slots=True)
class Unreachable:
    """Somebody without an address (`email` ""), or with one that cannot be used."""

    person: str
    email: str


class AllowList:
    """The addresses of one exercise, from its directory. Two people may share an address."""

    def __init__(self, people: Iterable[Person]) -> None:
        self._people: dict[str, Addressee] = {}
        self._by_address: dict[str, list[str]] = {}
        unreachable = []
        for person in people:
            address = normalised(person.email)
            if address is None:
                unreachable.append(Unreachable(person.id, person.email))
                continue
            self._people[person.id] = Addressee(_SEAL, person.id, address)
            self._by_address.setdefault(address, []).append(person.id)
        self.unreachable: tuple[Unreachable, ...] = tuple(unreachable)

    def __len__(self) -> int:
        return len(self._people)

    def __contains__(self, addressee: object) -> bool:
        if not isinstance(addressee, Addressee):
            return False
        return self._people.get(addressee.person) == addressee

    def of(self, person: str) -> Addressee | None:
        """None for somebody who cannot be written to."""
        return self._people.get(person)

    def all_of(self, people: Iterable[str]) -> tuple[Addressee, ...]:
        """Those who can be written to, each address once."""
        found: dict[str, Addressee] = {}
        for person in people:
            addressee = self._people.get(person)
            if addressee is not None:
                found.setdefault(addressee.address, addressee)
        return tuple(found.values())

    def people_at(self, email: str) -> tuple[str, ...]:
        """Who has this address; () for a stranger."""
        return tuple(self._by_address.get(normalised(email) or "", ()))

    def check(self, message: EmailMessage, to: Sequence[Addressee]) -> None:
        """Last look before it leaves: NotAllowed unless everybody whom the envelope or a header
        names is in the directory."""
        if not to:
            raise NotAllowed("nobody to send it to")
        strangers = [addressee for addressee in to if addressee not in self]
        if strangers:
            raise NotAllowed(f"not in the directory: {strangers!r}")
        envelope = {addressee.address for addressee in to}
        for header in RECEIVERS:
            named = {address for _, address in getaddresses(_values(message, header))}
            if named - envelope:
                raise NotAllowed(f"{header} names somebody outside the envelope")
        for header in ASKING_FOR_MAIL:
            if header in message:
                raise NotAllowed(f"{header} would make others write")


def _values(message: EmailMessage, header: str) -> list[str]:
    return [str(value) for value in message.get_all(header, [])]
