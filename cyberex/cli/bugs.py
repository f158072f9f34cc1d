"""Keep the account of a bug of ours in a file that the operator can send. Holds no exercise data
beyond what the traceback itself names."""

import platform
import sys
import tempfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from cyberex import __version__

LIBRARIES = ("simpy", "pyyaml", "pydantic", "textual", "rich", "networkx", "typer", "filelock")


def write_bug(folder: Path, account: str) -> str:
    """The path of the file written; a temporary folder where `folder` cannot be written."""
    from cyberex.exercise.clocks import SystemClocks

    moment = SystemClocks().room()
    name = f"cyberex-{moment:%Y%m%d-%H%M%S}.log"
    text = "\n".join([*_versions(), moment.isoformat(), " ".join(sys.argv[:2]), "", account])
    for place in (folder, Path(tempfile.gettempdir())):
        try:
            place.mkdir(parents=True, exist_ok=True)
            path = place / name
            path.write_text(text, encoding="utf-8")
        except OSError:
            continue
        return str(path)
    return "-"


def _versions() -> list[str]:
    lines = [f"cyberex {__version__}", f"Python {sys.version}", platform.platform()]
    for library in LIBRARIES:
        try:
            lines.append(f"{library} {version(library)}")
        except PackageNotFoundError:
            lines.append(f"{library} ?")
    return lines
