"""Whose number is it really, however it is written? Emergency, authority, press, fiction, nobody.

The list is data, `real_numbers.yaml`; what cannot be listed (every town's police station) is left
to whoever reads the directory again.
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from pydantic import Field

from cyberex.scenario.typed import read_model
from cyberex.scenario.words import Prose
from cyberex.scenario.world import Node

_FILLER = re.compile(r"[\s.\-‐‑–/_()\u00a0\u202f]")
_EXTENSION = re.compile(r"(?:\b(?:postes?|internes?|ext(?:ension)?|dect|bip)\b)[\s.:]*", re.I)
_MAIL = re.compile(
    r"[A-Za-z0-9._%+'-]+@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}"
)
NOWHERE = (".example", ".test", ".invalid", ".localhost")


class RealNumber(Node):
    """Un numéro et celui qui y répond."""

    number: Prose
    who: Prose


class ShortNumbers(Node):
    """Tous les numéros d'une longueur qui commencent pareil."""

    begins: Prose
    length: int
    who: Prose


class RealNumbers(Node):
    """Le fichier des numéros réels."""

    cyberex_numbers: int = Field(ge=1, le=1)
    verified_on: Prose
    numbers: tuple[RealNumber, ...]
    short_numbers: tuple[ShortNumbers, ...]
    fiction: tuple[Prose, ...]
    mail_domains: tuple[Prose, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """The file made ready to be searched; keys are bare digits."""

    verified_on: str
    owners: dict[str, str]
    short: tuple[ShortNumbers, ...]
    fiction: tuple[str, ...]
    domains: tuple[str, ...]


@cache
def real_numbers() -> Book:
    """The list that cyberex carries."""
    path = Path(str(resources.files("cyberex.scenario.facility"))) / "real_numbers.yaml"
    reading = read_model(path, RealNumbers)
    if reading.value is None or reading.problems:
        raise ValueError(f"{path}: {reading.problems[:1]}")
    read = reading.value
    return Book(
        read.verified_on,
        {digits_of(item.number): item.who for item in read.numbers},
        read.short_numbers,
        tuple(digits_of(item) for item in read.fiction),
        read.mail_domains,
    )


def digits_of(phone: str) -> str:
    """The number as it is dialled inside France: `+33 (0)1.99` is `0199`. An extension is "".

    Anything that is neither a digit, filler nor a prefix stays, so that the caller sees it.
    """
    outside = _EXTENSION.split(phone)[0]
    bare = _FILLER.sub("", outside.replace("(0)", ""))
    for prefix in ("+33", "0033"):
        if bare.startswith(prefix):
            return "0" + bare.removeprefix(prefix).removeprefix("0")
    return bare


def is_extension(phone: str) -> bool:
    """`poste 4512`: a number inside the facility, which may look like a short one."""
    return _EXTENSION.match(phone.strip()) is not None and any(char.isdigit() for char in phone)


def is_phone(phone: str) -> bool:
    """True if `phone` can be dialled: 2 to 15 digits, or an extension."""
    digits = digits_of(phone).removeprefix("+")
    return is_extension(phone) or (digits.isascii() and digits.isdigit() and 2 <= len(digits) <= 15)


def real_owner(phone: str) -> str | None:
    """Who answers for real, if it is an emergency, an authority, the press or a short number."""
    if is_extension(phone):
        return None
    book = real_numbers()
    digits = digits_of(phone)
    if digits in book.owners:
        return book.owners[digits]
    for numbers in book.short:
        if len(digits) == numbers.length and digits.startswith(numbers.begins):
            return numbers.who
    return None


def is_fictional(phone: str) -> bool:
    """True for the ranges kept for fiction: they may be shown, they never ring."""
    return digits_of(phone).startswith(real_numbers().fiction)


def is_mail(email: str) -> bool:
    """True if `email` looks like an address that a mail program would accept."""
    return len(email) <= 254 and ".." not in email and _MAIL.fullmatch(email) is not None


def real_mail_owner(email: str) -> str | None:
    """The domain of an authority or of the press that the address belongs to."""
    domain = email.rpartition("@")[2].lower()
    found = (d for d in real_numbers().domains if domain == d or domain.endswith("." + d))
    return next(found, None)


def goes_nowhere(email: str) -> bool:
    """True for the domains kept for examples: no message ever arrives."""
    return email.lower().endswith(NOWHERE)
