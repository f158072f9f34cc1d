"""The whole scenario as one typed value, and its exact canonical JSON for the journal."""

from typing import Any, Literal

from pydantic import Field

from cyberex.scenario.story import (
    Attachment,
    BulletinVariant,
    Decision,
    Effects,
    Expectation,
    IfDown,
    Importance,
    Jump,
    Key,
    Milestone,
    Nature,
    Outcome,
    ReserveItem,
    Sequence,
    Stimulus,
    StoryItem,
    Thread,
)
from cyberex.scenario.words import (
    After,
    Delay,
    Duration,
    FactKind,
    FactRef,
    Id,
    Moment,
    Otherwise,
    Prose,
    StartexTime,
    VariableName,
)
from cyberex.scenario.world import (
    Actor,
    ActorKind,
    Asset,
    AssetState,
    Cell,
    Channel,
    ChannelKind,
    ComesBack,
    Node,
    Objective,
    Role,
    Timing,
    WhenContacted,
)

__all__ = [
    "Actor",
    "ActorKind",
    "After",
    "Asset",
    "AssetState",
    "Attachment",
    "BulletinVariant",
    "Cell",
    "Channel",
    "ChannelKind",
    "ComesBack",
    "Decision",
    "Delay",
    "Duration",
    "Effects",
    "Expectation",
    "FactKind",
    "FactRef",
    "IfDown",
    "Importance",
    "Jump",
    "Key",
    "Level",
    "Milestone",
    "Moment",
    "Nature",
    "Node",
    "Objective",
    "Otherwise",
    "Outcome",
    "ReserveItem",
    "Role",
    "Scenario",
    "Sector",
    "Sequence",
    "StartexTime",
    "Stimulus",
    "StoryItem",
    "Thread",
    "Timing",
    "WhenContacted",
    "scenario_from_json",
    "scenario_to_json",
]

Level = Literal["beginner", "intermediate", "advanced"]
Sector = Literal["es", "esms"]
Language = Literal["fr", "en"]


class Scenario(Node):
    """Un scénario d'exercice cyber."""

    cyberex: int = Field(ge=1, le=1, description="Version du langage de scénario : 1.")
    id: Id = Field(description="Identifiant du scénario.")
    title: Prose = Field(description="Titre du scénario.")
    language: Language = Field("fr", description="Langue des textes : fr ou en.")
    level: Level = Field("beginner", description="Niveau : beginner, intermediate ou advanced.")
    sector: Sector | None = Field(None, description="Secteur : es (sanitaire) ou esms.")
    synopsis: Prose | None = Field(None, description="Résumé, pour l'animation seule.")
    variables: dict[VariableName, str] = Field(
        {}, description="Valeurs reprises par ${nom} dans les textes ; l'établissement les change."
    )
    objectives: tuple[Objective, ...] = Field((), description="Objectifs de l'exercice.")
    timing: Timing = Field(description="Durées et heure de la fiction.")
    briefing_text: Prose | None = Field(None, description="Texte lu par le DIREX au briefing.")
    rules: tuple[Prose, ...] = Field((), description="Règles du jeu, une phrase chacune.")
    cells: tuple[Cell, ...] = Field((), description="Cellules de joueurs.")
    roles: tuple[Role, ...] = Field((), description="Rôles des joueurs.")
    actors: tuple[Actor, ...] = Field((), description="Acteurs simulés.")
    assets: tuple[Asset, ...] = Field((), description="Le SI et ce qui en dépend.")
    channels: tuple[Channel, ...] = Field((), description="Canaux de remise.")
    milestones: tuple[Milestone, ...] = Field((), description="Jalons constatés.")
    decisions: tuple[Decision, ...] = Field((), description="Décisions pivots.")
    keys: tuple[Key, ...] = Field((), description="Clés de conduite du directeur.")
    sequences: tuple[Sequence, ...] = Field((), description="Séquences du scénario.")
    jumps: tuple[Jump, ...] = Field((), description="Sauts de la fiction.")
    stimuli: tuple[Stimulus, ...] = Field((), description="Chronogramme.")
    reserve: tuple[ReserveItem, ...] = Field((), description="Stimuli hors chronogramme.")


def scenario_to_json(scenario: Scenario) -> dict[str, Any]:
    """The scenario as canonical JSON values: times and facts as their texts, nothing None."""
    return scenario.model_dump(mode="json", by_alias=True, exclude_none=True)


def scenario_from_json(document: dict[str, Any]) -> Scenario:
    """The scenario that `scenario_to_json` wrote; pydantic.ValidationError if it did not."""
    return Scenario.model_validate(document)
