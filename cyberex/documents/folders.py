"""Where a set of papers goes: always a folder of its own, so that nothing is ever overwritten."""

from itertools import count
from pathlib import Path

from cyberex.errors import UserError
from cyberex.i18n import _


def new_folder(folder: Path, name: str) -> Path:
    """`name` in `folder`, or `name-2` and so on if it is there. OSError if it cannot be made."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in count(1):
        found = folder / (name if number == 1 else f"{name}-{number}")
        try:
            found.mkdir()
        except FileExistsError:
            continue
        return found
    raise AssertionError("numbers do not end")


def unwritable(folder: Path, error: OSError) -> UserError:
    """What to tell somebody whose papers could not be written."""
    return UserError(
        _("the papers cannot be written into '{folder}': {why}.").format(
            folder=folder, why=error.strerror or error
        ),
        _("Choose another folder with --to."),
    )
