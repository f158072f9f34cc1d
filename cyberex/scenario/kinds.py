"""What kind of file did the author hand over? Its version key says so, before it is even YAML."""

import re
from enum import StrEnum
from pathlib import Path

from cyberex.scenario.reading import read_file


class FileKind(StrEnum):
    """The version key that each kind of file begins with."""

    SCENARIO = "cyberex"
    KIT = "cyberex_kit"
    PEOPLE = "cyberex_people"
    EXERCISE = "cyberex_exercise"


_VERSION_KEY = re.compile(
    rf"^[\"']?({'|'.join(sorted(FileKind, reverse=True))})[\"']?[ \t]*:", re.MULTILINE
)


def kind_of(path: Path) -> FileKind | None:
    """What the file at `path` says it is; None if it does not, or cannot be read as text.

    UserError only if it cannot be opened.
    """
    text = read_file(path)
    if not isinstance(text, str):
        return None
    found = _VERSION_KEY.search(text)
    return FileKind(found[1]) if found else None
