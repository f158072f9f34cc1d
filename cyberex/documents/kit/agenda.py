"""The exercise and its meetings as a calendar file (RFC 5545), in the room's own time."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from cyberex.documents.kit.edition import DRAFT_AHEAD, Edition, steps_of, working_day
from cyberex.documents.kit.nodes import Grid, Heading, Listing, Node, Paragraph, said, to_complete
from cyberex.documents.kit.page import Page
from cyberex.i18n import _
from cyberex.wording.clean import clean_line

LINE_BYTES = 73
SHORT_TABLE = 6
MEETING_AT = time(9, 0)
YES = frozenset(["yes", "true", "oui"])
AFTERNOON = time(14, 0)


def agenda_file(page: Page, edition: Edition, *, meetings: bool) -> bytes:
    """The exercise, and its team's `meetings`.

    Without a day the events stand three months ahead, tentative, marked to be completed.
    """
    own = edition.particulars.day
    drafted = edition.game.room_now.date() + DRAFT_AHEAD
    day = own or datetime.combine(drafted, AFTERNOON)
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
        f"PRODID:-//cyberex//{edition.version}//{page.language.upper()}",
    ]  # fmt: skip
    summary = f"{page.mark} – {edition.exercise}"
    text = "\n".join(_lines(page.nodes))
    lines += _event(page, edition, "exercise", day, edition.length, summary, text)
    for number, step in enumerate(steps_of(edition.data, edition.plan.sector)):
        if not meetings or str(step.get("calendar", "")).lower() not in YES:
            continue
        begins = datetime.combine(working_day(day.date(), _whole(step, "day")), MEETING_AT)
        length = timedelta(minutes=_whole(step, "minutes") or 60)
        title = clean_line(str(step.get("title") or step.get("what", "")))
        said_more = clean_line(str(step.get("what", "")))
        name = f"{summary} – {title}"
        lines += _event(page, edition, f"step-{number}", begins, length, name, said_more)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line)).encode()


def _event(
    page: Page, edition: Edition, what: str, begins: datetime, length: timedelta, summary: str,
    text: str,
) -> Iterator[str]:  # fmt: skip
    own = edition.particulars.day is not None
    known = f"{edition.exercise}|{page.author}|{what}|{begins.isoformat() if own else ''}"
    digest = hashlib.sha256(known.encode("utf-8", "replace")).hexdigest()[:32]
    places = [cell.place for cell in edition.plan.cells.values() if cell.place]
    if not own:
        unknown = to_complete(_("date")).text
        summary = f"{unknown} – {summary}"
    yield "BEGIN:VEVENT"
    yield f"UID:{digest}@cyberex.invalid"
    yield f"DTSTAMP:{edition.game.room_now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART:{begins:%Y%m%dT%H%M%S}"
    yield f"DTEND:{begins + length:%Y%m%dT%H%M%S}"
    yield f"SUMMARY:{_escaped(summary)}"
    yield f"DESCRIPTION:{_escaped(text)}"
    if what == "exercise" and edition.own and places:
        yield f"LOCATION:{_escaped(clean_line(', '.join(dict.fromkeys(places))))}"
    yield f"STATUS:{'CONFIRMED' if own else 'TENTATIVE'}"
    yield "END:VEVENT"


def _lines(nodes: tuple[Node, ...]) -> Iterator[str]:
    for node in nodes:
        match node:
            case Heading() | Paragraph():
                yield said(node.text)
            case Listing(entries):
                for entry in entries:
                    yield f"- {said(entry.text)}"
            case Grid() if len(node.rows) <= SHORT_TABLE:
                for row in node.rows:
                    yield " – ".join(said(cell) for cell in row)
            case _:
                pass


def _whole(step: object, key: str) -> int:
    value = str(step.get(key, "0")) if hasattr(step, "get") else "0"
    try:
        return max(-1000, min(1000, int(value)))
    except ValueError:
        return 0


def _escaped(text: str) -> str:
    plain = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return plain.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Lines of 75 bytes at most, none cut inside a letter."""
    part, room = "", LINE_BYTES
    for char in line:
        size = len(char.encode("utf-8", "replace"))
        if size > room:
            yield part
            part, room = " ", LINE_BYTES - 1
        part += char
        room -= size
    yield part
