"""What the kits know of the law, of words and of method, and blank forms to write in."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from cyberex.documents.kit.edition import (
    Edition,
    checked_on,
    day_code,
    day_figures,
    duties_of,
    steps_of,
    verified_on,
)
from cyberex.documents.kit.nodes import (
    Break,
    Entry,
    Grid,
    Heading,
    Listing,
    Node,
    Paragraph,
    Span,
    Text,
    plain,
    to_complete,
)
from cyberex.i18n import _
from cyberex.wording.clean import clean, clean_line

Nodes = tuple[Node, ...]

CRITERIA_OF_LEVEL = {"beginner": "12", "intermediate": "25", "advanced": "44"}
LOG_LINES, ACTION_LINES, NOTE_LINES = 18, 12, 22


def _of(record: Mapping[str, Any], key: str) -> str:
    value = record.get(key)
    return clean_line(value) if isinstance(value, str) else ""


def duties(edition: Edition) -> Nodes:
    """Whom to tell, how fast, on what ground; then what the facility has to check itself."""
    found = duties_of(edition.data, edition.plan.sector)
    head = (_("What"), _("Who → to whom"), _("Delay"), _("How"), _("Ground"))
    rows = tuple(
        (
            plain(_of(duty, "obligation")),
            plain(f"{_of(duty, 'who')} → {_of(duty, 'to')}"),
            plain(_of(duty, "delay"), bold=True),
            plain(_of(duty, "channel")),
            _ground(edition, duty),
        )
        for duty in found
    )
    day = day_figures(verified_on(edition.data))
    said: list[Node] = [Grid(head, rows, (31, 25, 15, 25, 34), name=_("Duties"))]
    open_points = [point for duty in found if (point := _of(duty, "to_verify"))]
    if open_points:
        said.append(Heading(3, plain(_("To be checked with the authority"))))
        said.append(Listing(tuple(Entry(plain(point), "box") for point in open_points)))
    checked = plain(day) if day else (to_complete(_("date of checking")),)
    said.append(Paragraph((Span(_("Checked on: ")), *checked)))
    return tuple(said)


def _ground(edition: Edition, duty: Mapping[str, Any]) -> Text:
    """The text of law, then where it was read and when."""
    source, day = _of(duty, "source"), day_figures(checked_on(edition.data, duty))
    read = _("Source: {source}; checked on {day}").format(source=source, day=day) if day else source
    return (*plain(_of(duty, "basis")), Span(f"\n{read}" if read else "", italic=True))


def glossary(edition: Edition) -> Nodes:
    terms = edition.data.glossary.get("terms") or ()
    head = (_("Word"), _("Meaning"), _("In English"))
    rows = tuple(
        (
            plain(_of(term, "term"), bold=True),
            plain(_of(term, "meaning")),
            plain(_of(term, "english")),
        )
        for term in terms
    )
    return (Grid(head, rows, (24, 56, 24), name=_("Glossary")),)


def self_assessment(edition: Edition) -> Nodes:
    """The questions by theme with a place for the score, then how to read the total."""
    data = edition.data.assess
    scores = [_of(item, "score") for item in data.get("scale") or ()]
    head = (_("No."), _("Statement"), _("What can be shown"), *scores)
    said: list[Node] = [
        Listing(tuple(
            Entry((Span(f"{_of(item, 'score')} – {_of(item, 'label')} : ", bold=True),
                   *plain(_of(item, "meaning"))))
            for item in data.get("scale") or ()
        ))
    ]  # fmt: skip
    for theme in data.get("themes") or ():
        rows = tuple(
            (plain(_of(question, "id").upper()), plain(_of(question, "text")),
             plain(_of(question, "proof")), *(plain("☐") for _score in scores))
            for question in data.get("questions") or ()
            if question.get("theme") == theme.get("id")
        )  # fmt: skip
        said.append(Heading(3, plain(_of(theme, "title"))))
        widths = (8, 48, 40, *((6,) * len(scores)))
        said.append(Grid(head, rows, widths, name=_of(theme, "title")))
    said.append(Heading(3, plain(_("Total and level"))))
    levels = tuple(
        (plain(f"{_of(level, 'from')} – {_of(level, 'to')}"), plain(_of(level, "title"), bold=True),
         plain(_of(level, "advice")))
        for level in data.get("levels") or ()
    )  # fmt: skip
    said.append(Grid((_("Total"), _("Level"), _("Advice")), levels, (14, 18, 68), name=_("Levels")))
    caps = data.get("caps") or ()
    titles = {_of(level, "id"): _of(level, "title") for level in data.get("levels") or ()}
    entries = tuple(
        Entry(plain(_("{question} at {score}: level {level} at most. {why}").format(
            question=_of(cap, "question").upper(), score=_of(cap, "score"),
            level=titles.get(_of(cap, "level"), ""), why=_of(cap, "why"))))
        for cap in caps
    )  # fmt: skip
    return (*said, Listing(entries)) if entries else tuple(said)


def observation_sheet(edition: Edition) -> Nodes:
    """A sheet a cell: its criteria by theme with the scale, then room for facts with their hour."""
    scale = edition.data.observation.get("scale") or ()
    said: list[Node] = []
    for cell in edition.plan.cells.values():
        if said:
            said.append(Break())
        said += _cell_sheet(edition, cell.id, scale)
    return tuple(said)


def _cell_sheet(edition: Edition, cell: str, scale: Any) -> list[Node]:
    scores = [_of(item, "score") for item in scale]
    legend = " ; ".join(f"{_of(item, 'score')} {_of(item, 'label').lower()}" for item in scale)
    title = _("Observation sheet – {cell}").format(cell=edition.game.names.cell(cell))
    said: list[Node] = [
        Heading(2, plain(title)),
        Paragraph(
            plain(_("Observer: ____________________   Date: ____________   Room: __________"))
        ),
        Paragraph(plain(legend)),
    ]
    chosen = criteria_of(edition, cell)
    head = (_("Criterion"), _("What is seen or heard"), *scores)
    rows: list[tuple[Text, ...]] = []
    for theme in edition.data.observation.get("themes") or ():
        of_theme = [item for item in chosen if item.get("theme") == theme.get("id")]
        if of_theme:
            blank = (plain(""),) * (len(head) - 1)
            rows.append((plain(_of(theme, "title").upper(), bold=True), *blank))
        rows += [_criterion(item, len(scores)) for item in of_theme]
    widths = (24, 52, *((6.0,) * len(scores)))
    said.append(Grid(head, tuple(rows), widths, name=edition.game.names.short_cell(cell)))
    columns = (_("Hour"), _("Fact observed, words heard"), _("Criterion"), _("Note"))
    blank = (plain(""),) * len(columns)
    # On the back of the sheet.
    said += [Break(), Heading(3, plain(_facts_title(edition, cell)))]
    said.append(Grid(columns, (blank,) * NOTE_LINES, (12, 62, 16, 10), pen=True, name=_("Facts")))
    return said


def _facts_title(edition: Edition, cell: str) -> str:
    return _("Facts, with their hour – {cell}").format(cell=edition.game.names.cell(cell))


def _criterion(item: Mapping[str, Any], scores: int) -> tuple[Text, ...]:
    ticks = (plain("☐"),) * scores
    return (plain(_of(item, "title"), bold=True), plain(_of(item, "observable")), *ticks)


def criteria_of(edition: Edition, cell: str) -> list[Mapping[str, Any]]:
    """The level's criteria that the observer of `cell` scores.

    One of a cell that this scenario does not have is nobody's, unless it has none of the known
    cells: then everybody scores everything.
    """
    level = edition.plan.level
    wanted = CRITERIA_OF_LEVEL.get(level, "44")
    every = [
        (item, set((item.get("cells") or {}).get(level) or ()))
        for item in edition.data.observation.get("criteria") or ()
        if wanted in (item.get("sets") or ())
    ]
    known = set[str]().union(*(cells for _item, cells in every)) & set(edition.plan.cells)
    return [item for item, cells in every if cell in cells or not (cells and known)]


def retroplanning(edition: Edition) -> Nodes:
    """Backwards from the day: when, what, who, which document."""
    head = ("✓", _("When"), _("What"), _("Who"), _("Document"))
    rows = []
    for step in steps_of(edition.data, edition.plan.sector):
        days = _days(step)
        when = day_code(days)
        if edition.particulars.day is not None:
            when += f"\n{edition.day_at(days)}"
        names = [name.strip() for name in _of(step, "document").split(",") if name.strip()]
        titles = [edition.titles[name] for name in names if name in edition.titles]
        texts = ("☐", when, _of(step, "what"), _of(step, "who"), "\n".join(titles))
        rows.append(tuple(plain(text) for text in texts))
    return (Grid(head, tuple(rows), (5, 18, 46, 18, 26), name=_("Retroplanning")),)


def _days(step: Mapping[str, Any]) -> int:
    try:
        return max(-1000, min(1000, int(str(step.get("day", "0")))))
    except ValueError:
        return 0


def timetable(edition: Edition) -> Nodes:
    """The half-day as anybody may know it: jumps of the game stay untold."""
    timing = edition.plan.timing
    briefing = timedelta(milliseconds=timing.briefing_ms)
    play = briefing + timedelta(milliseconds=timing.play_ms)
    steps = (
        (timedelta(), _("Welcome, rules, briefing of the players")),
        (briefing, _("DEBEX: the exercise begins")),
        (play, _("FINEX: the exercise ends, hot debrief in the same rooms")),
        (edition.length, _("End")),
    )
    rows = tuple((plain(edition.hour(after), bold=True), plain(said)) for after, said in steps)
    return (Grid((_("Hour"), _("What")), rows, (20, 80), name=_("Timetable")),)


def data_notice(edition: Edition) -> Nodes:
    notice = clean(edition.particulars.notice).strip()
    parts = [" ".join(part.split()) for part in notice.split("\n\n") if part.strip()]
    return tuple(Paragraph(_notice_line(part)) for part in parts)


def _notice_line(text: str) -> Text:
    """The first words of a paragraph say what it is about."""
    head, dot, rest = text.partition(". ")
    if dot and len(head) < 30:
        return (Span(f"{head}. ", bold=True), *plain(rest))
    return plain(text)


def blank_log(_edition: Edition) -> Nodes:
    head = (
        _("No."), _("Hour"), _("Source"), _("Fact"), _("Decision or action"), _("Who"),
        _("Due"), _("Done"),
    )  # fmt: skip
    rows = tuple(
        (plain(str(number)), *((plain(""),) * (len(head) - 1)))
        for number in range(1, LOG_LINES * 3 + 1)
    )
    return (Grid(head, rows, (6, 9, 14, 36, 32, 14, 10, 9), pen=True, wide=True, name=_("Log")),)


def blank_actions(_edition: Edition) -> Nodes:
    head = (_("No."), _("Action"), _("Who"), _("Asked at"), _("Due"), _("State"))
    rows = tuple(
        (plain(str(number)), *((plain(""),) * (len(head) - 1)))
        for number in range(1, ACTION_LINES * 2 + 1)
    )
    return (Grid(head, rows, (6, 46, 18, 12, 12, 16), pen=True, wide=True, name=_("Actions")),)
