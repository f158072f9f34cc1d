"""The first page of the report: what was played, when, by whom, what for, and how much of it."""

from cyberex.documents.blocks import Block, Bullets, Facts, Grid, Heading, Paragraph
from cyberex.documents.game import PastGame, day_words
from cyberex.documents.stops import Stop, StopKind
from cyberex.i18n import _, language, ngettext
from cyberex.times import SECOND_MS, format_duration_words, format_t
from cyberex.views.expectations import ExpectationStatus
from cyberex.views.score import Rate, score
from cyberex.wording import words
from cyberex.wording.clean import clean_line


def length(ms: int) -> str:
    """`1 h 30`, cut to the second."""
    return format_duration_words(ms // SECOND_MS * SECOND_MS, language())


def overview(game: PastGame) -> tuple[Block, ...]:
    return (
        Heading(_("In short")),
        *_warnings(game),
        Facts(_facts(game)),
        *_stops(game),
        *_synopsis(game),
        Heading(_("Who took part")),
        *_people(game),
        Heading(_("Objectives")),
        Bullets(tuple(clean_line(item.title) for item in game.plan.objectives.values()))
        if game.plan.objectives
        else Paragraph(_("The scenario states none.")),
        Heading(_("Key figures")),
        Paragraph(_("About 70 % of stimuli played is usual: an observation, not a target.")),
        _rates(game),
        _apart(game),
        _reactions(game),
    )


def _warnings(game: PastGame) -> tuple[Block, ...]:
    said = []
    if game.created.rehearsal:
        said.append(_("REHEARSAL: these figures are not those of a real exercise."))
    if not game.over:
        said.append(_("FINEX was not given when this report was written: it is provisional."))
    return tuple(Paragraph(item) for item in said)


def _facts(game: PastGame) -> tuple[tuple[str, str], ...]:
    situation = game.board.situation
    began = game.room(game.began_wall)
    facts = [
        (_("Facility"), game.facility),
        (_("Date"), day_words(began.date())),
        (_("In the room"), _room_hours(game)),
        (_("In the fiction"), _fiction_hours(game)),
        (_("Exercise time played"), _played(game)),
        (_("Stops"), _total(game.stops)),
        (_("Planned end"), format_t(situation.end_ms)),
        (_("End"), _end(game)),
        (_("Level"), _level(game.plan.level)),
        (_("Exercise"), clean_line(game.created.exercise)),
    ]
    return tuple((name, said) for name, said in facts if said)


def _room_hours(game: PastGame) -> str:
    situation = game.board.situation
    if not situation.debex_wall:
        return _("DEBEX not given")
    begun = game.room_hour(situation.debex_wall, seconds=False)
    if not situation.finex_wall:
        return _("from {begun}").format(begun=begun)
    over = game.room_hour(situation.finex_wall, seconds=False)
    return _("from {begun} to {over}").format(begun=begun, over=over)


def _fiction_hours(game: PastGame) -> str:
    return _("from {begun} to {over}").format(
        begun=game.fiction(0), over=game.fiction(max(0, game.end_ms))
    )


def _played(game: PastGame) -> str:
    said = length(max(0, game.end_ms - game.advanced_ms))
    if not game.advanced_ms:
        return said
    return _("{played}, and {advanced} passed over by advancing the clock").format(
        played=said, advanced=length(game.advanced_ms)
    )


def _total(stops: tuple[Stop, ...]) -> str:
    if not stops:
        return _("none")
    total_ms = sum(stop.length_ms or 0 for stop in stops if not stop.as_played)
    count = ngettext("{count} stop", "{count} stops", len(stops)).format(count=len(stops))
    return _("{count}, {length} in all").format(count=count, length=length(total_ms))


def _end(game: PastGame) -> str:
    situation = game.board.situation
    if situation.finex_ms is None:
        return _("not given")
    late_ms = situation.overtime_ms(situation.finex_ms)
    said = _("FINEX at {at}").format(at=format_t(situation.finex_ms))
    if late_ms < SECOND_MS:
        return said
    return _("{end}, {length} over").format(end=said, length=length(late_ms))


def _stops(game: PastGame) -> tuple[Block, ...]:
    if not game.stops:
        return ()
    rows = tuple(
        (
            game.room_hour(stop.from_wall),
            format_t(stop.sim_ms),
            _stop_kind(stop),
            "–" if stop.length_ms is None else length(stop.length_ms),
            game.text(stop.reason),
        )
        for stop in game.stops
    )
    columns = (_("Hour"), _("T+"), _("Stop"), _("Length"), _("Reason"))
    return (Grid(_("Pauses and stops"), columns, rows, head=0, narrow=(0, 1, 3)),)


def _stop_kind(stop: Stop) -> str:
    if stop.as_played:
        return _("interruption counted as played")
    return {
        StopKind.PAUSE: _("pause"),
        StopKind.REAL_STOP: _("real stop"),
        StopKind.INTERRUPTION: _("interruption"),
    }[stop.kind]


def _synopsis(game: PastGame) -> tuple[Block, ...]:
    said = clean_line(game.plan.synopsis)
    return (Paragraph(said),) if said else ()


def _level(level: str) -> str:
    return {
        "beginner": _("beginner"),
        "intermediate": _("intermediate"),
        "advanced": _("advanced"),
    }.get(level, clean_line(level))


def _people(game: PastGame) -> tuple[Block, ...]:
    """The roles of the scenario with the functions that held them, then the animation."""
    rows = [
        (game.names.role(role.id), game.names.cell(role.cell), _holders(game, role.id))
        for role in game.plan.roles.values()
    ]
    rows += [
        (_task(person.task), game.names.cell(person.cell) if person.cell else "", held)
        for person in game.people
        if person.role not in game.plan.roles
        for held in [clean_line(person.function)]
    ]
    if not rows:
        return (Paragraph(_("The journal names nobody.")),)
    columns = (_("Role"), _("Cell"), _("Function"))
    return (Grid("", columns, tuple(rows)),)


def _holders(game: PastGame, role: str) -> str:
    held = [clean_line(person.function) for person in game.people if person.role == role]
    return ", ".join(function for function in held if function) or "–"


def _task(task: str) -> str:
    return {
        "director": _("direction of the exercise"),
        "animation_head": _("head of the animation"),
        "animator": _("animation"),
        "observer": _("observation"),
        "secretary": _("secretary of the animation"),
        "player": _("player"),
        "": _("participant"),
    }.get(task, clean_line(task))


def _rates(game: PastGame) -> Grid:
    found = score(game.board.chronogram, game.end_ms)
    rows = [
        (words.importance(importance), *_rate(rate))
        for importance, rate in found.rates.items()
        if rate.planned
    ]
    columns = (_("Chronogram"), _("Planned"), _("Played"), _("Rate"))
    total = (_("in all"), *_rate(found.total))
    return Grid("", columns, (*rows, total), whole=(0,), narrow=(1, 2, 3), compact=True)


def _rate(rate: Rate) -> tuple[str, str, str]:
    share = rate.rate
    said = "–" if share is None else _("{percent} %").format(percent=round(share * 100))
    return (str(rate.planned), str(rate.delivered), said)


def _apart(game: PastGame) -> Grid:
    found = score(game.board.chronogram, game.end_ms)
    rows = (
        (_("conditional, not triggered"), str(found.not_triggered)),
        (_("from the reserve"), str(found.reserve)),
        (_("made up on the spot"), str(found.ad_hoc)),
        (_("replies, returns and replays"), str(found.added)),
    )
    return Grid(
        "", (_("Stimuli counted apart"), _("Count")), rows, whole=(0,), narrow=(1,), compact=True
    )


def _reactions(game: PastGame) -> Grid:
    opened = game.board.expectations.rows
    met = [row.status for row in opened]
    rows = (
        (_("seen"), str(met.count(ExpectationStatus.SEEN))),
        (_("partly"), str(met.count(ExpectationStatus.PARTLY))),
        (_("not seen"), str(met.count(ExpectationStatus.NOT_SEEN))),
        (_("nobody said"), str(sum(row.tickable for row in opened))),
        (_("in all"), str(len(opened))),
        (_("of which seen late"), str(sum(row.late for row in opened))),
    )
    return Grid(
        "", (_("Expected reactions"), _("Count")), rows, whole=(0,), narrow=(1,), compact=True
    )
