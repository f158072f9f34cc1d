"""Who may come in? Grants that were neither revoked nor ended by the closing of the exercise."""

from dataclasses import dataclass

from cyberex.facts.delivery_events import AccessGranted, AccessRevoked
from cyberex.facts.exercise_events import ExerciseClosed
from cyberex.facts.model import AccessKind, Recorded
from cyberex.plan.model import Plan
from cyberex.views.fold import Fold


@dataclass(frozen=True, slots=True)
class Grant:
    """`digest` is the SHA-256 of the token. `cell`, `role`, `voice`, `person`: as far as they
    count for `kind`, "" otherwise. `wall_at` is when it was given."""

    grant: str
    digest: str
    kind: AccessKind
    cell: str
    role: str
    voice: str
    person: str
    wall_at: str


class Access(Fold):
    def __init__(self, _: Plan) -> None:
        super().__init__()
        self._grants: dict[str, Grant] = {}
        self._by_digest: dict[str, str] = {}
        self._is_closed = False
        self.on(AccessGranted, self._granted)
        self.on(AccessRevoked, self._revoked)
        self.on(ExerciseClosed, self._closed)

    # What can be asked

    @property
    def grants(self) -> tuple[Grant, ...]:
        """Those that let somebody in now, the oldest first."""
        return tuple(self._grants.values())

    def grant(self, grant: str) -> Grant | None:
        return self._grants.get(grant)

    def find(self, digest: str) -> Grant | None:
        """What the bearer of the token with this digest has; None: nothing, or no more."""
        grant = self._by_digest.get(digest)
        return None if grant is None else self._grants.get(grant)

    # What happened

    def _granted(self, recorded: Recorded, event: AccessGranted) -> None:
        if self._is_closed:
            return
        self._forget(event.grant)
        self._grants[event.grant] = Grant(
            event.grant,
            event.digest,
            event.kind,
            event.cell,
            event.role,
            event.voice,
            event.person,
            recorded.wall_at,
        )
        self._by_digest[event.digest] = event.grant

    def _revoked(self, _: Recorded, event: AccessRevoked) -> None:
        for grant in (event.grant,) if event.grant else tuple(self._grants):
            self._forget(grant)

    def _closed(self, _: Recorded, __: ExerciseClosed) -> None:
        self._is_closed = True
        self._grants.clear()
        self._by_digest.clear()

    def _forget(self, grant: str) -> None:
        known = self._grants.pop(grant, None)
        if known is not None and self._by_digest.get(known.digest) == grant:
            del self._by_digest[known.digest]
