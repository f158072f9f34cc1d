"""From a file to text that the YAML parser may see: size, encoding, invisible characters.

Nothing is interpreted here. An operator's situation (no such file) is a UserError.
"""

import re
import stat
from pathlib import Path

from cyberex.errors import UserError
from cyberex.i18n import _
from cyberex.problems import Problem

MAX_BYTES = 8_000_000

# What YAML forbids, and the line ends that an editor does not show as line ends.
_FORBIDDEN = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_LINE_END = re.compile("\r\n|\r|\n")
_BOM = b"\xef\xbb\xbf"


def split_lines(text: str) -> list[str]:
    """The lines as the YAML parser counts them, in a text that `decode` accepted."""
    return _LINE_END.split(text)


def line_starts(text: str) -> list[int]:
    """The offset in characters of the start of each line of `split_lines`."""
    return [0, *(found.end() for found in _LINE_END.finditer(text))]


def forbidden_in(text: str) -> re.Match[str] | None:
    """The first character that no text of a scenario may hold."""
    return _FORBIDDEN.search(text)


def read_file(path: Path) -> str | Problem:
    """The text of `path`, or why it cannot be read as YAML. UserError if it cannot be opened."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise UserError(
                _("'{path}' is not a file").format(path=path), _("Give the path of a YAML file.")
            )
        if status.st_size > MAX_BYTES:
            return too_big(str(path), status.st_size)
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UserError(
            _("cannot read '{path}': {reason}").format(path=path, reason=error.strerror or error),
            _("Check the path and the rights."),
        ) from error
    return decode(content, str(path))


def decode(content: bytes, path: str) -> str | Problem:
    """`content` as text without its byte order mark, or the problem that prevents it."""
    if len(content) > MAX_BYTES:
        return too_big(path, len(content))
    content = content.removeprefix(_BOM)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        return _not_utf8(content, error.start, path)
    found = _FORBIDDEN.search(text)
    return text if found is None else _control_character(text, found.start(), path)


def too_big(path: str, size: int) -> Problem:
    """The problem of a file over the limit, told without reading it."""
    return Problem(
        path,
        0,
        0,
        "file-too-big",
        _("the file is {size} MB; {limit} MB at most").format(
            size=round(size / 1_000_000, 1), limit=MAX_BYTES // 1_000_000
        ),
        hint=_("a scenario is a text file: put pictures and documents in files beside it"),
    )


def _not_utf8(content: bytes, offset: int, path: str) -> Problem:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        line, before, source = 1, "", ""
    else:
        lines = content[:offset].decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
        line = lines.count("\n") + 1
        before = lines.rpartition("\n")[2]
        rest = re.split(rb"[\r\n]", content[offset : offset + 200])[0]
        source = before + rest.decode("cp1252", errors="replace")
    return Problem(
        path,
        line,
        len(before) + 1,
        "not-utf8",
        _("the file is not encoded in UTF-8"),
        hint=_("save as UTF-8 (in Notepad: Save as, Encoding, UTF-8)"),
        source=source,
    )


def _control_character(text: str, offset: int, path: str) -> Problem:
    before = split_lines(text[:offset])
    source = split_lines(text[offset : offset + 200])[0]
    return Problem(
        path,
        len(before),
        len(before[-1]) + 1,
        "control-character",
        _("invisible character U+{code:04X}").format(code=ord(text[offset])),
        hint=_("delete it: it often comes with a copy from a word processor"),
        source=before[-1] + source,
    )
