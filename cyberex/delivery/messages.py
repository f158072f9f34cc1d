"""What does a message look like as it leaves? EXERCICE everywhere, text and HTML, never a surprise.

Pure: who it goes to was settled before, when it leaves is an argument. Nothing in it comes from
outside, and nothing that an author or a director wrote becomes a header or markup.
"""

import mimetypes
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address, BaseHeader, HeaderRegistry
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256
from html import escape

from cyberex.delivery.allowed import Addressee
from cyberex.i18n import _, language
from cyberex.wording.clean import clean, clean_line

MARK = "EXERCICE"
"""The same in every language: gateways and people are told to look for this word."""

OPENING = f"{MARK} {MARK} {MARK}"
LONGEST_SUBJECT = 180
LONGEST_NAME = 100
LONGEST_SENDER = 80


class _Headers(HeaderRegistry):
    """The library makes a class for each header of each message: a quarter of the work."""

    def __init__(self) -> None:
        super().__init__()
        self._made: dict[str, type[BaseHeader]] = {}

    def __getitem__(self, name: str) -> type[BaseHeader]:
        if name not in self._made:
            self._made[name] = super().__getitem__(name)
        return self._made[name]


_POLICY = SMTP.clone(header_factory=_Headers())

_OPENED = re.compile(rf"\s*{MARK}\s+{MARK}\s+{MARK}\s*[.!]?[ \t]*\n*")
_SUBJECT = re.compile(r"\A\s*(?:objet|subject)[ \u00a0\u202f]*:[ \u00a0\u202f]*(\S.*)\n*", re.I)
_NO_NAME = re.compile(r'[<>@"\\]+')
_UNFIT = re.compile(r'[\\/:*?"<>|]+')


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that goes with a message."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Origin:
    """In whose name: the exercise's `mailbox` or an alias of it. `structure` is the facility as
    the scenario calls it, "" if it does not."""

    mailbox: str
    exercise: str
    structure: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """One stimulus for one receiving cell. `sender` is who writes in the fiction, `hour` the
    fiction's, as it is said."""

    occurrence: str
    cell: str
    sender: str
    title: str
    text: str
    hour: str = ""
    attached: tuple[Attached, ...] = ()


def message_id(origin: Origin, *what: str) -> str:
    """The same at every attempt, and telling nothing to who reads it."""
    return f"<cyberex.{_digest(origin.exercise, *what)[:40]}@{origin.mailbox.partition('@')[2]}>"


def letter_id(origin: Origin, occurrence: str, cell: str) -> str:
    return message_id(origin, "stimulus", occurrence, cell)


def stimulus_message(
    letter: Letter, origin: Origin, to: Sequence[Addressee], sent_at: datetime
) -> EmailMessage:
    """`sent_at` is aware: the hour of the room."""
    text = _OPENED.sub("", clean(letter.text), count=1)
    subject, text = _own_subject(text, letter.title)
    message = blank_message(
        origin,
        to,
        sent_at,
        sender=letter.sender,
        subject=subject,
        id=letter_id(origin, letter.occurrence, letter.cell),
    )
    fill(message, text, _footer(letter.hour))
    for attached in letter.attached:
        attach(message, attached)
    return message


def blank_message(
    origin: Origin,
    to: Sequence[Addressee],
    sent_at: datetime,
    *,
    sender: str,
    subject: str,
    id: str,
) -> EmailMessage:
    """The headers, without a word of text. `sender` is "" for those who run the exercise."""
    user, _at, domain = origin.mailbox.partition("@")
    named = Address(_sender_name(sender), user, domain)
    message = EmailMessage(policy=_POLICY)
    message["From"] = named
    message["Reply-To"] = Address(addr_spec=origin.mailbox)
    message["To"] = [Address(addr_spec=addressee.address) for addressee in to]
    message["Subject"] = subject_of(origin.structure, subject)
    message["Date"] = format_datetime(sent_at)
    message["Message-ID"] = id
    # Nobody's absence message must answer, and no program take it for a person's.
    message["Auto-Submitted"] = "auto-generated"
    message["Precedence"] = "bulk"
    message["X-Auto-Response-Suppress"] = "All"
    message["X-Exercise"] = MARK
    message["X-Cyberex-Exercise"] = _digest(origin.exercise)[:12]
    message["X-Cyberex-Message"] = _digest(origin.exercise, id)[:12]
    return message


def subject_of(structure: str, title: str) -> str:
    """`EXERCICE – [Structure] – [Objet]`, on one line."""
    said = re.sub(rf"^{MARK}\W*", "", clean_line(title))
    parts = [MARK, clean_line(structure), said]
    subject = " – ".join(part for part in parts if part)
    return _shortened(subject, LONGEST_SUBJECT)


def fill(message: EmailMessage, text: str, footer: str, link: str = "") -> None:
    """The text, and the same as HTML. `link` is the one address that may be followed, "" for
    none; it is written on a line of its own."""
    body = text.strip("\n")
    parts = [OPENING, "", body, *(("", link) if link else ()), "", "-- ", footer, OPENING]
    message.set_content("\n".join(parts) + "\n", cte="quoted-printable")
    message.add_alternative(_html(body, footer, link), subtype="html", cte="quoted-printable")


def attach(message: EmailMessage, attached: Attached) -> None:
    name = file_name(attached.name)
    guessed = mimetypes.guess_type(name)[0] or "application/octet-stream"
    maintype, _slash, subtype = guessed.partition("/")
    if maintype == "text":
        # As bytes, text keeps its own encoding and line ends.
        message.add_attachment(attached.content, "text", subtype, filename=name, params=UTF8)
        return
    message.add_attachment(attached.content, maintype, subtype, filename=name)


UTF8 = {"charset": "utf-8"}


def file_name(name: str) -> str:
    """`EXERCICE - name`, that any system can save; its ending is kept."""
    plain = clean_line(_UNFIT.sub(" ", clean_line(name))).strip(". ") or _("attachment")
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending) > 8 or " " in ending:
        stem, dot, ending = plain, "", ""
    stem = re.sub(rf"^{MARK}\W*", "", stem) or _("attachment")
    return f"{MARK} - {stem[:LONGEST_NAME]}{dot}{ending}"


def simulated_attachment(title: str) -> Attached:
    """What stands for a file that the scenario only names."""
    said = clean_line(title)
    text = _("Simulated attachment: {title}").format(title=said)
    content = f"{OPENING}\n\n{text}\n\n{OPENING}\n"
    return Attached(f"{said[:LONGEST_NAME]}.txt", content.encode())


def _own_subject(text: str, title: str) -> tuple[str, str]:
    """The author's own line, where the text begins with one; else the title."""
    found = _SUBJECT.match(text)
    return (found[1].strip(), text[found.end() :]) if found else (title, text)


def _sender_name(sender: str) -> str:
    # No address may be read in a name: some programs show one instead of the real one.
    plain = clean_line(_NO_NAME.sub(" ", clean_line(sender)))
    who = _shortened(plain, LONGEST_SENDER)
    if not who:
        # Those who run the exercise are real.
        control = _("Exercise control")
        return f"{control} – {MARK}"
    simulated = _("(simulated)")
    if simulated not in who:
        who = f"{who} {simulated}"
    return f"{who} – {MARK}"


def _shortened(line: str, longest: int) -> str:
    """At most `longest` characters, cut between two words where there are any."""
    if len(line) <= longest:
        return line
    cut = line[: longest - 1]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:") + "…"


def _footer(hour: str) -> str:
    lines = [_("Fictitious message of a crisis exercise. Do not forward it outside the exercise.")]
    if hour:
        lines.append(_("Hour of the game: {hour}.").format(hour=clean_line(hour)))
    lines.append(_("To answer the sender, reply to this message."))
    return "\n".join(lines)


def _html(body: str, footer: str, link: str) -> str:
    banner = f'<p style="font-weight:bold;color:#b00020">{OPENING}</p>'
    blocks = (block.strip("\n") for block in re.split(r"\n{2,}", body))
    paragraphs = "".join(f"<p>{_lines(block)}</p>\n" for block in blocks if block.strip())
    followed = f'<p><a href="{escape(link)}">{escape(link)}</a></p>\n' if link else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{language()}"><head><meta charset="utf-8">'
        f"<title>{MARK}</title></head>\n<body>\n{banner}\n{paragraphs}{followed}"
        f'<hr>\n<p style="color:#555">{_lines(footer)}</p>\n{banner}\n</body></html>\n'
    )


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>\n")


def _digest(*parts: str) -> str:
    return sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()
