"""Who may come in: accesses recorded by digest, codes to join that are never recorded.

A token is 256 random bits, known to its browser alone; the journal holds its SHA-256. A join code
is short because people type it, so it lives ten minutes, in memory, and guesses are counted.
"""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass

from cyberex.exercise.clocks import Clocks
from cyberex.exercise.running import Exercise
from cyberex.facts.delivery_commands import GrantAccess, RevokeAccess
from cyberex.portal.audience import Audience
from cyberex.portal.limits import PerKey
from cyberex.portal.session import TOKEN_BYTES, digest_of
from cyberex.views.access import Grant

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without 0 and O, 1, I and L, which people mistake for one another."""
CODE_LENGTH = 8
CODE_LIFE_S = 600.0
GRACE_S = 120.0
"""A code shown just before it was renewed can still be typed."""
WRONG_OF_ADDRESS, WRONG_OF_ALL, WINDOW_S = 10, 1_000, 60.0
"""Of all: so many that a few devices cannot keep the honest out; a code has 8.5e11 rivals."""
JOINED_OF_ADDRESS, JOINED_OF_ALL = 60, 240
"""A whole hospital may come from one address; each access is written in the journal."""


class Accesses:
    """Every access of one exercise, as recorded; none is good once the exercise is closed."""

    def __init__(self, exercise: Exercise, clocks: Clocks) -> None:
        self._exercise = exercise
        self.codes = JoinCodes(clocks)

    def find(self, token: str) -> Grant | None:
        """The access that this token opens; None if there is none, or none any more."""
        return self._exercise.board.access.find(digest_of(token))

    def is_good(self, grant: Grant) -> bool:
        """Neither revoked since nor of a closed exercise."""
        return self._exercise.board.access.grant(grant.grant) is not None

    async def give(self, audience: Audience, person: str = "") -> str:
        """A new access; its token, which is kept nowhere."""
        token = secrets.token_urlsafe(TOKEN_BYTES)
        command = GrantAccess(
            grant=secrets.token_hex(8),
            digest=digest_of(token),
            kind=audience.kind,
            cell=audience.cell,
            role=audience.role,
            voice=audience.voice,
            person=person,
        )
        await self._exercise.submit(command, by="portal", origin="portal")
        return token

    async def revoke(self, grant: str = "") -> None:
        """Close an access, "": every access; its streams end."""
        if grant or self._exercise.board.access.grants:
            await self._exercise.submit(RevokeAccess(grant=grant))


@dataclass(frozen=True, slots=True)
class JoinCode:
    """`text` lets into `audience` until `until_s` (monotonic clock), grace apart."""

    text: str
    audience: Audience
    until_s: float


class JoinCodes:
    """One code an audience, renewed when it is asked for past its time. In memory only."""

    def __init__(self, clocks: Clocks) -> None:
        self._clocks = clocks
        self._codes: dict[Audience, JoinCode] = {}
        self._older: dict[Audience, JoinCode] = {}
        self._wrong = PerKey(clocks, WRONG_OF_ADDRESS, WINDOW_S)
        self._wrong_of_all = PerKey(clocks, WRONG_OF_ALL, WINDOW_S)
        self._joined = PerKey(clocks, JOINED_OF_ADDRESS, WINDOW_S)
        self._joined_of_all = PerKey(clocks, JOINED_OF_ALL, WINDOW_S)

    def code(self, audience: Audience) -> JoinCode:
        """The code to show now."""
        found = self._codes.get(audience)
        now_s = self._clocks.monotonic_s()
        if found is not None and now_s < found.until_s:
            return found
        if found is not None:
            self._older[audience] = found
        text = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
        self._codes[audience] = JoinCode(text, audience, now_s + CODE_LIFE_S)
        return self._codes[audience]

    def withdraw(self, audience: Audience | None = None) -> None:
        """No code shown so far (to `audience`) is good any more."""
        for codes in (self._codes, self._older):
            if audience is None:
                codes.clear()
            else:
                codes.pop(audience, None)

    def may_try(self, address: str) -> bool:
        """False while this address, or all together, guessed wrong too often."""
        return self._wrong.allows(address) and self._wrong_of_all.allows("")

    def take_access(self, address: str) -> bool:
        """One more device comes in; False while too many did from this address, or in all."""
        return self._joined.take(address) and self._joined_of_all.take("")

    def audience_of(self, typed: str, address: str) -> Audience | None:
        """Whom a typed code lets into; None for a wrong one, which is counted. `may_try` first."""
        now_s = self._clocks.monotonic_s()
        wanted = plain(typed)
        for code in self._all():
            if secrets.compare_digest(code.text, wanted) and now_s < code.until_s + GRACE_S:
                return code.audience
        self._wrong.take(address)
        self._wrong_of_all.take("")
        return None

    def _all(self) -> Iterator[JoinCode]:
        yield from self._codes.values()
        yield from self._older.values()


def plain(typed: str) -> str:
    """As codes are kept: capitals, without the spaces and dashes people add; "" if it cannot be
    one."""
    kept = "".join(char for char in typed.upper() if char not in " -.\u00a0\t")
    return kept if len(kept) == CODE_LENGTH and kept.isascii() else ""
