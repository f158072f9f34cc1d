"""What does a message that came in answer? Matched on what our own headers said, never on its text.

Pure. Only people of the directory are heard; absence messages and whatever is not understood are
left alone.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage, MIMEPart
from email.policy import EmailPolicy
from email.utils import getaddresses
from enum import StrEnum
from hashlib import sha256
from html import unescape
from typing import cast

from cyberex.delivery.allowed import AllowList
from cyberex.facts.model import TestWay
from cyberex.wording.clean import clean

LONGEST_TEXT = 4_000
LONGEST_HEADER, LONGEST_BODY, LONGEST_PAGE = 8_000, 200_000, 64_000
MOST_BOUNDARIES, MOST_PARTS = 20, 1_000
"""Beyond, the parsers of the library take minutes, and anybody may write to the mailbox."""
_ID = re.compile(r"<[^<>\s]{3,250}>")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_CHARSET = re.compile(r"utf-8|(?:us-)?ascii|iso-8859-\d{1,2}|windows-125\d|cp125\d|latin-?1", re.I)
_OURS = "<cyberex."
_QUOTES = re.compile(
    r"^(?:"
    r">|"
    r"(?:Le|On) .{4,200}(?:a écrit|wrote)[ \u00a0\u202f]*:|"
    r"-{2,}[ ]*(?:Message d['’]origine|Original Message|Message transféré|Forwarded message)|"
    r"_{10,}\s*$|"
    r"(?:De|From)[ \u00a0\u202f]?:[ \u00a0\u202f].*@"
    r")",
    re.I,
)


class Ignored(StrEnum):
    """Why a message was left alone."""

    UNREADABLE = "unreadable"
    STRANGER = "stranger"  # not from the directory
    AUTOMATIC = "automatic"  # an absence message, a receipt
    UNRELATED = "unrelated"  # to nothing that this exercise sent


@dataclass(frozen=True, slots=True)
class About:
    """What one of our messages was: a stimulus for a cell."""

    occurrence: str
    cell: str
    actor: str


@dataclass(frozen=True, slots=True)
class AboutTest:
    person: str
    way: TestWay


Sent = Mapping[str, About | AboutTest]
"""By Message-ID."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A person of the directory writes to an actor; `occurrence` and `cell` are those of the
    message answered, "" if only the address tells to whom. `key` is the same if read again."""

    key: str
    person: str
    actor: str
    occurrence: str
    cell: str
    text: str


@dataclass(frozen=True, slots=True)
class TestReply:
    """Somebody got their test message."""

    __test__ = False  # its name must not make pytest collect it

    key: str
    person: str
    way: TestWay


class _Cautious(EmailPolicy):
    """A header that is too long is as if it were empty."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value if len(value) <= LONGEST_HEADER else ""


_POLICY = _Cautious()


def understood(
    raw: bytes,
    sent: Sent,
    allowed: AllowList,
    actor_at: Callable[[str], str],
    cell_of: Callable[[str], str],
) -> Reply | TestReply | Ignored:
    """`actor_at` says whose alias an address is ("": nobody's), `cell_of` where a person plays.
    Never raises, whatever the bytes."""
    if raw.count(b"oundary=") > MOST_BOUNDARIES or raw.count(b"\n--") > MOST_PARTS:
        return Ignored.UNREADABLE
    try:
        message = cast(EmailMessage, message_from_bytes(raw, policy=_POLICY))
        return _understood(message, raw, sent, allowed, actor_at, cell_of)
    except Exception:  # the mail parser raises anything on hostile input
        return Ignored.UNREADABLE


def _understood(
    message: EmailMessage,
    raw: bytes,
    sent: Sent,
    allowed: AllowList,
    actor_at: Callable[[str], str],
    cell_of: Callable[[str], str],
) -> Reply | TestReply | Ignored:
    people = _writers(message, allowed)
    if not people:
        return Ignored.STRANGER
    if _automatic(message):
        return Ignored.AUTOMATIC
    ids = _answered(message)
    about = next((sent[id] for id in ids if id in sent), None)
    key = sha256(str(message["Message-ID"] or "").strip().encode() or raw).hexdigest()[:32]
    if isinstance(about, AboutTest):
        # Somebody else's answer would tell nothing of this person's mailbox.
        return (
            TestReply(key, about.person, about.way)
            if about.person in people
            else (Ignored.UNRELATED)
        )
    text = trimmed(_text_of(message))
    if about is not None:
        person = next((one for one in people if cell_of(one) == about.cell), people[0])
        return Reply(key, person, about.actor, about.occurrence, about.cell, text)
    # An answer to a message of another exercise comes to the same mailbox.
    actor = "" if any(id.startswith(_OURS) for id in ids) else _alias(message, actor_at)
    return Reply(key, people[0], actor, "", "", text) if actor else Ignored.UNRELATED


def _writers(message: EmailMessage, allowed: AllowList) -> tuple[str, ...]:
    """Who it is from; () unless it is from one address, and that of the directory."""
    written = [str(value) for value in message.get_all("From", [])]
    addresses = [address for _, address in getaddresses(written)]
    return allowed.people_at(addresses[0]) if len(addresses) == 1 else ()


def _automatic(message: EmailMessage) -> bool:
    submitted = str(message.get("Auto-Submitted", "no")).strip().lower()
    precedence = str(message.get("Precedence", "")).strip().lower()
    return (
        not submitted.startswith("no")
        or precedence in ("auto_reply", "bulk", "junk", "list")
        or "X-Autoreply" in message
        or "X-Autorespond" in message
        or message.get_content_type() == "multipart/report"
    )


def _answered(message: EmailMessage) -> list[str]:
    """Message-IDs it answers, the nearest first."""
    nearest = _ID.findall(str(message.get("In-Reply-To", "")))
    further = _ID.findall(str(message.get("References", "")))
    return [*nearest, *reversed(further)]


def _alias(message: EmailMessage, actor_at: Callable[[str], str]) -> str:
    headers = ("To", "Cc", "Delivered-To", "X-Original-To")
    values = [str(value) for header in headers for value in message.get_all(header, [])]
    found = (actor_at(address) for _, address in getaddresses(values))
    return next((actor for actor in found if actor), "")


def _text_of(message: EmailMessage) -> str:
    body = message.get_body(("plain", "html"))
    if body is None:
        return ""
    text = _decoded(body)
    return _plain(text) if body.get_content_type() == "text/html" else text


def _decoded(body: MIMEPart) -> str:
    """In a usual encoding: some of the library's take minutes, or do what no text does."""
    raw = body.get_payload(decode=True)
    content = raw[:LONGEST_BODY] if isinstance(raw, bytes) else b""
    charset = body.get_content_charset("utf-8")
    try:
        return content.decode(charset if _CHARSET.fullmatch(charset) else "utf-8", "replace")
    except LookupError:
        return content.decode("utf-8", "replace")


def trimmed(text: str) -> str:
    """What the person wrote, without what they answer, and not longer than can be shown."""
    lines = clean(text).replace("\r", "").split("\n")
    kept = _before_quote(lines)
    said = "\n".join(line.rstrip() for line in kept).strip()
    said = re.sub(r"\n{3,}", "\n\n", said)
    return said if len(said) <= LONGEST_TEXT else said[: LONGEST_TEXT - 1] + "…"


def _before_quote(lines: list[str]) -> Iterable[str]:
    for number, line in enumerate(lines):
        # Programs cut the long line that introduces a quotation in two.
        both = f"{line.strip()} {lines[number + 1].strip()}" if number + 1 < len(lines) else ""
        if _QUOTES.match(line.strip()) or (line[:3] in ("Le ", "On ") and _QUOTES.match(both)):
            return lines[:number]
    return lines


HIDDEN = frozenset({"style", "script", "head", "title", "blockquote"})
BLOCKS = frozenset({"p", "div", "br", "tr", "li", "h1", "h2", "h3"})


def _plain(page: str) -> str:
    """The words of a page, with line ends where blocks end. By hand: the parser of the library
    takes minutes over some pages."""
    page = page[max(0, page.lower().find("<body")) :][:LONGEST_PAGE]
    said: list[str] = []
    hidden = place = 0
    while place < len(page):
        opening = page.find("<", place)
        words = page[place:] if opening < 0 else page[place:opening]
        if not hidden:
            said.append(_words(words))
        if opening < 0:
            break
        end = "-->" if page.startswith("<!--", opening) else ">"
        closing = page.find(end, opening)
        place = closing + len(end) if closing >= 0 else len(page)
        tag = _TAG.match(page, opening, min(place, opening + 20))
        name = tag[2].lower() if tag else ""
        if name in HIDDEN and tag:
            hidden = max(0, hidden - 1) if tag[1] else hidden + 1
        if name in BLOCKS and tag and not tag[1]:
            said.append("\n")
    return "".join(said)


def _words(data: str) -> str:
    text = unescape(data)
    return " ".join(text.split()) + (" " if text[-1:].isspace() else "")
