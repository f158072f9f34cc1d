"""Models of what happens: milestones, decisions, keys, sequences, jumps, stimuli, reserve.

Descriptions are in French: they become the help that an editor shows while the author types.
"""

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from cyberex.scenario.words import (
    AfterField,
    DurationField,
    FactField,
    FictionField,
    Id,
    InstantField,
    OtherwiseField,
    Prose,
)
from cyberex.scenario.world import AssetState, Node

Nature = Literal["normal", "nudge", "noise"]
Importance = Literal["essential", "normal", "optional"]
IfDown = Literal["fallback", "wait", "skip", "ask"]
Thread = Literal["technical", "care", "communication", "decision", "regulatory"]
Effects = dict[Id, AssetState]

_looks_like_a_file = re.compile(r"[/\\]|\.[A-Za-z0-9]{1,5}$").search


class Milestone(Node):
    """Ce que les cellules ont fait, constaté par l'animation ou un observateur."""

    id: Id = Field(description="Identifiant du jalon.")
    title: Prose = Field(description="Ce qui est constaté.")
    objective: Id | None = Field(None, description="Objectif que le jalon sert.")
    effects: Effects = Field({}, description="Éléments qui tombent (down) ou reviennent (up).")


class Outcome(Node):
    """Une issue d'une décision pivot."""

    id: Id = Field(description="Identifiant de l'issue.")
    title: Prose = Field(description="Ce qui a été décidé.")
    effects: Effects = Field({}, description="Éléments qui tombent (down) ou reviennent (up).")
    play: Id | None = Field(None, description="Suite tirée de la réserve.")


class Decision(Node):
    """Une décision pivot : une seule issue, chacune a ses effets et sa suite."""

    id: Id = Field(description="Identifiant de la décision.")
    title: Prose = Field(description="Ce qu'il faut décider.")
    objective: Id | None = Field(None, description="Objectif que la décision sert.")
    outcomes: tuple[Outcome, ...] = Field(min_length=2, description="Issues possibles.")


class Key(Node):
    """Une situation que le directeur déclare à la main (clé de conduite)."""

    id: Id = Field(description="Identifiant de la clé, repris par « key ID » dans les conditions.")
    title: Prose = Field(description="Situation déclarée.")


class Sequence(Node):
    """Un acte du scénario."""

    id: Id = Field(description="Identifiant de la séquence.")
    title: Prose = Field(description="Titre de la séquence.")


class BulletinVariant(Node):
    """Un bulletin de remplacement, si ses conditions sont réunies."""

    when: tuple[FactField, ...] = Field((), description="Faits qui doivent tous être vrais.")
    unless: tuple[FactField, ...] = Field((), description="Faits dont aucun ne doit être vrai.")
    bulletin: Prose = Field(description="Texte remis à la place du bulletin.")


class Jump(Node):
    """Un saut de la fiction : la salle ne bouge pas, l'heure de la fiction avance."""

    id: Id = Field(description="Identifiant du saut.")
    at: InstantField = Field(description="Moment où le saut est préparé.")
    to: FictionField = Field(description="Heure de la fiction après le saut.")
    title: Prose | None = Field(None, description="Titre du saut.")
    bulletin: Prose | None = Field(None, description="Texte remis aux cellules.")
    variants: tuple[BulletinVariant, ...] = Field(
        (), description="Bulletins de remplacement : le premier dont les conditions sont réunies."
    )


class Attachment(Node):
    """Une pièce jointe : un fichier à côté du scénario, ou le nom d'une pièce à préparer."""

    file: Prose | None = Field(None, description="Chemin du fichier, à côté du scénario.")
    title: Prose | None = Field(None, description="Nom de la pièce.")


def _to_attachment(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return {"file": value} if _looks_like_a_file(value) else {"title": value}


class Expectation(Node):
    """Ce que les joueurs devraient faire de ce stimulus."""

    id: Id = Field(description="Identifiant de l'attendu.")
    text: Prose = Field(description="Ce qu'un observateur doit voir.")
    within: DurationField | None = Field(None, description="Délai, compté de la remise.")
    by: Id | None = Field(None, description="Rôle ou cellule dont c'est attendu.")
    objective: Id | None = Field(None, description="Objectif évalué.")
    reaches: Id | None = Field(None, description="Jalon atteint quand l'attendu est observé.")
    settles: Id | None = Field(None, description="Décision dont l'issue est choisie en cochant.")


class StoryItem(Node):
    """What a stimulus of the chronogram and an item of the reserve share."""

    id: Id = Field(description="Identifiant du stimulus.")
    sequence: Id | None = Field(None, description="Séquence à laquelle il appartient.")
    when: tuple[FactField, ...] = Field((), description="Faits qui doivent tous être vrais.")
    unless: tuple[FactField, ...] = Field((), description="Faits dont aucun ne doit être vrai.")
    nature: Nature = Field("normal", description="normal, relance (nudge) ou bruit (noise).")
    importance: Importance = Field("normal", description="Importance dans le récit.")
    sender: Id = Field(alias="from", description="Acteur simulé qui l'émet.")
    to: tuple[Id, ...] = Field(description="Rôles ou cellules qui le reçoivent, ou all.")
    via: Id = Field(description="Canal de remise.")
    if_down: IfDown = Field("fallback", description="Que faire si le canal est coupé.")
    thread: Thread | None = Field(None, description="Fil du récit.")
    title: Prose = Field(description="Titre, pour l'animation.")
    text: Prose = Field(description="Texte dit ou remis aux joueurs.")
    remarks: Prose | None = Field(None, description="Pour l'animateur : ton, geste, piège.")
    if_stuck: Prose | None = Field(None, description="Que dire si les joueurs sont bloqués.")
    attachments: tuple[Annotated[Attachment, BeforeValidator(_to_attachment)], ...] = Field(
        (), description="Pièces jointes."
    )
    handout: Prose | None = Field(None, description="Numéro du document remis en main propre.")
    expect: tuple[Expectation, ...] = Field((), description="Attendus.")
    effects: Effects = Field({}, description="Éléments qui tombent (down) ou reviennent (up).")


class Stimulus(StoryItem):
    """Un stimulus du chronogramme."""

    at: InstantField | None = Field(None, description="Moment prévu, ou début de la fenêtre.")
    after: AfterField | None = Field(None, description="Fait qui le déclenche, plus un délai.")
    until: InstantField | None = Field(None, description="Fin de la fenêtre.")
    otherwise: OtherwiseField | None = Field(
        None, description="Si la fenêtre se ferme : skip, reserve, ou play."
    )


class ReserveItem(StoryItem):
    """Un stimulus hors chronogramme, prêt à être injecté."""
