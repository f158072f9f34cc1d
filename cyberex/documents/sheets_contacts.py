"""Whom to ring and on which number: receivers with their stand-ins, rooms, animators."""

from collections.abc import Iterator
from dataclasses import dataclass

from cyberex.documents.sheets_game import PaperGame
from cyberex.documents.sheets_items import Item
from cyberex.documents.sheets_words import if_down_words
from cyberex.facts.people import Person
from cyberex.i18n import _, language
from cyberex.plan.graph import CHANNEL
from cyberex.plan.model import Channel, IfDown
from cyberex.times import format_duration_words
from cyberex.views.rows import LegRow
from cyberex.wording.clean import clean_line

NOT_DIALLED = ("visit", "document", "media", "radio", "other")


@dataclass(frozen=True, slots=True)
class Contact:
    """One receiver of a stimulus. `number` is the one to use on the channel asked for, `others`
    what else reaches them; `stand_in` is whom to ask for if they are away."""

    role: str
    name: str
    number: str
    others: str
    stand_in: str


def contacts(game: PaperGame, leg: LegRow, channel: str) -> list[Contact]:
    """The receivers of one cell by one channel: a row each role, or the cell if nobody is known."""
    roles = leg.roles or tuple(
        role.id for role in game.plan.roles.values() if role.cell == leg.cell
    )
    found = []
    for role in roles:
        holders = _holders(game, role)
        if holders:
            found.append(_contact(game, _role(game, role), holders, channel))
        elif leg.roles:
            found.append(Contact(game.names.role(role), "", "", "", ""))
    of_cell = [person for person in game.people if leg.cell in (person.role, person.cell)]
    if not found or not any(contact.name for contact in found):
        if of_cell:
            return [_contact(game, game.names.cell(leg.cell), of_cell, channel)]
        return found or [Contact(game.names.cell(leg.cell), "", "", "", "")]
    return found


def _role(game: PaperGame, role: str) -> str:
    name = game.names.role(role)
    return (
        _("{role} – AWAY, ask for the stand-in").format(role=name)
        if (role in game.board.presence.absent)
        else name
    )


def _holders(game: PaperGame, role: str) -> list[Person]:
    """Who holds a role, the stand-ins after those for whom they stand in."""
    held = [person for person in game.people if person.role == role]
    spare = {person.stand_in for person in held}
    return sorted(held, key=lambda person: person.id in spare)


def _contact(game: PaperGame, role: str, holders: list[Person], channel: str) -> Contact:
    first = holders[0]
    number, others = _numbers(game, first, channel)
    stand_ins = [person for person in game.people if person.id == first.stand_in]
    stand_ins += [person for person in holders[1:] if person not in stand_ins]
    return Contact(
        role=role,
        name=person_words(game, first),
        number=number,
        others=others,
        stand_in=" ; ".join(
            f"{person_words(game, person)} {_all_numbers(person)}".rstrip() for person in stand_ins
        ),
    )


def person_words(game: PaperGame, person: Person) -> str:
    """`Mme Vasseur, Directrice`."""
    name, function = game.names.person(person), clean_line(person.function)
    return name if not function or function == name else f"{name}, {function}"


def _numbers(game: PaperGame, person: Person, channel: str) -> tuple[str, str]:
    """The number or address of the channel, then the other ones. A missing one stays blank."""
    kind = _kind(game, channel)
    phone, mobile, email = map(clean_line, (person.phone, person.mobile, person.email))
    if kind == "email":
        return email, _joined(phone, mobile)
    if kind == "sms" or (kind == "phone" and not _is_fixed(game, channel)):
        return mobile or phone, phone if mobile else ""
    if kind == "phone":
        return phone or mobile, mobile if phone else ""
    return "", _joined(phone, mobile)


def _is_fixed(game: PaperGame, channel: str) -> bool:
    """A line that something in the fiction can cut is the fixed one; `mobile` never is."""
    if channel in ("phone", "mobile"):
        return channel == "phone"
    return bool(game.plan.dependencies.needs_of(CHANNEL + channel))


def _kind(game: PaperGame, channel: str) -> str:
    found = game.plan.channels.get(channel)
    return found.kind if found else "phone"


def _all_numbers(person: Person) -> str:
    return _joined(clean_line(person.phone), clean_line(person.mobile))


def _joined(*parts: str) -> str:
    return " / ".join(part for part in parts if part)


def is_dialled(game: PaperGame, channel: str) -> bool:
    """Somebody is rung or written to; else somebody goes there."""
    return _kind(game, channel) not in NOT_DIALLED


def usable(game: PaperGame, item: Item, leg: LegRow) -> str:
    """The channel that should work: the leg's, else the first one of its chain that is up."""
    channel = leg.channel or item.via
    seen: set[str] = set()
    while channel in item.down and channel not in seen:
        seen.add(channel)
        found = game.plan.channels.get(channel)
        if found is None or not found.fallback:
            return ""
        channel = found.fallback
    return "" if channel in item.down else channel


def channel_advice(game: PaperGame, item: Item, leg: LegRow) -> str:
    """What to do about a channel that is or may be cut in the game; "" if nothing can cut it."""
    asked = leg.instead_of or leg.channel or item.via
    if_down = item.planned.if_down if item.planned else IfDown.FALLBACK
    if leg.instead_of:
        return _("{channel} is cut in the game: use {other}").format(
            channel=game.names.channel(asked), other=game.names.channel(leg.channel)
        )
    found = game.plan.channels.get(asked)
    if found is None or not game.plan.dependencies.needs_of(CHANNEL + asked):
        return ""
    then = _then(game, item, leg, found, if_down)
    if asked in item.down:
        return _("{channel} SHOULD BE CUT in the game by then: {then}").format(
            channel=game.names.channel(asked), then=then
        )
    return _("If cut in the game: {then}").format(then=then)


def _then(game: PaperGame, item: Item, leg: LegRow, channel: Channel, if_down: IfDown) -> str:
    if if_down is not IfDown.FALLBACK or not channel.fallback:
        return if_down_words(if_down)
    other = usable(game, item, leg) if channel.id in item.down else channel.fallback
    if not other:
        return if_down_words(if_down)
    named = [game.names.channel(other)]
    if is_dialled(game, other):
        numbers = [contact.number for contact in contacts(game, leg, other) if contact.number]
        named += [", ".join(numbers)] if numbers else []
    return " ".join(named)


def going(game: PaperGame, leg: LegRow) -> str:
    """Where to go for a visit or a document: `Salle du conseil (3 min away)`."""
    cell = game.plan.cells.get(leg.cell)
    place = clean_line(cell.place) if cell else ""
    said = place or game.names.cell(leg.cell)
    if cell is None or not cell.travel_ms:
        return said
    away = format_duration_words(cell.travel_ms, language())
    return _("{place}, {away} away").format(place=said, away=away)


@dataclass(frozen=True, slots=True)
class Place:
    """A room or somebody of the animation, as lists to ring down show them."""

    who: str
    contact: str


def call_down_places(game: PaperGame) -> list[Place]:
    """Every cell, then the animation and the observers, then voices that nobody holds."""
    found = [
        Place(game.names.cell(cell.id), _cell_contact(game, cell.id))
        for cell in game.plan.cells.values()
    ]
    found += [
        Place(person_words(game, person), _all_numbers(person))
        for person in game.people
        if person.task
    ]
    return [*found, *_voices_unheld(game)]


def _cell_contact(game: PaperGame, cell: str) -> str:
    place = clean_line(game.plan.cells[cell].place)
    roles = {role.id for role in game.plan.roles.values() if role.cell == cell}
    first = next(
        (person for person in game.people if person.cell == cell or person.role in roles), None
    )
    if first is None:
        return place
    return " – ".join(
        part for part in (place, game.names.person(first), _all_numbers(first)) if part
    )


def _voices_unheld(game: PaperGame) -> Iterator[Place]:
    for voice in game.voices():
        if game.voiced_by(voice) is None:
            yield Place(clean_line(voice), "")
