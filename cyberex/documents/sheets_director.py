"""The head of animation's sheet: everything on paper, should the screen go dark."""

from cyberex.documents.blocks import Facts, Grid, Heading, Paragraph
from cyberex.documents.markup import Markup, element, joined
from cyberex.documents.papers_players import rules
from cyberex.documents.sheets_animator import (
    blocks,
    branch_words,
    calls_in,
    done_list,
    hours,
    only_for_animation,
    replies,
)
from cyberex.documents.sheets_card import jump_card
from cyberex.documents.sheets_contacts import call_down_places
from cyberex.documents.sheets_game import PaperGame
from cyberex.documents.sheets_items import Item, in_reserve, to_come
from cyberex.documents.sheets_words import (
    IMPORTANCE_SYMBOLS,
    comes_back_words,
    condition_lines,
    hour_words,
    state_words,
)
from cyberex.i18n import _
from cyberex.views.rows import JumpRow
from cyberex.wording.clean import clean_line


def director_body(game: PaperGame) -> Markup:
    return joined(
        only_for_animation(),
        *blocks(Facts(tuple(item for item in hours(game) if item[1]))),
        *_briefing(game),
        overview(game),
        jumps(game),
        branches(game),
        *_behaviours(game),
        *done_list(game),
        element("div", real_stop_card(game), class_="part"),
        calls_in(),
    )


def _briefing(game: PaperGame) -> list[Markup]:
    """What the director reads aloud before DEBEX."""
    text = game.said(game.plan.briefing_text, 0)
    said = [Paragraph(part.strip()) for part in text.split("\n\n") if part.strip()]
    if not said and not game.plan.rules:
        return []
    return blocks(Heading(_("Briefing, read aloud by the director")), *said, *rules(game))


def overview(game: PaperGame) -> Markup:
    """Whole chronogram and reserve, all voices, one line each, with a column to write into."""
    lines = to_come(game)
    rows = [
        _jump_row(game, line) if isinstance(line, JumpRow) else _row(game, line) for line in lines
    ]
    spare = [_row(game, item) for item in in_reserve(game)]
    return joined(
        *blocks(Heading(_("Chronogram, all voices")), Paragraph(_legend())),
        *_voices(game),
        _table(game, rows) if rows else joined(*blocks(Paragraph(_("Nothing remains.")))),
        *replies(game),
        *blocks(Heading(_("Reserve"))),
        _table(game, spare) if spare else joined(*blocks(Paragraph(_("Nothing.")))),
    )


def _legend() -> str:
    return _("★ essential, ● normal, ○ optional.")


def _voices(game: PaperGame) -> list[Markup]:
    rows = tuple(
        (
            clean_line(voice),
            game.names.person(person) if person else "",
            " / ".join(clean_line(part) for part in (person.phone, person.mobile) if part)
            if person
            else "",
            ", ".join(
                game.names.short_actor(actor.id)
                for actor in game.plan.actors.values()
                if game.voice_of(actor.id) == voice
            ),
        )
        for voice in game.voices()
        for person in [game.voiced_by(voice)]
    )
    columns = (_("Voice"), _("Animator"), _("Line"), _("Voices"))
    return blocks(Grid(_("Who voices whom"), columns, rows, narrow=(0,), whole=(2,)))


def _table(game: PaperGame, rows: list[Markup]) -> Markup:
    columns = (
        _("Room") if game.begun else _("T+"),
        _("Game"),
        _("No."),
        _("Voice"),
        _("Channel, receiver"),
        _("Event, conditions"),
        _("Done at, remarks"),
    )
    heads = (element("th", name, scope="col") for name in columns)
    head = element("thead", element("tr", *heads))
    return element("table", head, element("tbody", *rows), class_="chronogram")


def _row(game: PaperGame, item: Item) -> Markup:
    if item.at_ms is not None:
        hour, fiction = hour_words(game, item.at_ms), game.fiction_hour(item.at_ms)
    else:
        guess = hour_words(game, item.guess_ms) if item.guess_ms is not None else ""
        hour, fiction = _("towards {hour}").format(hour=guess) if guess else "–", ""
    notes = [state_words(game, item) if item.row else "", *condition_lines(game, item)]
    channel = game.names.channel(item.via)
    to = game.names.receivers(_to(item))
    voice = game.names.short_actor(item.sender)
    code = f"{IMPORTANCE_SYMBOLS[item.importance]} {item.code}"
    return element(
        "tr",
        element("td", hour, class_="whole"),
        element("td", fiction, class_="whole"),
        element("th", code, scope="row"),
        element("td", clean_line(item.voice) or "?", Markup("<br>"), voice),
        element("td", f"{channel} → {to}"),
        element("td", element("strong", item.title),
                *(joined(Markup("<br>"), f"({note})") for note in notes if note)),
        element("td", "", class_="to-fill"),
    )  # fmt: skip


def _to(item: Item) -> tuple[str, ...]:
    if item.row is not None:
        return item.row.to
    return item.planned.to if item.planned else ()


def _jump_row(game: PaperGame, row: JumpRow) -> Markup:
    title = game.names.jump(row.jump)
    said = _("JUMP: {title} (the game goes to {hour})").format(title=title, hour=f"{row.to:%H:%M}")
    return element(
        "tr",
        element("td", hour_words(game, row.due_ms), class_="whole"),
        element("td", said, colspan=5),
        element("td", "", class_="to-fill"),
        class_="wide",
    )


def jumps(game: PaperGame) -> Markup:
    left = [line for line in to_come(game) if isinstance(line, JumpRow)]
    if not left:
        return Markup()
    return joined(
        *blocks(Heading(_("Jumps and bulletins"))),
        *(jump_card(game, row, variants=True) for row in left),
    )


def branches(game: PaperGame) -> Markup:
    """Every decision with its outcomes: what falls, what the reserve answers."""
    settled = game.board.world.decisions
    rows = []
    for decision in game.plan.decisions.values():
        chosen = settled.get(decision.id)
        for outcome in decision.outcomes.values():
            falls = [
                game.names.asset(asset) + " : " + (_("down") if down else _("up"))
                for asset, down in outcome.effects
            ]
            plays = [branch_words(game, outcome.play)] if outcome.play else []
            box = "☒" if chosen and chosen.outcome == outcome.id else "☐"
            rows.append(
                (
                    game.names.decision(decision.id),
                    f"{box} {clean_line(outcome.title)}",
                    "\n".join(falls) or "–",
                    "\n".join(plays) or "–",
                )
            )
    if not rows:
        return Markup()
    columns = (_("Decision"), _("Outcome"), _("What falls"), _("What to play"))
    heading = Heading(_("Branches of decisions"))
    return joined(*blocks(heading, Grid("", columns, tuple(rows), head=1)))


def _behaviours(game: PaperGame) -> list[Markup]:
    rows = tuple(
        (game.names.actor(actor.id), comes_back_words(game, actor))
        for actor in game.plan.actors.values()
        if actor.comes_back
    )
    if not rows:
        return []
    columns = (_("Actor"), _("When"))
    return blocks(Heading(_("Actors who come back by themselves")), Grid("", columns, rows))


def real_stop_card(game: PaperGame) -> Markup:
    """What to do at once, and whom to ring: the same card for a real stop and for FINEX."""
    steps = (
        _("Anybody says 'REAL, REAL, REAL': whoever hears it repeats it."),
        _("Hang up. Nothing leaves any more: no call, no message, no visit."),
        _("Ring every line below, say 'real stop of the exercise', write the hour."),
        _("Care and the real event come first; players go without asking."),
        _("Only the director of the exercise lifts it: the same list is rung, then a pause."),
    )
    rows = tuple((place.who, place.contact, "", "", "") for place in call_down_places(game))
    columns = (_("Whom"), _("Number"), _("REAL STOP at"), _("Lifted at"), _("FINEX at"))
    return joined(
        element(
            "section",
            element("h2", _("REAL STOP")),
            element("ol", *(element("li", step) for step in steps)),
            class_="stop",
        ),
        *blocks(Heading(_("Call-down list")), Grid("", columns, rows, to_fill=(2, 3, 4))),
    )
