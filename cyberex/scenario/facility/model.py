"""Models of `exercise.yaml`: what a facility decides about its own exercise, people apart.

Descriptions are in French: they become the help that an editor shows while the author types.
"""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Annotated, Any

from pydantic import Field, PlainSerializer, PlainValidator, WithJsonSchema

from cyberex.i18n import _
from cyberex.scenario.facility.colour import ColourField
from cyberex.scenario.models import Language
from cyberex.scenario.people import is_placeholder
from cyberex.scenario.words import DurationField, Id, Prose, VariableName, WordError
from cyberex.scenario.world import Node
from cyberex.times import FictionInstant, TimeError, parse_instant, parse_startex

ACTOR = "actor"
"""The word of `held_by` for an actor whom the animation voices."""

NAME = "structure"
"""The variable of a scenario that players hear as the facility's name, and that reports bear."""


@dataclass(frozen=True, slots=True)
class Day:
    """The day and hour of the room at which people are welcomed; None while it is to be written."""

    text: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Hour:
    """An hour of that day; None while it is to be written."""

    text: str
    at: time | None


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise WordError("wrong-type", _("a text is expected here"))
    return " ".join(value.split())


def _to_day(value: object) -> Day:
    if isinstance(value, Day):
        return value
    text = _text(value)
    if is_placeholder(text):
        return Day(text, None)
    hint = _("write for instance 2027-03-09 13:30, or mardi 9 mars 2027 13:30")
    try:
        at = parse_startex(text).at
    except TimeError as error:
        raise WordError(error.code, error.message, hint) from error
    if at is None:
        raise WordError("bad-day", _("'{text}' is not a day").format(text=text), hint)
    return Day(text, at)


def _to_hour(value: object) -> Hour:
    if isinstance(value, Hour):
        return value
    text = _text(value)
    if is_placeholder(text):
        return Hour(text, None)
    hint = _("write for instance 17:00")
    try:
        instant = parse_instant(text)
    except TimeError as error:
        raise WordError(error.code, error.message, hint) from error
    plain = isinstance(instant, FictionInstant) and (
        instant.weekday is None and instant.date is None and instant.day_offset is None
    )
    if not isinstance(instant, FictionInstant) or not plain:
        raise WordError("bad-hour", _("'{text}' is not an hour").format(text=text), hint)
    return Hour(text, instant.time)


def _written(word: Any) -> str:
    text: str = word.text
    return text


DayField = Annotated[
    Day,
    PlainValidator(_to_day),
    PlainSerializer(_written),
    WithJsonSchema({"type": "string", "examples": ["2027-03-09 13:30"]}),
]
HourField = Annotated[
    Hour,
    PlainValidator(_to_hour),
    PlainSerializer(_written),
    WithJsonSchema({"type": "string", "examples": ["17:00"]}),
]


class Origin(Node):
    """D'où vient le scénario, tel qu'il était quand le dossier a été préparé."""

    scenario: Id = Field(description="Identifiant du scénario.")
    digest: Prose = Field(description="Empreinte du scénario copié.")
    kit: Prose | None = Field(None, description="Identifiant du kit.")


class Room(Node):
    """La salle d'une cellule."""

    place: Prose | None = Field(None, description="Salle où la cellule se tient.")
    travel: DurationField | None = Field(None, description="Temps pour s'y rendre à pied.")


class Line(Node):
    """Une ligne de l'animation, qui sonne pour de vrai."""

    phone: Prose | None = Field(None, description="Téléphone réel.")
    email: Prose | None = Field(None, description="Adresse réelle.")


class Choice(Node):
    """Une fonction qui peut être jouée par l'animation ou tenue par un joueur."""

    held_by: Id = Field(description="« actor » (l'animation) ou l'identifiant du rôle.")
    stimuli_by: Id | None = Field(
        None, description="Acteur qui dit ses stimuli quand un joueur tient la fonction."
    )


class DataNotice(Node):
    """De quoi écrire la notice sur les données personnelles."""

    responsible: Prose = Field(description="Qui répond du traitement : l'établissement, son chef.")
    contact: Prose = Field(description="À qui s'adresser : le délégué à la protection des données.")
    keep_contacts_months: int = Field(
        3, ge=0, le=60, description="Mois pendant lesquels noms et coordonnées sont gardés."
    )
    keep_texts_months: int = Field(
        12, ge=0, le=120, description="Mois pendant lesquels les textes libres sont gardés."
    )


class Facility(Node):
    """L'exercice d'un établissement : ce qu'il décide, à côté du scénario et des personnes."""

    cyberex_exercise: int = Field(ge=1, le=1, description="Version du format : 1.")
    title: Prose = Field(description="Nom de l'exercice, neutre de préférence.")
    facility: Prose = Field(description="Nom de l'établissement.")
    language: Language = Field("fr", description="Langue des textes : fr ou en.")
    origin: Origin | None = Field(None, alias="from", description="D'où vient le scénario.")
    day: DayField = Field(description="Jour et heure de l'accueil, dans la vraie vie.")
    hard_end: HourField | None = Field(None, description="Heure à laquelle la salle est rendue.")
    variables: dict[VariableName, str] = Field({}, description="Valeurs des variables du scénario.")
    rooms: dict[Id, Room] = Field({}, description="Salle de chaque cellule.")
    animation: Line = Field(description="Numéro et boîte uniques de l'animation.")
    lines: dict[Id, Line] = Field({}, description="Lignes réelles propres à des acteurs simulés.")
    casting: dict[Id, Id] = Field(
        {}, description="Qui tient chaque voix, ou un acteur en particulier : une personne."
    )
    choices: dict[Id, Choice] = Field({}, description="Fonctions au choix : acteur ou rôle.")
    vacant_roles: tuple[Id, ...] = Field((), description="Rôles que personne ne tient, exprès.")
    colour: ColourField | None = Field(
        None, description="Couleur de l'établissement : six chiffres (1f4e8c) ou un nom (bleu)."
    )
    code_word: Prose = Field("exercice", description="Mot qui ouvre chaque appel et message.")
    stop_words: Prose = Field("RÉEL, RÉEL, RÉEL", description="Mots qui arrêtent tout.")
    data_notice: DataNotice = Field(description="Données personnelles.")

    @property
    def hard_end_at(self) -> datetime | None:
        """When the room must be left, in the room's own time; None if it is not known."""
        if self.hard_end is None or self.hard_end.at is None or self.day.at is None:
            return None
        return datetime.combine(self.day.at.date(), self.hard_end.at)
