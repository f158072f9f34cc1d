"""How a slip in what was typed is said: the library of the command line only knows English.

What is not recognised keeps the library's own words: better in English than not at all.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from cyberex.i18n import _

_Found = re.Match[str]


def translate_help(group: Any) -> None:
    """Put the help option of `group` and of its commands in the language in use."""
    for command in (group, *group.commands.values()):
        option = command.get_help_option(command.context_class(command))
        if option is not None:
            option.help = _("Show this message and exit.")


def usage_sentence(error: Any) -> str:
    """What the library's `error` means and what to type instead, in the language in use."""
    message = str(getattr(error, "message", "") or "")
    if type(error).__name__ == "MissingParameter" and error.param is not None:
        return _missing(error.param)
    if getattr(error, "param", None) is not None:
        return _bad_value(_name(error.param), message)
    for pattern, sentence in _SENTENCES.items():
        found = re.match(pattern, message)
        if found:
            return sentence(error, found)
    return str(error.format_message())


def _name(param: Any) -> str:
    if param.param_type_name == "option":
        return max(param.opts, key=len)  # type: ignore[no-any-return]
    return str(param.metavar or param.name).upper()


def _missing(param: Any) -> str:
    if param.param_type_name == "option":
        return _("option {name} is missing.").format(name=_name(param))
    return _("{name} is missing after the command.").format(name=_name(param))


def _bad_value(name: str, message: str) -> str:
    reason = message.removeprefix("Value error, ").rstrip(".")
    found = re.match(r"'(?P<word>.*)' is not one of (?P<choices>'.*')$", reason)
    if found:
        choices = re.findall(r"'([^']*)'", found["choices"])
        return _("'{word}' is not accepted for {name}: one of {choices}.").format(
            word=found["word"], name=name, choices=", ".join(choices)
        ) + _meant(found["word"], choices)
    if "integer" in reason:
        return _("{name} expects a whole number.").format(name=name)
    return _("what is given for {name} is not accepted: {reason}.").format(name=name, reason=reason)


def _unknown_command(error: Any, found: _Found) -> str:
    said = _("there is no command '{name}'.").format(name=found["name"])
    return said + _meant(found["name"], getattr(error.ctx.command, "commands", {}))


def _unknown_option(error: Any, found: _Found) -> str:
    name = found["name"]
    known = [option for param in error.ctx.command.params for option in param.opts]
    return _("there is no option {name}.").format(name=name) + _meant(name, known)


def _meant(word: str, known: Iterable[str]) -> str:
    """` Did you mean…?`, the nearest first; "" if nothing comes near."""
    near = get_close_matches(word, list(known))
    if not near:
        return ""
    return " " + _("Did you mean {words}?").format(words=", ".join(f"'{item}'" for item in near))


def _no_value(_error: Any, found: _Found) -> str:
    return _("a value is expected after {name}.").format(name=found["name"])


def _value_too_many(_error: Any, found: _Found) -> str:
    return _("option {name} takes no value.").format(name=found["name"])


def _too_much(_error: Any, found: _Found) -> str:
    return _("too many words: {words}. Put quotes around a name that holds spaces.").format(
        words=found["words"]
    )


_SENTENCES: Mapping[str, Callable[[Any, _Found], str]] = {
    r"No such command ['\"](?P<name>.*?)['\"]": _unknown_command,
    r"No such option:? (?P<name>\S+)": _unknown_option,
    r"Option '(?P<name>.*?)' requires an? argument": _no_value,
    r"Option '(?P<name>.*?)' does not take a value": _value_too_many,
    r"Got unexpected extra argument\S* \((?P<words>.*)\)": _too_much,
}
