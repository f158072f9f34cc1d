"""The self-assessment on paper: one table a theme, a box a score, then how to read the total."""

from cyberex.documents.blocks import Block, Bullets, Facts, Grid, Heading, Paper, Paragraph
from cyberex.documents.report_html import html_of
from cyberex.i18n import _, language
from cyberex.scenario.assessment import Assessment

BOX = "☐"


def form_of(assessment: Assessment) -> str:
    """One HTML page to print and fill in by hand; it asks for no name."""
    scale = tuple(
        (f"{answer.score}  {answer.label}", answer.meaning or "") for answer in assessment.scale
    )
    blocks: list[Block] = [
        Paragraph(_("Score what you could show a visitor today; tick one box a line.")),
        Facts(scale),
        *(_theme(assessment, theme.id, theme.title) for theme in assessment.themes),
        Heading(_("Total and level")),
        _levels(assessment),
        Paragraph(_("Whatever the total:")),
        Bullets(
            tuple(
                _("{question} scored {score}: {level}. {why}")
                .format(
                    question=cap.question,
                    score=cap.score,
                    level=next(band.title for band in assessment.levels if band.id == cap.level),
                    why=cap.why or "",
                )
                .rstrip()
                for cap in assessment.caps
            )
        ),
    ]
    title = _("Self-assessment: which kit to play")
    paper = Paper(
        language=language(),
        mark="EXERCICE",
        title=title,
        subtitle=_("Date: ………………    Total: ……… / {highest}    Level: ………………………").format(
            highest=assessment.highest
        ),
        running=title,
        blocks=tuple(blocks),
        footer=(_("Write no name: functions only."),),
    )
    return html_of(paper)


def _theme(assessment: Assessment, theme: str, title: str) -> Block:
    scores = tuple(str(answer.score) for answer in assessment.scale)
    rows = tuple(
        (question.id, question.text, question.proof or "", *(BOX for _score in scores))
        for question in assessment.questions
        if question.theme == theme
    )
    columns = ("", _("Statement"), _("What can be shown"), *scores)
    boxes = tuple(range(3, 3 + len(scores)))
    return Grid(title, columns, rows, narrow=(0, *boxes), whole=(1, 2))


def _levels(assessment: Assessment) -> Block:
    rows = tuple(
        (_("{low} to {high}").format(low=band.low, high=band.high), band.title, band.advice or "")
        for band in assessment.levels
    )
    return Grid("", (_("Total"), _("Level"), _("Advice")), rows, narrow=(0, 1), whole=(2,))
