"""What is played, for the animation only: synopsis, chronogram, conduct, actors, stimuli."""

from cyberex.documents.chronogram import fiction_at
from cyberex.documents.kit.blocks_people import ATTACKER, in_directory
from cyberex.documents.kit.edition import Edition
from cyberex.documents.kit.nodes import (
    Entry,
    Frame,
    Grid,
    Heading,
    Listing,
    Node,
    Paragraph,
    Sheet,
    Slip,
    Span,
    Text,
    plain,
)
from cyberex.documents.sheets_game import PaperGame
from cyberex.documents.sheets_words import (
    IMPORTANCE_SYMBOLS,
    after_words,
    comes_back_words,
    conditions_words,
    delay_words,
    expectation_line,
    importance_mark,
    nature_words,
    stimulus_words,
)
from cyberex.i18n import _, language
from cyberex.plan.model import Actor, Nature, Plan, PlannedJump, PlannedStimulus
from cyberex.times import format_fiction, format_t
from cyberex.wording.clean import clean, clean_line

Nodes = tuple[Node, ...]

ANIMATOR = "animator"
BY_VOICE = frozenset(["phone", "visit", "radio"])


def objectives(edition: Edition) -> Nodes:
    found = edition.plan.objectives.values()
    return (Listing(tuple(Entry(plain(clean_line(item.title)), "1") for item in found)),)


def synopsis(edition: Edition) -> Nodes:
    title = Paragraph(plain(clean_line(edition.plan.title), bold=True))
    return (title, *(Paragraph(plain(line)) for line in paragraphs(edition.plan.synopsis)))


def paragraphs(text: str) -> list[str]:
    return [" ".join(part.split()) for part in clean(text).split("\n\n") if part.strip()]


def at_ms(stimulus: PlannedStimulus) -> int | None:
    return stimulus.window.at_ms if stimulus.window else None


def in_order(plan: Plan) -> list[PlannedStimulus | PlannedJump]:
    """By hour, then what waits for a cause; the reserve is apart."""
    timed: list[tuple[int, int, PlannedStimulus | PlannedJump]] = []
    waiting: list[PlannedStimulus | PlannedJump] = []
    for stimulus in plan.chronogram:
        due_ms = at_ms(stimulus)
        if due_ms is None:
            waiting.append(stimulus)
        else:
            timed.append((due_ms, stimulus.index, stimulus))
    timed += [(jump.at_ms, jump.index, jump) for jump in plan.jumps.values()]
    return [item for _at, _index, item in sorted(timed, key=lambda row: row[:2])] + waiting


def spoken_text(edition: Edition, stimulus: PlannedStimulus) -> str:
    """The author's text with its hours, as if played when planned."""
    return edition.game.said(stimulus.text, at_ms(stimulus))


def chronogram(edition: Edition) -> Nodes:
    """The columns of the national kits, with T+ and number; then the reserve."""
    rows = tuple(
        _jump_row(edition, item) if isinstance(item, PlannedJump) else _row(edition, item)
        for item in in_order(edition.plan)
    )
    spare = tuple(_row(edition, item) for item in edition.plan.reserve)
    head = (
        _("Hour"), _("T+"), _("No."), _("Remarks"), _("Channel"), _("Wording of the event"),
        _("Expected reactions"), _("Sender"), _("Receiver"),
    )  # fmt: skip
    widths = (8, 8, 10, 36, 13, 56, 42, 19, 17)
    return (
        Grid(head, rows, widths, wide=True, name=_("Chronogram")),
        *((Heading(2, plain(_("Reserve"))),
           Grid(head, spare, widths, wide=True, name=_("Reserve"))) if spare else ()),
    )  # fmt: skip


def _row(edition: Edition, item: PlannedStimulus) -> tuple[Text, ...]:
    game, due_ms = edition.game, at_ms(item)
    said = "\n".join(paragraphs(spoken_text(edition, item)))
    shown = (
        f"{fiction_at(edition.plan, due_ms):%H:%M}" if due_ms is not None else "",
        format_t(due_ms) if due_ms is not None else "",
        f"{IMPORTANCE_SYMBOLS[item.importance]} {game.names.code(item.id)}",
        "\n".join(remarks(game, item)),
        game.names.channel(item.via),
    )
    reactions = "\n".join(f"– {expectation_line(game, found)}" for found in item.expectations)
    title = Span(f"{clean_line(item.title)}\n", bold=True)
    return (
        *(plain(cell) for cell in shown),
        (title, *plain(said)),
        plain(reactions),
        plain(game.names.actor(item.sender)),
        plain(game.names.receivers(item.to)),
    )


def _jump_row(edition: Edition, jump: PlannedJump) -> tuple[Text, ...]:
    landing = format_fiction(jump.to, language=language())
    said = "\n".join(paragraphs(edition.game.said(jump.bulletin, jump.at_ms)))
    name = clean_line(jump.title) or _("Time jump")
    title = f"{name} → {landing}\n"
    blank = plain("")
    return (
        plain(f"{jump.to:%H:%M}"), plain(format_t(jump.at_ms)), plain(jump.id.upper()), blank,
        blank, (Span(title, bold=True), *plain(said)), blank, blank, plain(_("all")),
    )  # fmt: skip


def remarks(game: PaperGame, item: PlannedStimulus) -> list[str]:
    """What the animation must know of it: cause, conditions, what if not, author's words."""
    found = [_("reserve") if item.window is None else after_words(game.plan, item.window)]
    conditions = conditions_words(game.plan, item.conditions)
    found.append(_("only if {facts}").format(facts=conditions) if conditions else "")
    if item.window and item.window.until_ms is not None:
        found.append(_("no later than {until}").format(until=format_t(item.window.until_ms)))
    if item.otherwise is not None and item.otherwise.action == "play":
        found.append(
            _("otherwise: {action}").format(
                action=_("{stimulus} is played").format(
                    stimulus=stimulus_words(game, item.otherwise.play)
                )
            )
        )
    found.append(nature_words(item.nature) if item.nature is not Nature.NORMAL else "")
    found.append(clean_line(item.remarks))
    return [note for note in found if note]


def stimuli(edition: Edition) -> Nodes:
    """One page each, in the order of play, then the reserve."""
    timed = [item for item in in_order(edition.plan) if isinstance(item, PlannedStimulus)]
    return tuple(_sheet(edition, item) for item in (*timed, *edition.plan.reserve))


def _sheet(edition: Edition, item: PlannedStimulus) -> Sheet:
    game, due_ms = edition.game, at_ms(item)
    names = game.names
    hour = _("reserve") if item.window is None else "–"
    if due_ms is not None:
        hour = f"{format_t(due_ms)} · {_fiction(game, due_ms)}"
    facts = (
        (_("Hour"), hour),
        (_("Channel"), names.channel(item.via)),
        (_("Sender"), names.actor(item.sender)),
        (_("Receiver"), names.receivers(item.to)),
        (_("Voice"), _voice(edition, item.sender)),
        (_("Importance"), importance_mark(item.importance)),
        (_("Handout no."), clean_line(item.handout)),
        (_("Attachments"), ", ".join(clean_line(name) for name, _file in item.attachments)),
    )  # fmt: skip
    parts = (
        (_("Conditions and remarks"), tuple(remarks(game, item))),
        (_("Expected reactions"), tuple(expectation_line(game, e) for e in item.expectations)),
        (_("If stuck"), (clean_line(item.if_stuck),)),
    )
    return Sheet(
        code=names.code(item.id),
        title=clean_line(item.title),
        facts=tuple(fact for fact in facts if fact[1]),
        parts=tuple((name, kept) for name, lines in parts if (kept := tuple(filter(None, lines)))),
        slip=_slip(edition, item),
    )


def _voice(edition: Edition, actor: str, *, short: bool = False) -> str:
    """Who says it: of a facility the person, `short` the voice's code; of a kit a number."""
    game = edition.game
    voice = game.voice_of(actor)
    if edition.own and not short:
        return game.voice_name(voice)
    kind, _dash, number = voice.rpartition("-")
    if kind == ANIMATOR and number.isdigit():
        return _("animator {number}").format(number=number)
    return clean_line(voice)


def _fiction(game: PaperGame, due_ms: int) -> str:
    return format_fiction(fiction_at(game.plan, due_ms), language=language())


def _slip(edition: Edition, item: PlannedStimulus) -> Slip:
    """Without the author's title, which may tell what players have to find out."""
    game, due_ms = edition.game, at_ms(item)
    channel = edition.plan.channels.get(item.via)
    spoken = channel is not None and channel.kind in BY_VOICE and not item.handout
    head = (
        (_("From"), _sender(edition.plan, edition.plan.actors.get(item.sender))),
        (_("To"), game.names.receivers(item.to)),
        (_("Hour"), _fiction(game, due_ms) if due_ms is not None else "__ : __"),
        (_("Handout no."), clean_line(item.handout)),
        (_("With"), ", ".join(clean_line(name) for name, _file in item.attachments)),
    )
    return Slip(
        label=_("To be said") if spoken else _("To be cut out and handed over"),
        head=() if spoken else tuple(line for line in head if line[1]),
        paragraphs=tuple(paragraphs(spoken_text(edition, item))),
        cut=not spoken,
    )


def _sender(plan: Plan, actor: Actor | None) -> str:
    """As players may know them: in full if they are in the game directory."""
    if actor is None or actor.kind == ATTACKER:
        return ""
    title = clean_line(actor.title)
    return title if actor in in_directory(plan) else title.split(",")[0]


def conduct(edition: Edition) -> Nodes:
    """Minute by minute, with a box to tick: what, by whom, to whom, and what if nothing happens."""
    game, timing = edition.game, edition.plan.timing
    head = ("✓", _("Room"), _("T+"), _("Game"), _("No."), _("Who → whom, how"), _("What, help"))
    rows = [
        _milestone(edition, -timing.briefing_ms, _("Welcome and briefing")),
        _milestone(edition, 0, _("DEBEX")),
    ]
    for item in in_order(edition.plan):
        if isinstance(item, PlannedJump):
            rows.append(_milestone(edition, item.at_ms, _("JUMP: {title} (the game goes to {hour})")
                .format(title=clean_line(item.title), hour=f"{item.to:%H:%M}")))  # fmt: skip
            continue
        due_ms = at_ms(item)
        voice = _voice(edition, item.sender, short=True) or "?"
        who = f"{voice} : {game.names.short_actor(item.sender)}"
        how = f"{game.names.receivers(item.to)} ({game.names.channel(item.via)})"
        notes = [*remarks(game, item)]
        if item.if_stuck:
            notes.append(_("If stuck: {help}").format(help=clean_line(item.if_stuck)))
        rows.append(
            (
                plain("☐"),
                plain(edition.room(due_ms) if due_ms is not None else "–"),
                plain(format_t(due_ms) if due_ms is not None else "–"),
                plain(f"{fiction_at(edition.plan, due_ms):%H:%M}" if due_ms is not None else ""),
                plain(f"{IMPORTANCE_SYMBOLS[item.importance]} {game.names.code(item.id)}"),
                plain(f"{who} → {how}"),
                (Span(clean_line(item.title), bold=True), *plain("".join(f"\n{n}" for n in notes))),
            )
        )
    rows.append(_milestone(edition, timing.play_ms, _("FINEX, then the hot debrief")))
    rows.append(_milestone(edition, timing.play_ms + timing.debrief_ms, _("End")))
    legend = Paragraph(plain(_("★ essential, ● normal, ○ optional.")))
    return (legend, Grid(head, tuple(rows), (4, 9, 8, 8, 10, 28, 60), name=_("Conduct")))


def _milestone(edition: Edition, sim_ms: int, said: str) -> tuple[Text, ...]:
    cells = ("☐", edition.room(sim_ms), format_t(sim_ms), "", "", "")
    return (*(plain(cell, bold=True) for cell in cells), plain(said, bold=True))


def actor_cards(edition: Edition) -> Nodes:
    """Who they are, on which line they answer, what they say, what they do by themselves."""
    return tuple(_actor(edition, actor) for actor in edition.plan.actors.values())


def _actor(edition: Edition, actor: Actor) -> Frame:
    game, reply = edition.game, actor.reply
    line = " / ".join(part for part in map(clean_line, (actor.phone, actor.email)) if part)
    said: list[tuple[str, str]] = [
        (_("Voice"), _voice(edition, actor.id)),
        (_("Answers on"), line if edition.own else ""),
        (_("Who they are"), clean_line(actor.brief)),
    ]
    if reply is not None:
        delay = delay_words(reply.low_ms, reply.high_ms)
        heading = _("If they are called (reply within {delay})").format(delay=delay)
        said.append((heading, clean_line(game.said(reply.text, None))))
        said.append((_("then plays"), stimulus_words(game, reply.play) if reply.play else ""))
        said.append((_("Condition"), conditions_words(game.plan, reply.conditions)))
    said.append((_("By themselves"), comes_back_words(game, actor)))
    return Frame(
        game.names.actor(actor.id),
        tuple(
            Paragraph((Span(_("{name}: ").format(name=name), bold=True), *plain(text)))
            for name, text in said
            if text
        ),
    )


def decisions(edition: Edition) -> Nodes:
    """Each decision with what falls and what the reserve answers."""
    names = edition.game.names
    rows = tuple(
        (
            plain("" if number else names.decision(decision.id), bold=True),
            plain(clean_line(outcome.title)),
            plain("\n".join(
                names.asset(asset) + " : " + (_("down") if down else _("up"))
                for asset, down in outcome.effects
            ) or "–"),
            plain(stimulus_words(edition.game, outcome.play) if outcome.play else "–"),
        )
        for decision in edition.plan.decisions.values()
        for number, outcome in enumerate(decision.outcomes.values())
    )  # fmt: skip
    head = (_("Decision"), _("Outcome"), _("What falls"), _("What to play"))
    return (Grid(head, rows, (24, 24, 36, 32), name=_("Decisions")),) if rows else ()
