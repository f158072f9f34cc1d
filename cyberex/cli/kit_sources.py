"""Where the texts and data of a kit's documents are read from, and the edition that prints them.

`kits/common/LANGUAGE/*.md` is shared; `kits/KIT/LANGUAGE/*.md` replaces a text of the same name.
"""

import re
import zlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from cyberex import __version__
from cyberex.cli.loading import Ready
from cyberex.cli.places import home
from cyberex.documents.kit.edition import Edition, KitData, Particulars
from cyberex.documents.kit.texts import KitText, kit_text
from cyberex.documents.sheets_game import game_to_come
from cyberex.errors import UserError
from cyberex.i18n import _
from cyberex.plan.model import Plan
from cyberex.problems import Problem
from cyberex.scenario.facility.model import Facility
from cyberex.scenario.facility.notice import notice
from cyberex.scenario.kits import find_kit, load_kit, package_roots
from cyberex.scenario.located import locate_text
from cyberex.scenario.people import PLACEHOLDER, is_placeholder
from cyberex.scenario.reading import read_file

DATA_FILES = ("duties", "glossary", "assess", "observation", "retroplanning")
COMMON = "common"
NOTICE = "notice.txt"
LOGO = "logo.png"
LOGO_BYTES = 2_000_000
PNG = b"\x89PNG\r\n\x1a\n"

_FRONT = re.compile(r"\ufeff?---[ \t]*\n(.*?\n)---[ \t]*\n(.*)", re.S).fullmatch


def kit_sources(ready: Ready) -> tuple[list[KitText], KitData]:
    """The texts of the kit that `ready` comes from, and its data. UserError if one is wrong."""
    plan = _plan(ready)
    own = _kit_folder(ready)
    common = _common(own)
    if common is None:
        raise UserError(_("the shared texts of the kits are missing."), _("Install cyberex again."))
    paths = _texts_in(common / plan.language) or _texts_in(common / "fr")
    if own is not None:
        paths |= _texts_in(own / plan.language) or _texts_in(own / "fr")
    data = {name: _mapping(common / f"{name}.yaml") for name in DATA_FILES}
    return [_text(name, path) for name, path in sorted(paths.items())], KitData(**data)


def _common(own: Path | None) -> Path | None:
    """The shared texts: beside a kit that is not ours, else the user's own, else ours."""
    ours = [root / "kits" for root in package_roots()]
    beside = [own.parent] if own is not None and own.parent not in ours else []
    folders = [folder / COMMON for folder in (*beside, home() / "kits", *ours)]
    return next((folder for folder in folders if folder.is_dir()), None)


def _plan(ready: Ready) -> Plan:
    if ready.plan is None:
        raise ValueError("a scenario with errors is never printed")
    return ready.plan


def _kit_folder(ready: Ready) -> Path | None:
    """The folder of the kit: its own, or that of the kit from which an exercise was prepared."""
    if ready.found.kit is not None:
        return ready.found.kit.parent
    origin = ready.facility.origin if ready.facility else None
    name = (origin.kit if origin else None) or _plan(ready).level
    found = find_kit(name, [home(), *package_roots()]) if name else None
    return found.parent if found else None


def _texts_in(folder: Path) -> dict[str, Path]:
    return {path.stem: path for path in folder.glob("*.md")}


def _text(name: str, path: Path) -> KitText:
    text = read_file(path)
    found = _FRONT(text.replace("\r\n", "\n")) if isinstance(text, str) else None
    if found is None:
        raise UserError(
            _("the kit text '{path}' cannot be read.").format(path=path),
            _("It begins with lines between '---', in UTF-8."),
        )
    return kit_text(name, _located(found[1], path), found[2])


def _mapping(path: Path) -> Mapping[str, Any]:
    """What a data file says; a kit without that file prints without it."""
    if not path.is_file():
        return {}
    text = read_file(path)
    return _located(text, path) if isinstance(text, str) else _located("", path, text)


def _located(text: str, path: Path, problem: Problem | None = None) -> dict[str, Any]:
    located = locate_text(text, str(path))
    first = problem or next(iter(located.problems), None)
    if first is not None or located.data is None:
        raise UserError(
            _("'{path}' has mistakes: line {line}: {message}").format(
                path=path, line=first.line if first else 1, message=first.message if first else ""
            ),
            _("Correct it first."),
        )
    return located.data


def edition_of(ready: Ready, texts: Sequence[KitText], data: KitData, now: datetime) -> Edition:
    """What is printed now: of a folder its own particulars, of a kit places to complete."""
    plan, facility = _plan(ready), ready.facility
    own = _particulars(ready, facility)
    return Edition(
        game=game_to_come(plan, ready.people, now, facility=own.structure),
        kit=_kit_title(ready),
        version=__version__,
        particulars=own,
        data=data,
        titles={text.id: text.title for text in texts if text.concerns(plan.level, plan.sector)},
        own=facility is not None,
    )


def _kit_title(ready: Ready) -> str:
    plan, folder = _plan(ready), _kit_folder(ready)
    kit = load_kit(folder / "kit.yaml").value if folder else None
    return " ".join(filter(None, (kit.title if kit else "", plan.sector.upper())))


def _particulars(ready: Ready, facility: Facility | None) -> Particulars:
    if facility is None or ready.found.exercise is None:
        return Particulars(notice=notice(_nobodys_facility()))
    folder = ready.found.exercise.parent
    return Particulars(
        structure=_known(facility.facility),
        exercise=_known(facility.title),
        day=facility.day.at,
        phone=_known(facility.animation.phone),
        email=_known(facility.animation.email),
        code_word=_known(facility.code_word),
        stop_words=_known(facility.stop_words),
        notice=_notice(folder / NOTICE, facility),
        logo=_logo(folder / LOGO),
        colour=facility.colour.digits if facility.colour else "",
    )


def _nobodys_facility() -> Facility:
    """For the notice of a kit alone: its places to complete are marked where it is printed."""
    blank = PLACEHOLDER
    return Facility.model_validate(
        {
            "cyberex_exercise": 1,
            "title": _("Cyber crisis exercise"),
            "facility": blank,
            "day": blank,
            "animation": {},
            "data_notice": {"responsible": blank, "contact": blank},
        }
    )


def _known(text: str | None) -> str:
    return "" if text is None or is_placeholder(text) else text


def _notice(path: Path, facility: Facility) -> str:
    """The folder's own notice, which somebody may have edited; while it still has places to
    complete, or is not there, the one of its settings."""
    if not path.is_file():
        return notice(facility)
    try:
        written = path.read_text(encoding="utf-8-sig")
        return notice(facility) if PLACEHOLDER in written else written
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(
            _("the notice '{path}' cannot be read: {reason}.").format(path=path, reason=error),
            _("Save it as UTF-8."),
        ) from error


def _logo(path: Path) -> bytes | None:
    """The picture beside exercise.yaml; UserError if it is none that every format can show."""
    if not path.is_file():
        return None
    try:
        content = path.read_bytes()
    except OSError as error:
        raise _bad_logo(path) from error
    if len(content) > LOGO_BYTES or not is_png(content):
        raise _bad_logo(path)
    return content


def _bad_logo(path: Path) -> UserError:
    return UserError(
        _("'{path}' is not a sound PNG picture under 2 MB.").format(path=path),
        _("Save the logo as PNG again, or take it away."),
    )


def is_png(content: bytes) -> bool:
    """True if every part of the picture is whole."""
    if not content.startswith(PNG):
        return False
    at, kinds, packed = len(PNG), list[bytes](), b""
    while at + 12 <= len(content):
        length = int.from_bytes(content[at : at + 4], "big")
        kind, body = content[at + 4 : at + 8], content[at + 8 : at + 8 + length]
        check = content[at + 8 + length : at + 12 + length]
        if zlib.crc32(kind + body) != int.from_bytes(check, "big") or len(check) != 4:
            return False
        kinds.append(kind)
        packed += body if kind == b"IDAT" else b""
        at += 12 + length
    try:
        zlib.decompress(packed)
    except zlib.error:
        return False
    return kinds[:1] == [b"IHDR"] and kinds[-1:] == [b"IEND"]
