"""Which texts has a kit, for which readers, in which formats? Front matters read and checked.

A text holds Markdown and names blocks that are made from the exercise; who reads it decides which
of those it may name.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cyberex.errors import UserError
from cyberex.i18n import _

KITS = ("animator", "participant", "communication")
READERS = ("players", "animation", "observers", "everyone", "outside")
FORMATS = ("pdf", "docx", "pptx", "xlsx", "ics")

FOR_ANYBODY = frozenset(
    [
        "rules", "roles", "cells", "timetable", "duties", "data-notice", "real-stop", "badges",
        "door-signs", "blank-log", "blank-actions", "glossary", "self-assessment",
    ]
)  # fmt: skip
FOR_PLAYERS = FOR_ANYBODY | {"game-directory", "attendance"}
FOR_OBSERVERS = FOR_PLAYERS | {"objectives", "observation-sheet"}
FOR_ANIMATION = FOR_OBSERVERS | {
    "directory", "synopsis", "retroplanning", "actor-cards", "chronogram", "stimuli", "conduct",
    "call-down", "decisions",
}  # fmt: skip
MAY_HOLD: Mapping[str, frozenset[str]] = {
    "players": FOR_PLAYERS,
    "everyone": FOR_ANYBODY,
    "outside": FOR_ANYBODY,
    "observers": FOR_OBSERVERS,
    "animation": FOR_ANIMATION,
}
"""The blocks that each kind of reader may be given."""

VARIABLES = frozenset(
    [
        "structure", "exercise", "date", "hour", "end", "place", "contact", "code_word",
        "stop_words", "verified_on",
    ]
)  # fmt: skip

_VARIABLE = re.compile(r"\$\{([^}]*)\}")
_BLOCK = re.compile(r"\{\{([^{}]*)\}\}")
_FENCE = re.compile(r":::\s*(\S*)\s*").fullmatch
SECTORS = ("es", "esms")


@dataclass(frozen=True, slots=True)
class KitText:
    """One text. Empty `sectors` or `levels` mean all of them."""

    id: str
    title: str
    kit: str
    readers: str
    formats: tuple[str, ...]
    body: str
    order: int = 0
    sectors: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()

    def body_for(self, sector: str) -> str:
        """The body with what stands between `::: es` (or `esms`) and `:::` for that sector only;
        all of it for an unknown one."""
        kept, wanted = list[str](), ""
        for line in self.body.split("\n"):
            if fence := _FENCE(line):
                wanted = fence[1] or ""
            elif not (wanted and sector) or wanted == sector:
                kept.append(line)
        return "\n".join(kept)

    def concerns(self, level: str, sector: str) -> bool:
        """An unknown level or sector ("") concerns every text."""
        return (not (self.levels and level) or level in self.levels) and (
            not (self.sectors and sector) or sector in self.sectors
        )


def kit_text(name: str, front: Mapping[str, Any], body: str) -> KitText:
    """The text of file `name`. UserError if its front matter or its blocks are wrong."""
    text = KitText(
        id=name,
        title=_word(name, front, "title"),
        kit=_one_of(name, front, "kit", KITS),
        readers=_one_of(name, front, "readers", READERS),
        formats=_some_of(name, front, "formats", FORMATS),
        body=body,
        order=_number(name, front),
        sectors=_some_of(name, front, "sectors", SECTORS),
        levels=_some_of(name, front, "levels", ("beginner", "intermediate", "advanced")),
    )
    if not text.formats:
        raise _wrong(name, "formats", "")
    if front.get("id", name) != name:
        raise _wrong(name, "id", front.get("id"))
    for block in blocks_of(body):
        if block not in MAY_HOLD[text.readers]:
            raise UserError(
                _("the kit text '{name}' is read by {readers} and may not hold '{block}'.").format(
                    name=name, readers=text.readers, block="{{" + block + "}}"
                ),
                _("Take it out, or change 'readers'."),
            )
    for variable in _VARIABLE.findall(f"{text.title} {body}"):
        if variable not in VARIABLES:
            raise UserError(
                _("the kit text '{name}' names '{variable}', which does not exist.").format(
                    name=name, variable="${" + variable + "}"
                ),
                _("It may name: {variables}.").format(variables=", ".join(sorted(VARIABLES))),
            )
    _check_fences(name, body)
    return text


def _check_fences(name: str, body: str) -> None:
    """Each part for one sector is closed before the next one opens."""
    opened = ""
    for number, line in enumerate(body.split("\n"), 1):
        fence = _FENCE(line)
        if fence is None:
            continue
        if bool(fence[1]) == bool(opened) or fence[1] not in ("", *SECTORS):
            raise _odd_fence(name, number, line)
        opened = fence[1]
    if opened:
        raise _odd_fence(name, len(body.split("\n")), f"::: {opened}")


def _odd_fence(name: str, number: int, line: str) -> UserError:
    return UserError(
        _("the kit text '{name}', line {number} of its body: '{line}' stands alone.").format(
            name=name, number=number, line=line.strip()
        ),
        _("A part for one sector is between '::: es' or '::: esms' and ':::'."),
    )


def blocks_of(body: str) -> list[str]:
    """The names of the blocks that the text asks for, in order."""
    return [found.strip() for found in _BLOCK.findall(body)]


def _word(name: str, front: Mapping[str, Any], key: str) -> str:
    value = front.get(key)
    if not isinstance(value, str) or not value.strip():
        raise _wrong(name, key, value)
    return value.strip()


def _one_of(name: str, front: Mapping[str, Any], key: str, known: tuple[str, ...]) -> str:
    value = _word(name, front, key)
    if value not in known:
        raise _wrong(name, key, value)
    return value


def _some_of(
    name: str, front: Mapping[str, Any], key: str, known: tuple[str, ...]
) -> tuple[str, ...]:
    value = front.get(key) or []
    values = value if isinstance(value, list) else [value]
    for item in values:
        if item not in known:
            raise _wrong(name, key, item)
    return tuple(values)


def _number(name: str, front: Mapping[str, Any]) -> int:
    value = str(front.get("order", "0"))
    if not (value.isascii() and value.isdigit() and len(value) < 5):
        raise _wrong(name, "order", value)
    return int(value)


def _wrong(name: str, key: str, value: object) -> UserError:
    return UserError(
        _("the kit text '{name}' has a wrong '{key}': '{value}'.").format(
            name=name, key=key, value=value if value is not None else ""
        ),
        _("Correct the lines between '---' at its top."),
    )
