"""Commands of those who look and write from the rooms: access, claims, answers, cell log."""

import re

from cyberex.engine.animating import answer_contact
from cyberex.engine.game import Game
from cyberex.engine.leaving import WRITTEN
from cyberex.engine.legs import find_leg
from cyberex.engine.state import LegStatus, Refused
from cyberex.engine.steering import compose
from cyberex.facts import delivery_commands as ask
from cyberex.facts import delivery_events as told
from cyberex.facts.animation_commands import AnswerContact
from cyberex.facts.commands import ComposeStimulus
from cyberex.facts.model import AccessKind, PlannedBy

CLAIMABLE = frozenset({LegStatus.TO_PERFORM, LegStatus.COMES_BACK})
HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def grant(game: Game, command: ask.GrantAccess) -> None:
    if command.cell and command.cell not in game.plan.cells:
        raise Refused("unknown-cell", {"cell": command.cell})
    game.check_role(command.role, command.cell)
    if command.kind is AccessKind.PLAYER and not command.cell:
        raise Refused("which-room", {})
    if not command.digest or command.grant in game.outboxes.granted:
        raise Refused("already-granted", {})
    game.outboxes.granted.add(command.grant)
    game.emit(
        told.AccessGranted(
            grant=command.grant,
            digest=command.digest,
            kind=command.kind,
            cell=command.cell,
            role=command.role,
            voice=command.voice,
            person=command.person,
        )
    )


def revoke(game: Game, command: ask.RevokeAccess) -> None:
    known, revoked = game.outboxes.granted, game.outboxes.revoked
    gone = {command.grant} if command.grant else set(known)
    if not gone <= known or gone <= revoked:
        raise Refused("unknown-access", {})
    revoked |= gone
    game.emit(told.AccessRevoked(grant=command.grant))


def claim(game: Game, command: ask.ClaimCall) -> None:
    occurrence = game.find(command.stimulus)
    leg = find_leg(occurrence, command.cell, CLAIMABLE, "nothing-to-perform")
    if leg.claimed_by and leg.claimed_by != command.voice:
        raise Refused("already-claimed", {"stimulus": occurrence.id, "voice": leg.claimed_by})
    if leg.claimed_by or not command.voice:
        raise Refused("nothing-to-change", {})
    leg.claimed_by = command.voice
    game.emit(
        told.CallClaimed(
            stimulus=occurrence.stimulus.id,
            occurrence=occurrence.id,
            cell=leg.cell,
            voice=command.voice,
        )
    )


def release_claim(game: Game, command: ask.ReleaseClaim) -> None:
    occurrence = game.find(command.stimulus)
    leg = find_leg(occurrence, command.cell, CLAIMABLE, "not-claimed")
    if not leg.claimed_by:
        raise Refused("not-claimed", {"stimulus": occurrence.id})
    leg.claimed_by = ""
    game.emit(
        told.ClaimReleased(
            stimulus=occurrence.stimulus.id,
            occurrence=occurrence.id,
            cell=leg.cell,
            lapsed=command.lapsed,
        )
    )


def reply(game: Game, command: ask.ReplyToContact) -> None:
    """As the actor that was reached, to the cell that wrote; then nothing is owed any more."""
    contact = game.contacts.get(command.contact)
    if contact is None or contact.withdrawn:
        raise Refused("unknown-contact", {"contact": command.contact})
    if not contact.cell:
        raise Refused("contact-of-nobody", {})
    channel = game.plan.channels.get(command.via)
    if channel is not None and channel.kind not in WRITTEN:
        raise Refused("not-a-message", {"channel": command.via})
    if not command.text:
        raise Refused("empty-text", {})
    written = ComposeStimulus(
        sender=command.sender or contact.actor,
        to=(contact.cell,),
        via=command.via,
        title=command.title,
        text=command.text,
    )
    compose(game, written, PlannedBy.REPLY)
    answer_contact(game, AnswerContact(contact=contact.id))


def write_line(game: Game, command: ask.WriteCellLine, request_id: str) -> None:
    if command.cell not in game.plan.cells:
        raise Refused("unknown-cell", {"cell": command.cell})
    game.check_role(command.role, command.cell)
    if not command.text:
        raise Refused("empty-text", {})
    if command.due and not HOUR.fullmatch(command.due):
        raise Refused("bad-hour", {"room_at": command.due})
    game.emit(
        told.CellLineWritten(
            line=request_id,
            cell=command.cell,
            kind=command.kind,
            text=command.text,
            role=command.role,
            owner=command.owner,
            due=command.due,
        )
    )
