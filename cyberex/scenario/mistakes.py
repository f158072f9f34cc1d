"""From pydantic's errors to problems that an author understands, each at its place.

One mistake gives one problem: what only follows from another (the title is missing because
`titel` was written) is left out.
"""

import re
from collections.abc import Iterable
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from cyberex.i18n import _
from cyberex.problems import Problem
from cyberex.scenario.naming import as_id, did_you_mean, nearest, owner
from cyberex.scenario.source import PathTuple, SourceMap
from cyberex.scenario.words import ID_PATTERN, WordError

MAX_PROBLEMS = 200

# What authors write for a key of the language, too far from it to look like a slip.
_OTHER_WORDS = {
    "channel": "via",
    "chanel": "via",
    "canal": "via",
    "sender": "from",
    "de": "from",
    "recipients": "to",
    "recipient": "to",
    "a": "to",
    "vers": "to",
    "name": "title",
    "titre": "title",
    "nom": "title",
    "texte": "text",
    "message": "text",
    "heure": "at",
    "time": "at",
    "delay": "within",
    "delai": "within",
    "type": "kind",
    "cellule": "cell",
    "si": "when",
    "if": "when",
    "expected": "expect",
}

_VERSION_KEYS = ("cyberex", "cyberex_kit", "cyberex_people", "cyberex_exercise")

_words_between_quotes = re.compile(r"'([^']*)'").findall


def problems_of(
    error: ValidationError, model: type[BaseModel], data: Any, source: SourceMap
) -> list[Problem]:
    """At most MAX_PROBLEMS problems, in the order of the model."""
    details: list[Any] = list(error.errors(include_url=False))[: 4 * MAX_PROBLEMS]
    explained = _missing_explained_by_slips(details, model)
    problems: list[Problem] = []
    for detail in details:
        path: PathTuple = detail["loc"]
        if _is_told(path, source) or (detail["type"] == "missing" and path in explained):
            continue
        if len(problems) < MAX_PROBLEMS:
            problems.append(_problem(detail, model, data, source))
    return problems


def _is_told(path: PathTuple, source: SourceMap) -> bool:
    if not source.told:
        return False
    return any(path[:length] in source.told for length in range(len(path) + 1))


def _missing_explained_by_slips(details: list[Any], model: type[BaseModel]) -> set[PathTuple]:
    missing = {detail["loc"] for detail in details if detail["type"] == "missing"}
    if not missing:
        return set()
    explained: set[PathTuple] = set()
    for detail in details:
        if detail["type"] != "extra_forbidden":
            continue
        *parent, key = detail["loc"]
        slip = _meant(str(key), keys_at(model, tuple(parent)))
        if slip is not None:
            explained.add((*parent, slip))
    return missing & explained


def keys_at(model: type[BaseModel], path: PathTuple) -> list[str]:
    """The keys that the construct at `path` accepts; empty if it is not a construct."""
    here: type[BaseModel] | None = model
    for segment in path:
        if here is None:
            return []
        if isinstance(segment, int):
            continue
        found = None
        for name, spec in here.model_fields.items():
            if segment in (name, spec.alias):
                found = _model_in(spec.annotation)
        here = found
    if here is None:
        return []
    return [spec.alias or name for name, spec in here.model_fields.items()]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for part in get_args(annotation):
        found = _model_in(part)
        if found is not None:
            return found
    return None


def _problem(detail: Any, model: type[BaseModel], data: Any, source: SourceMap) -> Problem:
    path: PathTuple = detail["loc"]
    kind: str = detail["type"]
    written = detail["input"]
    if kind == "extra_forbidden":
        return _unknown_key(path, model, data, source)
    if kind == "missing":
        return source.problem(
            path[:-1],
            code="missing-key",
            message=_("key '{key}' is missing in {owner}").format(
                key=path[-1], owner=owner(data, path[:-1])
            ),
            hint=_("add '{key}: …'").format(key=path[-1]),
        )
    if kind == "string_pattern_mismatch":
        return _bad_name(path, detail, source)
    code, message, hint = _explained(kind, detail, path, written)
    return source.problem(path, code=code, message=message, hint=hint)


def _unknown_key(path: PathTuple, model: type[BaseModel], data: Any, source: SourceMap) -> Problem:
    key = str(path[-1])
    known = keys_at(model, path[:-1])
    meant = _meant(key, known)
    return source.problem(
        path,
        code="unknown-key",
        message=_("unknown key '{key}' in {owner}").format(key=key, owner=owner(data, path[:-1])),
        hint=_slip_of_yaml(key) or did_you_mean(meant or key, known),
        key=True,
    )


def _meant(key: str, known: list[str]) -> str | None:
    word = _OTHER_WORDS.get(key.lower())
    return word if word in known else nearest(key, known)


def _slip_of_yaml(key: str) -> str:
    if " " in key:
        return _("put quotes around a text that holds ': '")
    return ""


def _bad_name(path: PathTuple, detail: Any, source: SourceMap) -> Problem:
    word = str(detail["input"])
    on_key = path[-1] == "[key]"
    if on_key:
        path = path[:-1]
    pattern = detail["ctx"]["pattern"]
    suggestion = as_id(word)
    if pattern == ID_PATTERN:
        rule = _("an id holds lower-case letters without accent, digits, '-' and '_', 64 at most")
    else:
        rule = _("lower-case letters without accent, digits and '_', beginning with a letter")
        suggestion = suggestion.replace("-", "_").lstrip("0123456789_")
    hint = _("write '{word}'").format(word=suggestion) if suggestion else rule
    return source.problem(
        path,
        code="bad-id",
        message=_("'{word}' is not a valid id: {rule}").format(word=word[:70], rule=rule),
        hint=hint,
        key=on_key,
    )


def _explained(kind: str, detail: Any, path: PathTuple, written: Any) -> tuple[str, str, str]:
    """Code, message and hint of an error that points at a value."""
    context: dict[str, Any] = detail.get("ctx") or {}
    if kind == "value_error":
        error = context["error"]
        if isinstance(error, WordError):
            return error.code, error.message, error.hint
        return "bad-value", str(error), ""
    if kind == "literal_error":
        return _wrong_choice(str(context.get("expected", "")), written)
    if len(path) == 1 and path[0] in _VERSION_KEYS:
        return (
            "version",
            _("version '{word}' of the language is not known").format(word=_short(written)),
            _("write '{key}: 1'").format(key=path[-1]),
        )
    if kind in ("string_type", "string_sub_type"):
        return _text_expected(written)
    if kind in ("tuple_type", "list_type"):
        return _list_expected(written)
    if kind in ("model_type", "dict_type", "model_attributes_type"):
        return (
            "keys-expected",
            _("'key: value' lines are expected, not {found}").format(found=_found(written)),
            _("write one key a line, indented"),
        )
    return _number_or_length(kind, context, written)


def _wrong_choice(expected: str, written: Any) -> tuple[str, str, str]:
    choices: Iterable[str] = _words_between_quotes(expected)
    message = _("'{word}' is not one of: {choices}").format(
        word=_short(written), choices=", ".join(choices)
    )
    slip = nearest(str(written).lower(), choices) if isinstance(written, str) else None
    return (
        "wrong-choice",
        message,
        _("did you mean '{word}'?").format(word=slip) if slip else "",
    )


def _text_expected(written: Any) -> tuple[str, str, str]:
    hint = _("put quotes around a text that holds ':', '{', '[' or '#'")
    return (
        "text-expected",
        _("a text is expected, not {found}").format(found=_found(written)),
        hint,
    )


def _list_expected(written: Any) -> tuple[str, str, str]:
    hint = _("begin each item with '- '")
    if isinstance(written, str):
        hint = _("write [{word}]").format(word=_short(written))
    return (
        "list-expected",
        _("a list is expected, not {found}").format(found=_found(written)),
        hint,
    )


def _number_or_length(kind: str, context: dict[str, Any], written: Any) -> tuple[str, str, str]:
    if kind in ("string_too_short", "too_short"):
        least = context.get("min_length", 1)
        if isinstance(written, str):
            return "empty-value", _("the text is empty"), _("write a text or delete the key")
        return "too-few", _("at least {least} items are expected").format(least=least), ""
    if kind.startswith("int_"):
        return (
            "number-expected",
            _("'{word}' is not a whole number").format(word=_short(written)),
            _("write it in digits, without quotes or units"),
        )
    if kind in ("greater_than_equal", "less_than_equal"):
        limit = context.get("ge", context.get("le"))
        message = (
            _("'{word}' is too small: {limit} at least")
            if kind == "greater_than_equal"
            else _("'{word}' is too big: {limit} at most")
        )
        return "number-out-of-range", message.format(word=_short(written), limit=limit), ""
    return "bad-value", _("'{word}' is not accepted here").format(word=_short(written)), ""


def _found(written: Any) -> str:
    if isinstance(written, dict):
        return _("a block of keys")
    if isinstance(written, list):
        return _("a list")
    return f"'{_short(written)}'"


def _short(written: Any) -> str:
    text = str(written)
    return text if len(text) <= 60 else text[:59] + "…"
