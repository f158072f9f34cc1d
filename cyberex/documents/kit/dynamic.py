"""From the name of a block to its nodes: the only list of what `{{name}}` may stand for."""

from collections.abc import Callable, Mapping

from cyberex.documents.kit import blocks_data, blocks_people, blocks_story
from cyberex.documents.kit.edition import Edition
from cyberex.documents.kit.nodes import Node

Maker = Callable[[Edition], tuple[Node, ...]]

MAKERS: Mapping[str, Maker] = {
    "rules": blocks_people.rules,
    "game-directory": blocks_people.game_directory,
    "directory": blocks_people.directory,
    "attendance": blocks_people.attendance,
    "roles": blocks_people.roles,
    "cells": blocks_people.cells,
    "badges": blocks_people.badges,
    "door-signs": blocks_people.door_signs,
    "real-stop": blocks_people.real_stop,
    "call-down": blocks_people.call_down,
    "objectives": blocks_story.objectives,
    "synopsis": blocks_story.synopsis,
    "actor-cards": blocks_story.actor_cards,
    "chronogram": blocks_story.chronogram,
    "stimuli": blocks_story.stimuli,
    "conduct": blocks_story.conduct,
    "decisions": blocks_story.decisions,
    "timetable": blocks_data.timetable,
    "retroplanning": blocks_data.retroplanning,
    "observation-sheet": blocks_data.observation_sheet,
    "duties": blocks_data.duties,
    "data-notice": blocks_data.data_notice,
    "blank-log": blocks_data.blank_log,
    "blank-actions": blocks_data.blank_actions,
    "glossary": blocks_data.glossary,
    "self-assessment": blocks_data.self_assessment,
}


def block(edition: Edition, name: str) -> tuple[Node, ...]:
    """The nodes of one block. `texts` already refused a name that is not in the list."""
    return MAKERS[name](edition)
