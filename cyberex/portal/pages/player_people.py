"""Whom players may write to: the game directory, and whoever wrote to them.

An actor stands in the directory when the plan gives them a number or an address, as on paper: the
others are not to be known before they show themselves.
"""

import unicodedata
from dataclasses import dataclass
from hashlib import sha256

from cyberex.plan.model import Actor
from cyberex.portal.page import Asked
from cyberex.portal.pages.player_items import is_cut, received
from cyberex.wording.clean import clean_line

ANIMATION = "animation"
"""The key of the single contact for anybody who is not in the directory."""


@dataclass(frozen=True, slots=True)
class Reachable:
    """`key` names them in a page; `name` and `function` as the directory has them. `actor` "" is
    the animation's single contact."""

    key: str
    actor: str
    name: str
    function: str
    phone: str
    email: str

    @property
    def title(self) -> str:
        return f"{self.name}, {self.function}" if self.function else self.name


def directory(asked: Asked, sought: str = "") -> tuple[Reachable, ...]:
    """By name; `sought`: only those in whose name or function every word of it is found."""
    found = [
        _reachable(asked, actor)
        for actor in asked.exercise.plan.actors.values()
        if actor.phone or actor.email
    ]
    words = plain(sought).split()
    kept = [item for item in found if all(word in plain(item.title) for word in words)]
    return tuple(sorted(kept, key=lambda item: plain(item.title)))


def find(asked: Asked, key: str) -> Reachable | None:
    """Somebody of the directory, or who wrote or rang; None for anybody else."""
    known = {item.key: item for item in directory(asked)}
    for item in received(asked):
        actor = asked.exercise.plan.actors.get(item.sender)
        if actor is not None and not is_cut(asked.board, item):
            reachable = _reachable(asked, actor)
            known.setdefault(reachable.key, reachable)
    return known.get(key)


def key_of(asked: Asked, actor: str) -> str:
    """ "" for nobody of the plan."""
    if actor not in asked.exercise.plan.actors:
        return ""
    named = "\n".join((asked.exercise.created.exercise, "actor", actor))
    return sha256(named.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _reachable(asked: Asked, actor: Actor) -> Reachable:
    name, _comma, function = clean_line(actor.title).partition(", ")
    return Reachable(
        key_of(asked, actor.id),
        actor.id,
        name,
        function,
        clean_line(actor.phone),
        clean_line(actor.email),
    )


def plain(text: str) -> str:
    """Small letters without accents: how people type on a phone."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in parts if not unicodedata.combining(char))
