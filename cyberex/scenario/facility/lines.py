"""Is this number or address one that an exercise may use? Shared by the checks of a folder."""

import re

from cyberex.i18n import _
from cyberex.problems import Problem
from cyberex.scenario.facility import numbers
from cyberex.scenario.models import Scenario
from cyberex.scenario.people import PLACEHOLDER, is_placeholder
from cyberex.scenario.register import Findings, items_of
from cyberex.scenario.source import PathTuple, SourceMap

_TEN_DIGITS = re.compile(r"(?<![0-9])0[1-9](?:[ .\u00a0\u202f-]?[0-9]{2}){4}(?![0-9])")


def check_phone(phone: str | None, path: PathTuple, findings: Findings, *, rings: bool) -> None:
    """`rings`: a line that must ring on the day; a fictional number is then worth a warning."""
    if phone is None or is_placeholder(phone):
        return
    owner = numbers.real_owner(phone)
    if not numbers.is_phone(phone):
        findings.error(
            path,
            "bad-phone",
            _("'{phone}' is not a phone number").format(phone=phone),
            _("write the digits, or 'poste 4512' for an extension"),
        )
    elif owner is not None:
        findings.error(
            path,
            "real-number",
            _("'{phone}' really rings at: {owner}").format(phone=phone, owner=owner),
            _("put a line of the animation; 'poste {phone}' if it is an extension").format(
                phone=phone
            ),
        )
    elif rings and numbers.is_fictional(phone):
        findings.warning(
            path,
            "fictional-number",
            _("'{phone}' is kept for fiction and rings nowhere").format(phone=phone),
            _("put a line that rings on the day"),
        )


def check_mail(email: str | None, path: PathTuple, findings: Findings, *, shown: bool) -> None:
    """`shown`: an address that players write to during the game; nobody real may receive it."""
    if email is None or is_placeholder(email):
        return
    owner = numbers.real_mail_owner(email) if shown else None
    if not numbers.is_mail(email):
        findings.error(
            path,
            "bad-email",
            _("'{email}' is not a mail address").format(email=email),
            _("write it as name@facility.example"),
        )
    elif owner is not None:
        findings.error(
            path,
            "real-mail",
            _("'{email}' is a real address of {owner}").format(email=email, owner=owner),
            _("put a mailbox of the animation"),
        )
    elif numbers.goes_nowhere(email):
        findings.warning(
            path,
            "fictional-mail",
            _("'{email}' receives nothing").format(email=email),
            _("put a mailbox that somebody reads"),
        )


def to_complete(path: PathTuple, findings: Findings, what: str, *, needed: bool) -> None:
    """A placeholder left: an error for what the game cannot be played without."""
    message = _("still to complete: {what}").format(what=what)
    hint = _("write it in place of '{placeholder}'").format(placeholder=PLACEHOLDER)
    if needed:
        findings.error(path, "placeholder", message, hint)
    else:
        findings.warning(path, "placeholder", message, hint)


def check_spoken_numbers(scenario: Scenario, source: SourceMap) -> list[Problem]:
    """Numbers of the scenario itself: its directory, and those said in full by its texts.

    Short ones are left in texts: "le 15" is how people speak of the SAMU.
    """
    findings = Findings(source)
    for index, actor in enumerate(scenario.actors):
        check_phone(actor.phone, ("actors", index, "phone"), findings, rings=False)
    for path, item in items_of(scenario):
        for phone in _TEN_DIGITS.findall(item.text):
            check_phone(phone, (*path, "text"), findings, rings=False)
    return findings.problems
