"""Models of what exists before the story: objectives, cells, roles, actors, assets, channels.

Descriptions are in French: they become the help that an editor shows while the author types.
"""

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from cyberex.i18n import _
from cyberex.scenario.words import (
    AfterField,
    DelayField,
    Duration,
    DurationField,
    FactField,
    Id,
    Prose,
    StartexField,
    StartexTime,
    WordError,
)
from cyberex.times import parse_startex

ActorKind = Literal[
    "authority",
    "media",
    "staff",
    "family",
    "patient",
    "supplier",
    "partner",
    "elected",
    "system",
    "attacker",
]
AssetState = Literal["up", "down"]
ChannelKind = Literal["phone", "sms", "email", "visit", "document", "media", "radio"]

# Only ids whose meaning is beyond doubt; any other channel says its kind.
KIND_OF_WELL_KNOWN_CHANNEL: dict[str, ChannelKind] = {
    "phone": "phone",
    "mobile": "phone",
    "sms": "sms",
    "email": "email",
    "visit": "visit",
    "document": "document",
    "runner": "document",
    "media": "media",
    "radio": "radio",
}


class Node(BaseModel):
    """What every construct of the language shares: no unknown key, never changed once read."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, defer_build=True, allow_inf_nan=False, serialize_by_alias=True
    )


class Objective(Node):
    """Un objectif de l'exercice, que les attendus évaluent."""

    id: Id = Field(description="Identifiant de l'objectif.")
    title: Prose = Field(description="Ce que l'exercice doit faire travailler.")
    weight: int = Field(1, ge=1, le=100, description="Poids de l'objectif dans l'évaluation.")


class Timing(Node):
    """Les durées de la demi-journée et l'heure de la fiction au début de l'exercice."""

    startex: StartexField = Field(
        default_factory=lambda: StartexTime("now", parse_startex("now")),
        description="Date et heure de la fiction au DEBEX, ou « now » : l'heure de la salle.",
    )
    briefing: DurationField = Field(
        Duration("0 min", 0), description="Durée du briefing, avant le DEBEX."
    )
    play: DurationField = Field(description="Durée du jeu, du DEBEX au FINEX prévu.")
    debrief: DurationField = Field(
        Duration("0 min", 0), description="Durée du retour d'expérience à chaud."
    )


class Cell(Node):
    """Une cellule de joueurs : les stimuli lui sont remis."""

    id: Id = Field(description="Identifiant de la cellule.")
    title: Prose = Field(description="Nom de la cellule.")
    place: Prose | None = Field(None, description="Salle où la cellule se tient.")
    travel: DurationField = Field(
        Duration("0 min", 0),
        description="Avance nécessaire pour s'y rendre : visite jouée ou document à remettre.",
    )


class Role(Node):
    """Une fonction tenue par un joueur, dans une cellule."""

    id: Id = Field(description="Identifiant du rôle.")
    title: Prose = Field(description="Fonction jouée.")
    cell: Id = Field(description="Cellule où siège ce rôle.")
    brief: Prose | None = Field(None, description="Fiche de rôle remise au joueur.")


class WhenContacted(Node):
    """Ce que répond un acteur simulé quand les joueurs l'appellent ou lui écrivent."""

    reply_after: DelayField = Field(description="Délai de la réponse, fixe ou tiré au sort.")
    text: Prose | None = Field(None, description="Réponse dite ou écrite par l'acteur.")
    play: Id | None = Field(None, description="Élément de la réserve joué en réponse.")
    when: tuple[FactField, ...] = Field((), description="Faits qui doivent tous être vrais.")
    unless: tuple[FactField, ...] = Field((), description="Faits dont aucun ne doit être vrai.")

    @model_validator(mode="after")
    def _answers_in_one_way(self) -> Self:
        if (self.text is None) == (self.play is None):
            raise WordError(
                "text-or-play",
                _("the reply is either a 'text' or an item to 'play'"),
                _("keep one of the two keys"),
            )
        return self


class ComesBack(Node):
    """Un acteur qui revient à la charge jusqu'à ce qu'on lui réponde."""

    play: Id = Field(description="Élément de la réserve joué à chaque retour.")
    after: AfterField = Field(description="Fait à partir duquel l'acteur revient.")
    every: DurationField = Field(description="Intervalle entre deux retours.")
    until: FactField | None = Field(None, description="Fait qui met fin aux retours.")
    at_most: int | None = Field(None, ge=1, le=100, description="Nombre maximal de retours.")


class Actor(Node):
    """Un acteur simulé : il figure à l'annuaire de jeu, un animateur lui prête sa voix."""

    id: Id = Field(description="Identifiant de l'acteur.")
    title: Prose = Field(description="Nom et fonction de l'acteur (fictifs).")
    kind: ActorKind = Field(description="Nature de l'acteur.")
    played_by: Id | None = Field(None, description="Voix proposée : un animateur (animator-1…).")
    brief: Prose | None = Field(None, description="Fiche de jeu de l'animateur : ton, limites.")
    phone: Prose | None = Field(None, description="Téléphone fictif de l'annuaire de jeu.")
    email: Prose | None = Field(None, description="Adresse fictive de l'annuaire de jeu.")
    when_contacted: WhenContacted | None = Field(
        None, description="Réponse de l'acteur à un appel ou un message des joueurs."
    )
    comes_back: ComesBack | None = Field(None, description="L'acteur revient à la charge.")


class Asset(Node):
    """Un élément du système d'information, ou ce qui en dépend."""

    id: Id = Field(description="Identifiant de l'élément.")
    title: Prose = Field(description="Nom de l'élément.")
    needs: tuple[Id, ...] = Field((), description="Éléments sans lesquels celui-ci est en panne.")
    state: AssetState = Field("up", description="État au début de l'exercice.")


class Channel(Node):
    """Un moyen de remise des stimuli."""

    id: Id = Field(description="Identifiant du canal.")
    title: Prose = Field(description="Nom du canal.")
    kind: ChannelKind | None = Field(
        None, description="Nature du canal ; devinée pour phone, mobile, sms, email, visit…"
    )
    needs: tuple[Id, ...] = Field((), description="Éléments sans lesquels le canal est coupé.")
    fallback: Id | None = Field(None, description="Canal de secours quand celui-ci est coupé.")

    @property
    def means(self) -> ChannelKind | None:
        """The kind said, else the one of a well-known id, else None: carried by hand."""
        return self.kind or KIND_OF_WELL_KNOWN_CHANNEL.get(self.id)
