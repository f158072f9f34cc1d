"""Where the operator's things are: kits of their own, journals, logs of our bugs.

`CYBEREX_HOME` puts everything in one folder, on a USB stick for instance.
"""

import os
from collections.abc import Mapping
from pathlib import Path

import platformdirs

JOURNAL_SUFFIX = ".cyberex"


def home(environ: Mapping[str, str] = os.environ) -> Path:
    """The user's folder: it holds `kits/`, `scenarios/`, `journals/` and `logs/`."""
    chosen = environ.get("CYBEREX_HOME")
    if chosen:
        try:
            return Path(chosen).expanduser()
        except RuntimeError:  # nobody has that name
            return Path(chosen)
    return Path(platformdirs.user_data_dir("cyberex", appauthor=False, roaming=False))


def journals() -> Path:
    return home() / "journals"


def bug_reports() -> Path:
    return home() / "logs"
