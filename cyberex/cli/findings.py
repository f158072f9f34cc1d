"""What a checklist found: one line each, a mark, and what to do. No probing here."""

from dataclasses import dataclass
from enum import StrEnum

from cyberex.i18n import _
from cyberex.problems import shown


class Mark(StrEnum):
    READY = "✓"
    LOOK = "!"
    STOP = "✗"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `todo` is "" when nothing is left to do."""

    mark: Mark
    subject: str
    said: str
    todo: str = ""


def ready(subject: str, said: str) -> Finding:
    return Finding(Mark.READY, subject, said)


def look(subject: str, said: str, todo: str = "") -> Finding:
    return Finding(Mark.LOOK, subject, said, todo)


def stop(subject: str, said: str, todo: str) -> Finding:
    return Finding(Mark.STOP, subject, said, todo)


def unknown(subject: str, todo: str) -> Finding:
    """What this machine does not tell: somebody has to look."""
    return look(subject, _("this computer does not say"), todo)


def lines_of(finding: Finding) -> list[str]:
    """The finding as a person reads it, safe for any terminal."""
    said = _("{subject}: {said}").format(subject=finding.subject, said=finding.said)
    lines = [f"{finding.mark} {shown(said)}"]
    if finding.todo:
        lines.append(f"    → {shown(finding.todo)}")
    return lines
