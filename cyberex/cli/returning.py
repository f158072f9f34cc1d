"""Coming back to an exercise: the one left unfinished today, and what the terminal says on leaving.

After a crash nobody must begin anew without having been asked.
"""

import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from cyberex.cli.journals import state_word
from cyberex.i18n import _
from cyberex.journal.summaries import JournalSummary, summaries, summary

Ask = Callable[[str, str], str]
"""A question and its default answer; what was typed."""


def unfinished(
    scenario: str, folder: Path, today: date, *, rehearsal: bool
) -> JournalSummary | None:
    """The latest exercise of `scenario` begun `today` and not closed, in `folder`.

    A rehearsal is never gone on with as an exercise, nor the reverse; one that reached its FINEX
    is over.
    """
    own = re.compile(rf"{re.escape(scenario)}-\d{{8}}-\d{{6}}")
    over = {"closed", "debrief"} if rehearsal else {"closed"}
    for item in summaries(folder):
        if item.problem or item.rehearsal != rehearsal or item.state in over:
            continue
        if own.fullmatch(item.exercise) and _begun(item).date() == today:
            return item
    return None


def asked_to_resume(item: JournalSummary, ask: Ask) -> bool:
    """Go on with `item` rather than begin another exercise? Asked until it is answered."""
    resume, new = _("resume"), _("new")
    question = _("'{title}', begun at {hour}, is not finished ({state}). {resume} / {new}?").format(
        title=item.title,
        hour=f"{_begun(item):%H:%M}",
        state=state_word(item.state),
        resume=resume,
        new=new,
    )
    while True:
        answer = ask(question, resume).strip().casefold()
        for word in (resume, new):
            if answer and word.casefold().startswith(answer):
                return word == resume


def _begun(item: JournalSummary) -> datetime:
    return datetime.fromisoformat(item.created_wall)


def leaving_lines(journal: Path, report: Path, *, portal: str | None = None) -> list[str]:
    """Where everything is, for whoever has just left the console; `report` may not exist.
    `portal`: where its pages were served till then, "" at the usual address, None if not."""
    item = summary(journal)
    lines = [_("Journal: {path}").format(path=journal)]
    if not item.problem and item.state != "closed":
        going_on = _('To go on: cyberex resume "{path}"').format(path=journal)
        lines.append(going_on if portal is None else f"{going_on} --portal {portal}".rstrip())
    if report.is_dir() and any(report.iterdir()):
        lines.append(_("Report: {path}").format(path=report))
    return lines
