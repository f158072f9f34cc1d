"""What does a declaration ask? Simulated forms, as data.

Ours are in `kits/common/interactive/declarations.yaml`.
"""

from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from cyberex.i18n import _
from cyberex.scenario.typed import Reading, read_model
from cyberex.scenario.words import Id, Prose, WordError
from cyberex.scenario.world import Node

FieldKind = Literal["line", "text", "moment", "one", "many"]


class DeclarationField(Node):
    """Un champ du formulaire."""

    id: Id = Field(description="Identifiant du champ.")
    kind: FieldKind = Field(description="line, text, moment, one ou many.")
    label: Prose = Field(description="Ce qui est demandé.")
    help: Prose | None = Field(None, description="Comment répondre.")
    choices: tuple[Prose, ...] = Field((), description="Réponses proposées.")

    @model_validator(mode="after")
    def _choices_where_one_chooses(self) -> Self:
        if (self.kind in ("one", "many")) != bool(self.choices):
            raise WordError(
                "choices-misplaced", _("'choices' goes with kind 'one' or 'many', and only there")
            )
        return self


class Section(Node):
    """Une partie du formulaire."""

    title: Prose = Field(description="Titre de la partie.")
    fields: tuple[DeclarationField, ...] = Field(min_length=1, description="Ses champs.")


class Declaration(Node):
    """Un formulaire simulé."""

    id: Id = Field(description="Identifiant du formulaire.")
    title: Prose = Field(description="Titre.")
    lead: Prose | None = Field(None, description="Conseil en tête.")
    sections: tuple[Section, ...] = Field(min_length=1, description="Ses parties.")


class Declarations(Node):
    """Les formulaires simulés."""

    cyberex_declarations: int = Field(ge=1, le=1, description="Version du format : 1.")
    forms: tuple[Declaration, ...] = Field(min_length=1, description="Les formulaires.")


def load_declarations(path: Path) -> Reading[Declarations]:
    """The forms at `path`; UserError only if it cannot be opened."""
    return read_model(path, Declarations)
