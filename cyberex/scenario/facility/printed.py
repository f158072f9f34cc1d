"""Is what is on paper what will be played? The digest of a folder, and the one last printed."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cyberex.errors import UserError
from cyberex.i18n import _
from cyberex.problems import Problem
from cyberex.scenario.facility.folder import EXERCISE, PEOPLE, SCENARIO
from cyberex.scenario.located import locate_text
from cyberex.scenario.reading import read_file

PRINTED = ".printed.json"


def exercise_digest(folder: Path) -> str:
    """`sha256:` and the digest of all that the three files say; comments and layout left out.

    UserError if one of them cannot be opened.
    """
    said = [_said(folder / name) for name in (EXERCISE, PEOPLE, SCENARIO)]
    return _digest(json.dumps(said, ensure_ascii=True, sort_keys=True))


def file_digest(path: Path) -> str:
    """The digest of what one YAML file says. UserError if it cannot be opened."""
    return _digest(json.dumps(_said(path), ensure_ascii=True, sort_keys=True))


def _digest(text: str) -> str:
    return "sha256:" + hashlib.sha256(text.encode("ascii")).hexdigest()


def _said(path: Path) -> Any:
    text = read_file(path)
    if isinstance(text, Problem):
        return text.code
    located = locate_text(text, str(path))
    return text if located.data is None else located.data


def note_printed(folder: Path, what: str, at: str = "") -> None:
    """Remember that `what` (sheets, booklet…) was printed from the folder as it now is.

    `at` is when, as the caller's clock says. UserError if the note cannot be written.
    """
    noted = {**printed(folder), what: {"digest": exercise_digest(folder), "at": at}}
    path = folder / PRINTED
    try:
        path.write_text(json.dumps(noted, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise UserError(
            _("cannot write '{path}': {reason}").format(path=path, reason=error.strerror or error),
            _("Check the rights and the space left."),
        ) from error


def printed(folder: Path) -> Mapping[str, Mapping[str, str]]:
    """What was printed from this folder, with its digest; a damaged note is an absent one."""
    try:
        noted = json.loads((folder / PRINTED).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(noted, dict):
        return {}
    return {
        str(what): {str(key): str(value) for key, value in entry.items()}
        for what, entry in noted.items()
        if isinstance(entry, dict)
    }


def no_longer_printed(folder: Path) -> list[str]:
    """What was printed from another version than the one that would be played now."""
    now = exercise_digest(folder)
    return [what for what, entry in printed(folder).items() if entry.get("digest") != now]
