"""One stimulus on paper, all that an animator needs to play it; one jump; one actor."""

from cyberex.documents.markup import Markup, element, joined
from cyberex.documents.report_html import text_html
from cyberex.documents.sheets_contacts import (
    Contact,
    channel_advice,
    contacts,
    going,
    is_dialled,
)
from cyberex.documents.sheets_game import PaperGame
from cyberex.documents.sheets_items import Item
from cyberex.documents.sheets_words import (
    comes_back_words,
    condition_lines,
    conditions_words,
    delay_words,
    expectation_line,
    hour_words,
    importance_mark,
    nature_words,
    state_words,
    stimulus_words,
)
from cyberex.i18n import _
from cyberex.plan.model import Actor, Nature, PlannedJump
from cyberex.views.rows import JumpRow, LegRow
from cyberex.wording.clean import clean, clean_line


def card(game: PaperGame, item: Item) -> Markup:
    planned = item.planned
    return element(
        "article",
        _top(game, item),
        element(
            "div",
            element("h3", item.title),
            _said(_("You are"), game.names.actor(item.sender)),
            class_="title",
        ),
        _state(game, item),
        _lent(game, item),
        *(_leg(game, item, leg) for leg in item.legs),
        _to_hand_over(item),
        _said(_("Condition"), " ; ".join(condition_lines(game, item))),
        element("div", text_html(item.text), class_="script"),
        _said(_("If stuck"), planned.if_stuck if planned else ""),
        _said(_("Remarks"), planned.remarks if planned else ""),
        _reactions(game, item),
        *_pens(game, item),
        class_="card",
    )


def _pens(game: PaperGame, item: Item) -> list[Markup]:
    """Where to write what came of it: a line a cell."""
    cells = [game.names.short_cell(leg.cell) for leg in item.legs]
    names = [f" – {cell}" for cell in cells] if len(cells) > 1 else [""]
    return [
        element(
            "div",
            element("span", _("Real time"), name),
            element("span", _("Who answered")),
            element("span", _("What they answered")),
            class_="pens",
        )
        for name in names
    ]


def _top(game: PaperGame, item: Item) -> Markup:
    nature = nature_words(item.planned.nature if item.planned else Nature.NORMAL)
    mark = importance_mark(item.importance) + (f", {nature}" if nature else "")
    channel = f"{game.names.channel_symbol(item.via)} {game.names.channel(item.via)}"
    return element(
        "div",
        element("span", item.code, class_="code"),
        element("span", _hours(game, item), class_="hour"),
        element("span", _fiction(game, item)),
        element("span", mark, class_="mark-of"),
        element("span", channel),
        class_="top",
    )


def _hours(game: PaperGame, item: Item) -> str:
    if item.at_ms is not None:
        return hour_words(game, item.at_ms)
    if item.guess_ms is not None:
        return _("towards {hour}").format(hour=hour_words(game, item.guess_ms))
    return _("no hour yet") if item.row else _("reserve")


def _fiction(game: PaperGame, item: Item) -> str:
    hour = game.fiction_hour(item.at_ms) if item.at_ms is not None else ""
    return _("in the game: {hour}").format(hour=hour) if hour else ""


def _state(game: PaperGame, item: Item) -> Markup:
    said = state_words(game, item)
    return element("p", said, class_="state") if said else Markup()


def _lent(game: PaperGame, item: Item) -> Markup:
    """Who they are, where their card is on another animator's sheet."""
    actor = game.plan.actors.get(item.sender)
    if actor is None or game.voice_of(actor.id) == item.voice:
        return Markup()
    return _said(_("Who they are"), actor.brief)


def _said(name: str, said: str) -> Markup:
    """A named line, nothing if there is nothing to say."""
    shown = clean(said).strip()
    if not shown:
        return Markup()
    return element("p", element("span", _("{name}:").format(name=name), class_="name"), " ",
                   text_html(shown))  # fmt: skip


def _leg(game: PaperGame, item: Item, leg: LegRow) -> Markup:
    channel = leg.channel or item.via
    if is_dialled(game, channel):
        lines = [
            _contact(_("Call") if number_is_rung(game, channel) else _("Write to"), contact)
            for contact in contacts(game, leg, channel)
        ]
    else:
        whom = ", ".join(
            " – ".join(part for part in (contact.role, contact.name) if part)
            for contact in contacts(game, leg, channel)
        )
        where = going(game, leg)
        if leg.leave_ms is not None:
            leave = hour_words(game, leg.leave_ms)
            where = _("{place} – LEAVE AT {hour}").format(place=where, hour=leave)
        lines = [_said(_("Go to"), where), _said(_("For"), whom)]
    advice = channel_advice(game, item, leg)
    if advice:
        lines.append(element("p", "⚠ ", advice))
    return joined(*lines)


def number_is_rung(game: PaperGame, channel: str) -> bool:
    found = game.plan.channels.get(channel)
    return found is None or found.kind not in ("email", "sms")


def _contact(verb: str, contact: Contact) -> Markup:
    number = (
        element("b", contact.number)
        if contact.number
        else joined(_("number:"), " ", element("span", "", class_="blank"))
    )
    parts = [
        element("span", _("{name}:").format(name=verb), class_="name"),
        Markup(" "),
        element("strong", contact.role),
        *([Markup(" – "), contact.name] if contact.name else []),
        Markup(" – "),
        number,
        *([Markup(" / "), contact.others] if contact.others else []),
    ]
    if contact.stand_in:
        parts.append(Markup("<br>"))
        parts.append(element("span", _("if away:"), class_="name"))
        parts.append(f" {contact.stand_in}")
    return element("p", *parts, class_="dial")


def _to_hand_over(item: Item) -> Markup:
    planned = item.planned
    if planned is None:
        return Markup()
    parts = []
    if planned.handout:
        parts.append(_("handout no. {number}").format(number=clean_line(planned.handout)))
    for title, file in planned.attachments:
        named = clean_line(title)
        parts.append(named if file in ("", title) else f"{named} ({clean_line(file)})")
    return _said(_("To hand over"), ", ".join(parts))


def _reactions(game: PaperGame, item: Item) -> Markup:
    expected = item.planned.expectations if item.planned else ()
    if not expected:
        return Markup()
    lines = (element("li", expectation_line(game, one)) for one in expected)
    return joined(element("p", _("Reactions to watch for:"), class_="name"), element("ul", *lines))


def blanks(columns: tuple[str, ...], rows: int = 1) -> Markup:
    """A table to write into with a pen."""
    return element(
        "table",
        element("thead", element("tr", *(element("th", name, scope="col") for name in columns))),
        element(
            "tbody",
            *(element("tr", *(element("td", "") for _name in columns))
              for _row in range(rows)),
        ),
        class_="to-write",
    )  # fmt: skip


def jump_card(
    game: PaperGame, row: JumpRow, *, bulletin: bool = True, variants: bool = False
) -> Markup:
    """A jump across the page with its bulletin; `variants` gives every other bulletin too."""
    planned = game.plan.jumps[row.jump]
    hour = _("the game goes to {hour}").format(hour=f"{row.to:%H:%M}")
    return element(
        "article",
        element(
            "div",
            element("span", game.names.code(row.jump), class_="code"),
            element("span", hour_words(game, row.due_ms), class_="hour"),
            element("span", _("JUMP: {what}").format(what=hour), class_="mark-of"),
            class_="top",
        ),
        element("h3", clean_line(planned.title) or _("Time jump")),
        *(_bulletins(game, planned, row, variants=variants) if bulletin else []),
        class_="card jump",
    )


def _bulletins(
    game: PaperGame, planned: PlannedJump, row: JumpRow, *, variants: bool
) -> list[Markup]:
    said = [
        element("p", _("Bulletin, read by the head of animation:"), class_="name"),
        _bulletin(game, planned.bulletin, row),
    ]
    if not planned.variants:
        return said
    if not variants:
        note = _("It has variants by what was decided: the one that is read counts.")
        return [*said, element("p", note)]
    for number, variant in enumerate(planned.variants, 1):
        condition = conditions_words(game.plan, variant.conditions)
        name = _("Variant {number}, if {facts} (the first that is true is read):").format(
            number=number, facts=condition
        )
        said.append(
            element(
                "div",
                element("p", element("strong", name)),
                _bulletin(game, variant.bulletin, row),
                class_="variant",
            )
        )
    return said


def _bulletin(game: PaperGame, text: str, row: JumpRow) -> Markup:
    return element("div", text_html(game.said(text, row.due_ms)), class_="script")


def actor_card(game: PaperGame, actor: Actor) -> Markup:
    """Who they are, on which line they answer, what they say when they are rung."""
    line = " / ".join(part for part in map(clean_line, (actor.phone, actor.email)) if part)
    reply = actor.reply
    heading = _("If they are called")
    if reply is not None:
        delay = delay_words(reply.low_ms, reply.high_ms)
        heading = _("If they are called (reply within {delay})").format(delay=delay)
    replied = game.said(reply.text, None) if reply else ""
    plays = stimulus_words(game, reply.play) if reply and reply.play else ""
    only = conditions_words(game.plan, reply.conditions) if reply else ""
    return element(
        "div",
        element("h3", game.names.actor(actor.id)),
        _said(_("Answers on"), line or _("no line of their own: the animation's only number")),
        _said(_("Who they are"), actor.brief),
        _said(heading, replied),
        _said(_("then plays"), plays),
        _said(_("Condition"), only),
        _said(_("By themselves"), comes_back_words(game, actor)),
        class_="actor",
    )
