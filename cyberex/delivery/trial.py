"""What does a contact test send? A simple message, and one whose file looks like the game's.

Pure. It comes before the game and tells nothing of it, but uses the words at which gateways balk.
"""

from collections.abc import Iterable
from datetime import datetime
from email.message import EmailMessage
from pathlib import PurePosixPath

from cyberex.delivery.allowed import Addressee
from cyberex.delivery.messages import (
    OPENING,
    Attached,
    Origin,
    attach,
    blank_message,
    fill,
    message_id,
)
from cyberex.facts.model import TestWay
from cyberex.i18n import _

WAYS = (TestWay.MAIL, TestWay.ATTACHMENT)

_PDF_OBJECTS = (
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 60]/Contents 4 0 R/Resources 6 0 R>>",
    "<</Length 56>>\nstream\nBT /F 18 Tf 20 25 Td (EXERCICE EXERCICE EXERCICE) Tj ET\nendstream",
    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    "<</Font<</F 5 0 R>>>>",
)


def trial_id(origin: Origin, person: str, way: TestWay, round: int) -> str:
    """`round` tells one test from the next: the seq of its start."""
    return message_id(origin, "contact-test", person, way, str(round))


def trial_message(
    way: TestWay,
    origin: Origin,
    to: Addressee,
    sent_at: datetime,
    *,
    round: int,
    link: str = "",
    endings: Iterable[str] = (),
) -> EmailMessage:
    """`link` is the person's own way into the portal, "" if there is none; `endings` those of the
    files that the game will attach."""
    with_file = way is TestWay.ATTACHMENT
    subject = _("contact test, with an attachment") if with_file else _("contact test")
    message = blank_message(
        origin,
        (to,),
        sent_at,
        sender="",
        subject=subject,
        id=trial_id(origin, to.person, way, round),
    )
    fill(message, _text(with_file, link), _("Nothing has begun yet: this is only a test."), link)
    for attached in trial_files(endings) if with_file else ():
        attach(message, attached)
    return message


def _text(with_file: bool, link: str) -> str:
    lines = [
        _("Hello,"),
        "",
        _("During the exercise, messages will come to you from this address."),
    ]
    if with_file:
        lines.append(_("Some will have attachments: please open the one of this message."))
    lines += ["", _("To say that you got it, reply to this message (one word is enough).")]
    if link:
        lines.append(_("Then open your own page of the exercise, and keep this link to yourself:"))
    return "\n".join(lines)


def trial_files(endings: Iterable[str]) -> tuple[Attached, ...]:
    """One text, and one file of each kind that the game attaches and that can be made here."""
    name = _("Encrypted files and ransom demand (test)")
    text = _("Test of an attachment: encrypted files, ransom, malicious link, urgent payment.")
    words = f"{OPENING}\n\n{text}\n"
    made = {
        ".txt": words.encode(),
        ".html": f'<!DOCTYPE html><meta charset="utf-8"><pre>{words}</pre>\n'.encode(),
        ".pdf": _pdf(),
    }
    wanted = {".txt", *(ending.lower() for ending in endings)}
    return tuple(Attached(name + ending, made[ending]) for ending in made if ending in wanted)


def endings_of(files: Iterable[str]) -> frozenset[str]:
    """`.pdf` and the like, in lower case."""
    return frozenset(PurePosixPath(file).suffix.lower() for file in files if file)


def _pdf() -> bytes:
    """One page that says EXERCICE, whole: a gateway may refuse a damaged file for being damaged."""
    made, places = "%PDF-1.4\n", []
    for number, content in enumerate(_PDF_OBJECTS, start=1):
        places.append(len(made))
        made += f"{number} 0 obj\n{content}\nendobj\n"
    size = len(places) + 1
    rows = "".join(f"{place:010} 00000 n \n" for place in places)
    made += (
        f"xref\n0 {size}\n0000000000 65535 f \n{rows}"
        f"trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{len(made)}\n%%EOF\n"
    )
    return made.encode("ascii")
