"""Which version was printed, and how papers are put on disk without ever replacing one."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any

from cyberex.documents.folders import new_folder, unwritable
from cyberex.facts.people import Person
from cyberex.plan.graph import CHANNEL, Dependencies
from cyberex.plan.model import Plan

PRINTED = ".printed.json"
NAME_LETTERS = 40


@dataclass(frozen=True, slots=True)
class Printed:
    """`what` is "sheets", "papers" or "rest"; `digest` that of the plan and people printed;
    `wall_at` when (ISO 8601)."""

    what: str
    digest: str
    wall_at: str


def printed_digest(plan: Plan, people: Iterable[Person]) -> str:
    """`3f9a-12c4-88d0`: the same for the same scenario and people, wherever they were read from.

    A scenario that starts at the room's hour (`startex: now`) has the same one at any hour.
    """
    timing = plan.timing
    if timing.is_now:
        plan = replace(plan, timing=replace(timing, startex=datetime.min))
    needs = {
        node: plan.dependencies.needs_of(node)
        for node in (*plan.assets, *(CHANNEL + channel for channel in plan.channels))
    }
    everybody = sorted(people, key=lambda person: person.id)
    written = json.dumps(
        [_canonical(plan), needs, _canonical(everybody)],
        ensure_ascii=False, sort_keys=True, separators=(",", ":"),
    )  # fmt: skip
    found = hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()
    return "-".join((found[:4], found[4:8], found[8:12]))


def _canonical(value: Any) -> Any:
    if isinstance(value, Dependencies):
        return None
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _canonical(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return [[str(key), _canonical(item)] for key, item in value.items()]
    if isinstance(value, list | tuple):
        return [_canonical(item) for item in value]
    return value.isoformat() if isinstance(value, datetime) else value


def printed_in(folder: Path) -> list[Printed]:
    """The editions printed into `folder`, the oldest first; unreadable ones left out."""
    found = []
    for path in folder.glob(f"*/{PRINTED}"):
        try:
            read = json.loads(path.read_text(encoding="utf-8"))
            found.append(Printed(str(read["what"]), str(read["digest"]), str(read["wall_at"])))
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return sorted(found, key=lambda printed: printed.wall_at)


def write_edition(
    folder: Path, name: str, pages: Mapping[str, str], printed: Printed
) -> list[Path]:
    """Write `pages` (file name -> text) into a new sub-folder `name` of `folder`, `name-2` if
    there is one already: nothing is ever replaced. UserError if that cannot be written."""
    try:
        edition = new_folder(folder, name)
        paths = []
        for page, text in pages.items():
            path = edition / page
            with path.open("x", encoding="utf-8", errors="replace", newline="\n") as file:
                file.write(text)
            paths.append(path)
        record = {"what": printed.what, "digest": printed.digest, "wall_at": printed.wall_at}
        with (edition / PRINTED).open("x", encoding="utf-8") as file:
            json.dump(record, file)
    except OSError as error:
        raise unwritable(folder, error) from error
    return paths


def slug(text: str, letters: int = NAME_LETTERS) -> str:
    """`text` as part of a file name: small unaccented letters, figures, hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:letters].strip("-")
