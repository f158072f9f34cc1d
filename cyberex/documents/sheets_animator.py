"""The sheet of one animator: who they voice, their stimuli in order, the reserve, calls in."""

from datetime import datetime

from cyberex.documents.blocks import Block, Facts, Grid, Heading, Paragraph
from cyberex.documents.markup import Markup, element, joined
from cyberex.documents.report_html import block_html
from cyberex.documents.sheets_card import actor_card, blanks, card, jump_card
from cyberex.documents.sheets_game import PaperGame
from cyberex.documents.sheets_items import Item, Line, done, in_reserve, of_voice, to_come
from cyberex.documents.sheets_words import hour_words, stimulus_words
from cyberex.i18n import _, language
from cyberex.times import format_duration_words, format_t
from cyberex.views.ring_backs import ReplyTask
from cyberex.views.rows import ChronogramRow, JumpRow
from cyberex.wording import words
from cyberex.wording.clean import clean_line

CALLS_IN = 14


def animator_body(game: PaperGame, voice: str) -> Markup:
    """All that the animator with this voice needs; "": what nobody voices yet."""
    return joined(
        only_for_animation(),
        *blocks(*_who(game, voice)),
        *blocks(Heading(_("Whom you voice"))),
        actors(game, voice),
        own_lines(game, voice),
        calls_in(),
    )


def own_lines(game: PaperGame, voice: str, *, bulletins: bool = True) -> Markup:
    """What a voice has to play, what it may have to, what is done."""
    mine = of_voice(to_come(game), voice)
    spare = [item for item in in_reserve(game) if item.voice == voice]
    return joined(
        *replies(game, voice),
        *blocks(Heading(_("To play, in order"))),
        *_lines(game, mine, bulletins=bulletins),
        *blocks(Heading(_("In reserve: never without a word from the head of animation"))),
        *([card(game, item) for item in spare] or blocks(Paragraph(_("Nothing.")))),
        *done_list(game, voice),
    )


def _lines(game: PaperGame, lines: list[Line], *, bulletins: bool) -> list[Markup]:
    if not any(isinstance(line, Item) for line in lines):
        lines = []
    shown = [
        jump_card(game, line, bulletin=bulletins) if isinstance(line, JumpRow) else card(game, line)
        for line in lines
    ]
    return shown or blocks(Paragraph(_("Nothing.")))


def only_for_animation() -> Markup:
    said = _("For the animation only: never to be seen by players. No real patient's data here.")
    return element("p", said, class_="only")


def blocks(*made: Block) -> list[Markup]:
    return [block_html(block) for block in made]


def _who(game: PaperGame, voice: str) -> list[Block]:
    person = game.voiced_by(voice)
    line = (
        " / ".join(clean_line(part) for part in (person.phone, person.mobile) if part)
        if person
        else ""
    )
    heads = [item for item in game.people if item.task in ("animation_head", "director")]
    facts = [
        (_("Voice"), clean_line(voice) or _("voice to be given")),
        (_("Animator"), game.names.person(person) if person else ""),
        (_("Your line"), line),
        *((_staff(item.task), _reach(item.name or item.function, item.mobile or item.phone))
          for item in heads),
        *hours(game),
    ]  # fmt: skip
    how = _(
        "Begin every call with the word 'exercise'. Say the script, then listen: never help. "
        "No answer or busy: try again two minutes later. "
        "'REAL, REAL, REAL': hang up, stop everything."
    )
    return [Facts(tuple((name, said) for name, said in facts if said)), Paragraph(how)]


def _staff(task: str) -> str:
    return _("Head of animation") if task == "animation_head" else _("Director of the exercise")


def _reach(name: str, number: str) -> str:
    return " – ".join(part for part in map(clean_line, (name, number)) if part)


def hours(game: PaperGame) -> list[tuple[str, str]]:
    """Where the exercise stands, when it ends; blanks for what is not known yet."""
    situation = game.board.situation
    end_ms = situation.end_ms
    hard = situation.hard_end
    state = words.state(situation)[1]
    return [
        (_("State"), "" if not game.begun else f"{state}, {format_t(game.sim_ms // 1000 * 1000)}"),
        (_("DEBEX (T+0) in the room"), _debex(game)),
        (_("Planned end"), hour_words(game, end_ms)),
        (_("Planned breaks"), _breaks(game)),
        (_("Room to be left at"), f"{hard:%H:%M}" if hard else ""),
    ]


def _breaks(game: PaperGame) -> str:
    return ", ".join(
        f"{hour_words(game, item.at_ms)}, {format_duration_words(item.length_ms, language())}"
        for item in game.board.situation.breaks(game.sim_ms)
    )


def _debex(game: PaperGame) -> str:
    wall = game.board.situation.debex_wall
    if not wall:
        return "____ h ____"
    return f"{datetime.fromisoformat(wall).astimezone(game.room_now.tzinfo):%H:%M}"


def actors(game: PaperGame, voice: str) -> Markup:
    mine = [actor for actor in game.plan.actors.values() if game.voice_of(actor.id) == voice]
    if not mine:
        return block_html(Paragraph(_("Nobody yet.")))
    return element("div", *(actor_card(game, actor) for actor in mine), class_="actors")


def replies(game: PaperGame, voice: str | None = None) -> list[Markup]:
    """Answers promised to players by an actor of this voice (None: of anybody)."""
    tasks = [] if game.over else game.board.calls.replies(game.sim_ms)
    rows = tuple(
        (
            hour_words(game, task.due_ms),
            game.names.actor(task.actor),
            game.names.cell(task.cell) if task.cell else "",
            _owed(game, task),
            "",
        )
        for task in tasks
        if voice is None or task.voice == voice
    )
    if not rows:
        return []
    columns = (_("Hour"), _("As"), _("To"), _("To say"), _("Real time"))
    return blocks(
        Heading(_("Answers owed to players")), Grid("", columns, rows, head=1, to_fill=(4,))
    )


def _owed(game: PaperGame, task: ReplyTask) -> str:
    about = clean_line(game.text(task.text))
    if task.promise:
        said = _("promised to ring back")
    elif task.plays:
        said = stimulus_words(game, task.plays)
    else:
        actor = game.plan.actors.get(task.actor)
        said = game.said(actor.reply.text, None) if actor and actor.reply else ""
    return "\n".join(part for part in (said, f"({about})" if about else "") if part)


def done_list(game: PaperGame, voice: str | None = None) -> list[Markup]:
    """What is behind, in short (voice None: everybody's)."""
    rows = tuple(
        _done_row(game, row)
        for row in done(game)
        if voice is None or game.voice_of(row.sender, row.occurrence) == voice
    )
    if not rows:
        return []
    columns = (_("Hour"), _("No."), _("Title"), _("What became of it"))
    return blocks(Heading(_("Already done")), Grid("", columns, rows, head=1, narrow=(0, 1)))


def _done_row(game: PaperGame, row: ChronogramRow) -> tuple[str, ...]:
    at_ms = row.delivered_ms if row.delivered_ms is not None else row.due_ms
    title = clean_line(game.text(row.title)) or game.names.title_of_occurrence(row.occurrence)
    what = words.status(row.status)
    reason = words.skip_reason(row.reason)
    return (
        format_t(at_ms) if at_ms is not None else "–",
        game.names.code(row.occurrence),
        title,
        f"{what} ({reason})" if reason else what,
    )


def calls_in() -> Markup:
    columns = (
        _("Hour"),
        _("Who calls"),
        _("For whom"),
        _("About what"),
        _("Promise to call back"),
    )
    return element(
        "div", *blocks(Heading(_("Calls in"))), blanks(columns, CALLS_IN), class_="whole-block"
    )


def branch_words(game: PaperGame, stimulus: str) -> str:
    """`V01 Title (voice)`."""
    planned = game.plan.stimuli.get(stimulus)
    voice = game.voice_of(planned.sender) if planned else ""
    said = stimulus_words(game, stimulus)
    return f"{said} – {game.voice_name(voice)}" if voice else said
