"""Which colour did a facility ask for? Read as people write them; told if it is none.

Whoever prints makes it dark enough to be read: what is kept here is the facility's own.
"""

import re
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema

from cyberex.i18n import _
from cyberex.scenario.words import WordError

NAMED = {
    "bleu": "1f4e8c", "vert": "1e6b3a", "turquoise": "0f6b70", "violet": "5b3a8c",
    "rouge": "a3262a", "bordeaux": "6d1f33", "orange": "a84a0c", "gris": "4a4f57",
    "blue": "1f4e8c", "green": "1e6b3a", "purple": "5b3a8c", "red": "a3262a", "grey": "4a4f57",
}  # fmt: skip

_DIGITS = re.compile(r"#?([0-9a-f]{3}|[0-9a-f]{6})").fullmatch


@dataclass(frozen=True, slots=True)
class Colour:
    """`digits`: six hexadecimal ones, red, green, blue."""

    text: str
    digits: str


def _to_colour(value: object) -> Colour:
    if isinstance(value, Colour):
        return value
    text = " ".join(value.split()) if isinstance(value, str) else ""
    digits = NAMED.get(text.casefold())
    if digits is None:
        found = _DIGITS(text.casefold())
        digits = found[1] if found else None
    if digits is None:
        raise WordError(
            "bad-colour",
            _("'{text}' is not a colour").format(text=text),
            _("write six digits without the #, for instance 1f4e8c, or one of: {names}").format(
                names=", ".join(list(NAMED)[:8])
            ),
        )
    return Colour(text, digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))


def _written(colour: Any) -> str:
    text: str = colour.text
    return text


ColourField = Annotated[
    Colour,
    PlainValidator(_to_colour),
    PlainSerializer(_written),
    WithJsonSchema({"type": "string", "examples": ["1f4e8c", "bleu"]}),
]
