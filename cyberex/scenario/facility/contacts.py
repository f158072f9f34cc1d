"""Can everybody in people.yaml be reached, once each, under a number that is theirs?"""

from collections.abc import Iterator

from cyberex.i18n import _
from cyberex.problems import Problem
from cyberex.scenario.checks import find_loop
from cyberex.scenario.facility.lines import check_mail, check_phone, to_complete
from cyberex.scenario.facility.numbers import digits_of
from cyberex.scenario.people import People, Person, is_placeholder
from cyberex.scenario.register import Findings
from cyberex.scenario.source import PathTuple, SourceMap

PHONES = ("phone", "mobile")
CONTACTS = ("function", "name", "phone", "mobile", "email")
# Without a name and a number of these nobody can be called, and nobody leads.
NEEDED_TASKS = frozenset(["director", "animation_head", "animator"])


def check_contacts(people: People, source: SourceMap) -> list[Problem]:
    """Placeholders, numbers that ring elsewhere, addresses given twice, stand-ins in a loop."""
    findings = Findings(source)
    _check_placeholders(people, findings)
    for index, person in enumerate(people.people):
        here: PathTuple = ("people", index)
        for key in PHONES:
            check_phone(getattr(person, key), (*here, key), findings, rings=True)
        check_mail(person.email, (*here, "email"), findings, shown=False)
    _check_twice(people, findings)
    _check_two_hats(people, findings)
    _check_stand_ins(people, findings)
    if not any(person.task == "director" for person in people.people):
        findings.error(("people",), "no-director", _("nobody has the task 'director'"))
    return findings.problems


def holders(people: People) -> dict[str, Person]:
    """The first person of each role or cell: who holds it, the others stand in."""
    found: dict[str, Person] = {}
    for person in people.people:
        if person.role is not None:
            found.setdefault(person.role, person)
    return found


def _check_placeholders(people: People, findings: Findings) -> None:
    first = {person.id for person in holders(people).values()}
    for index, person in enumerate(people.people):
        left = [key for key in CONTACTS if is_placeholder(getattr(person, key))]
        if not left:
            continue
        reached = any(_given(getattr(person, key)) for key in PHONES)
        needed = person.id in first or person.task in NEEDED_TASKS
        unreachable = not reached and person.id in first
        what = _("{keys} of '{person}'").format(keys=", ".join(left), person=person.id)
        to_complete(
            ("people", index, left[0]),
            findings,
            what,
            needed=needed and ("name" in left or unreachable),
        )


def _given(text: str | None) -> bool:
    return text is not None and not is_placeholder(text)


def _check_twice(people: People, findings: Findings) -> None:
    mails: dict[str, tuple[int, str]] = {}
    phones: dict[str, tuple[int, str]] = {}
    for index, person in enumerate(people.people):
        if person.email is not None and _given(person.email):
            other = mails.setdefault(person.email.lower(), (index, "email"))
            if other[0] != index:
                findings.error(
                    ("people", index, "email"),
                    "same-mail",
                    _("'{email}' is already the address of '{person}'").format(
                        email=person.email, person=people.people[other[0]].id
                    ),
                    _("each person has their own address: correct or delete one"),
                )
        for key, digits in _numbers(person):
            other = phones.setdefault(digits, (index, key))
            if other[0] != index:
                findings.warning(
                    ("people", index, key),
                    "same-phone",
                    _("'{phone}' is already a number of '{person}'").format(
                        phone=getattr(person, key), person=people.people[other[0]].id
                    ),
                    _("correct it, or keep it if they really share the line"),
                )


def _numbers(person: Person) -> Iterator[tuple[str, str]]:
    for key in PHONES:
        phone = getattr(person, key)
        # Extensions are compared as they are written.
        if phone is not None and _given(phone):
            yield key, digits_of(phone) or "".join(phone.lower().split())


def _check_two_hats(people: People, findings: Findings) -> None:
    players = {
        " ".join(person.name.lower().split()): person.id
        for person in people.people
        if person.role is not None and _given(person.name)
    }
    for index, person in enumerate(people.people):
        player = players.get(" ".join(person.name.lower().split()))
        if person.task is not None and player is not None:
            findings.error(
                ("people", index, "name"),
                "plays-and-animates",
                _("'{name}' also plays, as '{person}'").format(name=person.name, person=player),
                _("who animates or observes knows what comes: give the role to somebody else"),
            )


def _check_stand_ins(people: People, findings: Findings) -> None:
    ids = [person.id for person in people.people]
    loop = find_loop(
        {person.id: (person.stand_in,) for person in people.people if person.stand_in is not None}
    )
    if loop:
        findings.error(
            ("people", ids.index(loop[0]), "stand_in"),
            "stand-in-loop",
            _("stand-ins go round in a loop: {loop}").format(loop=" → ".join(loop)),
            _("remove one of these stand-ins"),
        )
