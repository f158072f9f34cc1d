"""Who is asking: the bearer of an access, from the cookie of a request to a `Visitor`."""

import hashlib
import hmac
from dataclasses import dataclass

from starlette.requests import Request

from cyberex.facts.model import AccessKind
from cyberex.portal.audience import Audience, audience_of
from cyberex.views.access import Grant

TOKEN_BYTES = 32
LONGEST_TOKEN = 64


@dataclass(frozen=True, slots=True)
class Visitor:
    """The bearer of an access that is good now. `form_token` goes into each form: see `guard`."""

    grant: Grant
    form_token: str

    @property
    def kind(self) -> AccessKind:
        return self.grant.kind

    @property
    def cell(self) -> str:
        return self.grant.cell

    @property
    def role(self) -> str:
        return self.grant.role

    @property
    def voice(self) -> str:
        return self.grant.voice

    @property
    def person(self) -> str:
        return self.grant.person

    @property
    def audience(self) -> Audience:
        return audience_of(self.grant)

    @property
    def by(self) -> str:
        """Whose name commands bear: the person, else the role, the voice, the cell."""
        grant = self.grant
        return grant.person or grant.role or grant.voice or grant.cell or grant.kind.value


def digest_of(token: str) -> str:
    """What is recorded of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def form_token_of(token: str) -> str:
    """Proves that a form was made for this session. Only its browser and this machine know the
    token, and a page left open while the exercise is resumed stays good."""
    return hmac.new(token.encode(), b"cyberex form", hashlib.sha256).hexdigest()


def cookie_name(exercise: str) -> str:
    """One a exercise: two of them on one machine do not log each other out."""
    return f"cyberex_{hashlib.sha256(exercise.encode()).hexdigest()[:8]}"


def token_of(request: Request, cookie: str) -> str:
    """The token that the request bears; "" for none, or for what cannot be one."""
    token = request.cookies.get(cookie, "")
    return token if token.isascii() and len(token) <= LONGEST_TOKEN else ""
