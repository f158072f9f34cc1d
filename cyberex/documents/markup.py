"""HTML and SVG put together so that no text can become markup."""

import html


class Markup(str):
    """Text that is markup already; any other string is escaped where it is put."""

    __slots__ = ()


def escape(text: str) -> Markup:
    return Markup(text if isinstance(text, Markup) else html.escape(text, quote=True))


def element(name: str, /, *children: str, **attributes: str | float | None) -> Markup:
    """`<name …>children</name>`. Attributes: `class_` gives `class`, `stroke_width` `stroke-width`;
    None leaves one out."""
    return Markup(f"<{name}{_attributes(attributes)}>{joined(*children)}</{name}>")


def void(name: str, /, **attributes: str | float | None) -> Markup:
    """An element without content."""
    return Markup(f"<{name}{_attributes(attributes)}>")


def shape(name: str, /, **attributes: str | float | None) -> Markup:
    """An SVG element without content."""
    return Markup(f"<{name}{_attributes(attributes)}/>")


def joined(*children: str) -> Markup:
    return Markup("".join(escape(child) for child in children))


def _attributes(attributes: dict[str, str | float | None]) -> str:
    return "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(_text(value))}"'
        for name, value in attributes.items()
        if value is not None
    )


def _text(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:g}"
