"""Who was reached before the exercise, and what becomes of each mail: lines of the mail screen."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.text import Text

from cyberex.console.desk import Desk
from cyberex.console.palette import GREEN, GREY, SKY, VERMILLION, WHITE, YELLOW
from cyberex.console.reach import roles_or_cell
from cyberex.facts.model import Outbox, TestWay
from cyberex.facts.people import Person
from cyberex.i18n import _
from cyberex.views.contact_test import TestRow, TestState
from cyberex.views.outboxes import Delivery, DeliveryState
from cyberex.wording.leaving import failure, short_failure

NAME_WIDTH = 24
WIDE, FULL = 60, 100


@dataclass(frozen=True, slots=True)
class Tested:
    """One participant, and what is known of each way to them."""

    person: Person
    rows: tuple[TestRow, ...]

    @property
    def reached(self) -> bool:
        return any(row.state is TestState.RECEIVED for row in self.rows)

    @property
    def failed(self) -> bool:
        return any(row.state is TestState.FAILED for row in self.rows)

    def received(self, way: TestWay) -> bool:
        return any(row.way is way and row.state is TestState.RECEIVED for row in self.rows)


def way_words(way: TestWay) -> str:
    return {
        TestWay.MAIL: _("mail"),
        TestWay.ATTACHMENT: _("attachment"),
        TestWay.PORTAL: _("portal"),
        TestWay.PHONE: _("telephone"),
    }[way]


def ways_of(person: Person) -> tuple[TestWay, ...]:
    """By what one can be reached; the portal is for everybody."""
    ways = [TestWay.MAIL, TestWay.ATTACHMENT] if person.email else []
    ways.append(TestWay.PORTAL)
    return (*ways, TestWay.PHONE) if person.phone or person.mobile else tuple(ways)


def tested(desk: Desk) -> list[Tested]:
    """Everybody of the directory: who has not answered first."""
    rows = desk.board.contact_test.rows
    found = [
        Tested(person, tuple(row for row in rows if row.person == person.id))
        for person in desk.people
    ]
    return sorted(found, key=lambda item: item.reached)


def tested_line(desk: Desk, item: Tested, width: int) -> Text:
    """`✓ M. Forestier  Crise  mail ✓ 09:12 · attachment → · telephone ✗`."""
    mark, style = (
        ("✓", GREEN) if item.reached else ("✗", VERMILLION) if item.failed else ("·", GREY)
    )
    name = desk.names.person(item.person)
    line = Text.assemble((f"{mark} ", f"bold {style}"))
    line.append(f"{name[:NAME_WIDTH]:<{NAME_WIDTH}} ", f"bold {WHITE}")
    if width >= WIDE and item.person.cell:
        line.append(f"{desk.names.short_cell(item.person.cell)[:10]:<10} ", SKY)
    if not item.person.email:
        line.append(_("no address") + " ", YELLOW)
    known = {row.way: row for row in item.rows}
    said = [known[way] for way in TestWay if way in known and not _needless(item, known[way])]
    parts = [
        _way(desk, row, said[place + 1 :], full=width >= FULL) for place, row in enumerate(said)
    ]
    return line.append_text(Text(" · ", GREY).join(parts))


def _needless(item: Tested, row: TestRow) -> bool:
    """That who has no address got no mail is said once."""
    return not item.person.email and row.state is TestState.FAILED


def failed(items: Sequence[Tested]) -> list[Tested]:
    """Those whose test did not leave although they have an address: to be looked at."""
    return [item for item in items if item.failed and item.person.email]


def failures(item: Tested) -> list[str]:
    """Why, in full: `mail, attachment: the mail server cannot be reached`."""
    ways: dict[str, list[str]] = {}
    for row in item.rows:
        if row.state is TestState.FAILED:
            ways.setdefault(row.code, []).append(way_words(row.way))
    return [
        _("✗ {ways}: {why}").format(ways=", ".join(names), why=failure(code))
        for code, names in ways.items()
    ]


def _way(desk: Desk, row: TestRow, following: Sequence[TestRow], *, full: bool) -> Text:
    """A reason that holds for a following way too is said there."""
    words = way_words(row.way)
    match row.state:
        case TestState.RECEIVED:
            return Text(f"{words} ✓ {desk.room_of(row.wall_at):%H:%M}", GREEN)
        case TestState.FAILED if any(row.code == other.code for other in following):
            return Text(f"{words} ✗", f"bold {VERMILLION}")
        case TestState.FAILED:
            why = failure(row.code) if full else short_failure(row.code)
            return Text(f"{words} ✗ {why}", f"bold {VERMILLION}")
        case TestState.SENT:
            return Text(f"{words} →", WHITE)


# Mail of the game


def mails(desk: Desk) -> list[Delivery]:
    """What waits for the director, then what is on its way, then what left, the last first."""
    found = [item for item in desk.board.outboxes.deliveries if item.outbox is Outbox.MAIL]
    found.reverse()
    return sorted(found, key=_rank)


def _rank(item: Delivery) -> int:
    return 0 if item.for_director else 2 if item.state is DeliveryState.SENT else 1


def mail_line(desk: Desk, item: Delivery, _width: int) -> Text:
    mark, words, style = _state(item)
    line = Text.assemble((f"{mark} ", f"bold {style}"))
    line.append(f"{desk.room_of(item.since_wall):%H:%M} ", GREY)
    line.append(f"{words} ", style)
    line.append(f"→ {roles_or_cell(desk, item.roles, item.cell)}  ", WHITE)
    line.append(desk.title(item.occurrence), GREY)
    if item.refused:
        who = ", ".join(desk.names.who(person) for person in item.refused)
        line.append("  ! " + _("refused for {who}").format(who=who), VERMILLION)
    return line


def _state(item: Delivery) -> tuple[str, str, str]:
    match item.state:
        case DeliveryState.SENT:
            return "✓", _("sent"), GREEN
        case DeliveryState.UNCERTAIN:
            return "?", _("uncertain: send again?"), VERMILLION
        case DeliveryState.FAILED if item.again:
            why = failure(item.code)
            return "…", _("failed ({code}), tried again by itself").format(code=why), YELLOW
        case DeliveryState.FAILED:
            return "✗", _("failed ({code})").format(code=failure(item.code)), VERMILLION
        case DeliveryState.UNDER_WAY:
            return "▶", _("being sent"), SKY
        case DeliveryState.WAITING:
            return "·", _("to be sent"), SKY
