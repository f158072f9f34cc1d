"""Is the exercise itself ready: complete, cast, in the version that was printed?"""

from collections.abc import Mapping, Sequence
from itertools import combinations
from pathlib import Path

from cyberex.cli.findings import Finding, look, ready, stop
from cyberex.cli.loading import Ready
from cyberex.i18n import _, ngettext
from cyberex.plan.model import MINUTE_MS, Plan, PlannedStimulus
from cyberex.problems import Problem, Severity
from cyberex.scenario.facility.model import Facility
from cyberex.scenario.facility.printed import exercise_digest, file_digest, printed
from cyberex.times import format_t

SPOKEN = frozenset(["phone", "radio", "visit"])
TOO_CLOSE_MS = 2 * MINUTE_MS
SHOWN = 6
PARTS = {
    "roles": frozenset(["role-without-player", "unknown-role", "not-vacant"]),
    "voices": frozenset(
        ["voice-without-animator", "actor-without-voice", "voice-of-player", "voice-of-observer"]
    ),
    "lines": frozenset(["real-number", "fictional-number", "bad-phone", "real-mail", "bad-email"]),
}


def exercise_findings(ready_folder: Ready, folder: Path) -> list[Finding]:
    """All that the files say."""
    problems = ready_folder.problems
    found = [
        _placeholders(problems),
        _part(_("roles"), "roles", problems, _("each has a player")),
        _part(_("voices"), "voices", problems, _("each has an animator")),
        _part(_("lines"), "lines", problems, _("none rings at somebody else's")),
        _others(problems, folder),
    ]
    if ready_folder.plan is not None:
        names = {person.voice: person.name for person in ready_folder.people if person.voice}
        found.append(collisions_finding(ready_folder.plan, names))
    found.append(printed_finding(printed(folder), exercise_digest(folder)))
    if ready_folder.facility is not None:
        found.append(_edited(ready_folder.facility, ready_folder.found.path))
    return found


def _placeholders(problems: Sequence[Problem]) -> Finding:
    left = [problem for problem in problems if problem.code == "placeholder"]
    if not left:
        return ready(_("to complete"), _("nothing"))
    said = ngettext("{count} place", "{count} places", len(left)).format(count=len(left))
    return _judged(_("to complete"), said, left)


def _part(subject: str, part: str, problems: Sequence[Problem], fine: str) -> Finding:
    found = [problem for problem in problems if problem.code in PARTS[part]]
    if not found:
        return ready(subject, fine)
    return _judged(subject, " · ".join(problem.message for problem in found[:SHOWN]), found)


def _others(problems: Sequence[Problem], folder: Path) -> Finding:
    elsewhere = frozenset(["placeholder"]).union(*PARTS.values())
    left = [problem for problem in problems if problem.code not in elsewhere]
    if not left:
        return ready(_("files"), _("no other mistake in {folder}").format(folder=folder))
    said = ngettext("{count} other remark", "{count} other remarks", len(left))
    return _judged(_("files"), said.format(count=len(left)), left)


def _judged(subject: str, said: str, found: Sequence[Problem]) -> Finding:
    todo = _("cyberex check says where")
    if any(problem.severity is Severity.ERROR for problem in found):
        return stop(subject, said, todo)
    return look(subject, said, todo)


def collisions(plan: Plan) -> list[tuple[PlannedStimulus, PlannedStimulus]]:
    """Two things that one voice must say less than two minutes apart, by the planned hours."""
    spoken: dict[str, list[tuple[int, PlannedStimulus]]] = {}
    for stimulus in plan.chronogram:
        at_ms = stimulus.window.at_ms if stimulus.window else None
        actor = plan.actors.get(stimulus.sender)
        channel = plan.channels.get(stimulus.via)
        if at_ms is None or not actor or not actor.played_by or not channel:
            continue
        if channel.kind in SPOKEN:
            spoken.setdefault(actor.played_by, []).append((at_ms, stimulus))
    return [
        (first, second)
        for calls in spoken.values()
        for (first_ms, first), (second_ms, second) in combinations(calls, 2)
        if abs(first_ms - second_ms) < TOO_CLOSE_MS
    ]


def collisions_finding(plan: Plan, names: Mapping[str, str]) -> Finding:
    """`names`: who holds each voice."""
    subject = _("casting")
    found = collisions(plan)
    if not found:
        return ready(subject, _("no voice has two calls within 2 minutes"))
    told = []
    for first, second in found[:SHOWN]:
        voice = plan.actors[first.sender].played_by
        at_ms = first.window.at_ms if first.window and first.window.at_ms is not None else 0
        told.append(
            _("{first} and {second} at {at} ({voice})").format(
                first=first.id, second=second.id, at=format_t(at_ms), voice=names.get(voice, voice)
            )
        )
    return look(
        subject,
        " · ".join(told),
        _("give one of the two actors to somebody else, in 'casting' of exercise.yaml"),
    )


def printed_finding(noted: Mapping[str, Mapping[str, str]], now: str) -> Finding:
    """`noted`: what was printed, with its digest; `now`: the digest of what would be played."""
    subject = _("papers")
    if not noted:
        return look(subject, _("nothing printed from this folder"), _("print the sheets"))
    stale = [what for what, entry in noted.items() if entry.get("digest") != now]
    if stale:
        return stop(
            subject,
            _("the files changed since these were printed: {papers}").format(
                papers=", ".join(stale)
            ),
            _("print them again and throw the old ones away"),
        )
    return ready(subject, _("printed from what will be played"))


def _edited(facility: Facility, scenario: Path) -> Finding:
    subject = _("scenario")
    origin = facility.origin
    if origin is None:
        return ready(subject, _("the facility's own"))
    if file_digest(scenario) == origin.digest:
        return ready(subject, _("{id}, unchanged").format(id=origin.scenario))
    return ready(subject, _("{id}, changed by the facility").format(id=origin.scenario))
