"""How a message names a thing of the scenario, and the nearest word to a mistyped one."""

import difflib
import unicodedata
from collections.abc import Iterable
from typing import Any

from cyberex.i18n import _
from cyberex.scenario.source import PathTuple

# Comparing is slow: a file of 10,000 stimuli must not pay for it at each mistake.
_MAX_COMPARED = 200


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that `word` is probably a slip for, or None."""
    length = len(word)
    close = [
        candidate
        for candidate in known
        if abs(len(candidate) - length) <= 3 and (candidate[:1] == word[:1] or length < 12)
    ]
    found = difflib.get_close_matches(word, close[:_MAX_COMPARED], n=1, cutoff=0.6)
    return found[0] if found else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint naming the nearest known word, else all of them if they are few, else nothing."""
    words = sorted(known)
    found = nearest(word, words)
    if found:
        return _("did you mean '{word}'?").format(word=found)
    if not words or len(words) > 12:
        return ""
    return _("known here: {words}").format(words=", ".join(words))


def as_id(text: str) -> str:
    """`text` turned into a valid id, for a hint; empty if nothing is left of it."""
    plain = unicodedata.normalize("NFKD", text.lower())
    kept = "".join(
        char if char.isascii() and (char.isalnum() or char in "_-") else " "
        for char in plain
        if not unicodedata.combining(char)
    )
    return "-".join(kept.split()).lstrip("_-")[:64]


def noun(collection: str) -> str:
    """What one item of `collection` is called."""
    nouns = {
        "objectives": _("objective"),
        "cells": _("cell"),
        "roles": _("role"),
        "actors": _("actor"),
        "assets": _("asset"),
        "channels": _("channel"),
        "milestones": _("milestone"),
        "decisions": _("decision"),
        "outcomes": _("outcome"),
        "keys": _("key of the director"),
        "sequences": _("sequence"),
        "jumps": _("jump"),
        "variants": _("variant"),
        "stimuli": _("stimulus"),
        "reserve": _("reserve item"),
        "expect": _("expectation"),
        "attachments": _("attachment"),
        "variables": _("variable"),
        "people": _("person"),
    }
    return nouns.get(collection, collection)


def owner(data: Any, path: PathTuple) -> str:
    """The innermost thing with an id around `path` (`stimulus 's01'`), else the block's key."""
    here, named, block = data, "", ""
    collection = ""
    for segment in path:
        if isinstance(segment, str):
            collection = block = segment
        try:
            here = here[segment]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(segment, int) and isinstance(here, dict):
            name = here.get("id")
            if isinstance(name, str) and name:
                named, block = f"{noun(collection)} '{name}'", ""
    if named:
        return named
    return f"'{block}'" if block else _("the file")
