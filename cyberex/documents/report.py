"""The report of the hot debrief: what it holds, and how it is put on disk without ever replacing
what somebody may have corrected by hand.
"""

import os
import tempfile
from itertools import count
from pathlib import Path

from cyberex.documents.blocks import Block, Cell, Grid, Heading, Paper, Paragraph, Struck
from cyberex.documents.debriefing import debriefing
from cyberex.documents.game import PastGame
from cyberex.documents.leaving import leaving
from cyberex.documents.log import log_cells, log_columns, log_rows
from cyberex.documents.outcomes import outcomes
from cyberex.documents.overview import overview
from cyberex.documents.report_html import html_of
from cyberex.documents.report_md import markdown_of
from cyberex.errors import UserError
from cyberex.i18n import _, language, ngettext
from cyberex.wording.clean import clean_line

STEMS = {"fr": "retex-a-chaud", "en": "hot-debrief"}


def report_of(game: PastGame) -> Paper:
    mark = _("EXERCISE")
    if game.created.rehearsal:
        mark = _("{mark} – REHEARSAL").format(mark=mark)
    title = _("Hot debrief report")
    subtitle = clean_line(game.plan.title)
    return Paper(
        language=language(),
        mark=mark,
        title=title,
        subtitle=subtitle,
        running=f"{title} – {subtitle}",
        blocks=(
            *overview(game),
            *outcomes(game),
            *leaving(game),
            *debriefing(game),
            *_chronology(game),
        ),
        footer=_footer(game),
    )


def _chronology(game: PastGame) -> tuple[Block, ...]:
    heading = Heading(_("Chronology"))
    rows: list[tuple[Cell, ...]] = []
    for row in log_rows(game):
        cells = log_cells(row)
        rows.append(tuple(map(Struck, cells)) if row.withdrawn else cells)
    if not rows:
        return (heading, Paragraph(_("Nothing was recorded.")))
    return (heading, Grid("", log_columns(), tuple(rows), narrow=(1, 2, 4, 7), whole=(0, 3, 6)))


def _footer(game: PastGame) -> tuple[str, ...]:
    events = game.board.seq
    proof = ngettext(
        "Written from the journal of exercise {exercise}: {count} event, cyberex {program}.",
        "Written from the journal of exercise {exercise}: {count} events, cyberex {program}.",
        events,
    ).format(
        exercise=clean_line(game.created.exercise),
        count=events,
        program=clean_line(game.created.program),
    )
    if not game.chain_head:
        return (proof,)
    head = _("Hash of the last event: {hash}. 'cyberex verify' finds it again.")
    return (proof, head.format(hash=game.chain_head))


def write_report(game: PastGame, folder: Path) -> list[Path]:
    """Write the Markdown and the HTML into `folder`, made if needed; where they are.

    An existing file is never replaced: a report that differs takes the next number
    (`retex-a-chaud-2.md`), one that is already there word for word is not written again.
    UserError if the folder cannot be written to.
    """
    paper = report_of(game)
    contents = {".md": markdown_of(paper), ".html": html_of(paper)}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for number in count(1):
            stem = STEMS[language()] + ("" if number == 1 else f"-{number}")
            paths = _written(folder / stem, contents)
            if paths:
                return paths
    except OSError as error:
        raise UserError(
            _("the report cannot be written into '{folder}': {why}.").format(
                folder=folder, why=error.strerror or error
            ),
            _("Choose another folder with --to."),
        ) from error
    raise AssertionError("numbers do not end")


def _written(stem: Path, contents: dict[str, str]) -> list[Path]:
    """The paths, each a whole file or none; empty if another report holds this name."""
    paths = [stem.with_name(stem.name + suffix) for suffix in contents]
    texts = [text.encode("utf-8", "replace") for text in contents.values()]
    there = [path for path in paths if path.exists()]
    if there:
        same = there == paths and all(
            path.read_bytes() == text for path, text in zip(paths, texts, strict=True)
        )
        return paths if same else []
    made: list[Path] = []
    try:
        for path, text in zip(paths, texts, strict=True):
            _create(path, text)
            made.append(path)
    except OSError as error:
        for path in made:
            path.unlink()
        if isinstance(error, FileExistsError):
            return []
        raise
    return paths


def _create(path: Path, text: bytes) -> None:
    """Whole at once: FileExistsError if the name was taken meanwhile."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".report-")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text)
        temporary.chmod(0o644)
        # Taking the name first makes sure that nothing is replaced but our own empty file.
        path.open("xb").close()
        try:
            temporary.replace(path)
        except OSError:
            path.unlink()
            raise
    finally:
        temporary.unlink(missing_ok=True)
