"""Is the whole scenario coherent, time apart? One pass, nothing quadratic.

What needs the hours of the plan (unreachable stimuli, deadlines across a jump, loops of `after`)
is the plan room's.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from cyberex.i18n import _
from cyberex.problems import Problem
from cyberex.scenario.models import Scenario
from cyberex.scenario.references import References
from cyberex.scenario.register import Findings, check_duplicates, items_of, register_of
from cyberex.scenario.source import PathTuple, SourceMap

# An automatic mail or the attacker's note is nobody's voice.
VOICELESS_KINDS = frozenset(["system"])

# Whoever finds it without its context must see that it is play.
_marked_as_exercise = re.compile(r"\bexerci[cs]e", re.IGNORECASE).search
_drive_or_scheme = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*:").match


def check_scenario(scenario: Scenario, source: SourceMap) -> list[Problem]:
    """Duplicate ids, dangling names, loops, and what cannot be played as written."""
    findings = Findings(source)
    register = register_of(scenario)
    check_duplicates(scenario, findings)
    References(register, findings).check(scenario)
    _check_loops(scenario, findings)
    _check_people(scenario, findings)
    _check_stimuli(scenario, findings)
    _check_attachments(scenario, findings)
    return findings.problems


def _check_loops(scenario: Scenario, findings: Findings) -> None:
    needs = {asset.id: asset.needs for asset in scenario.assets}
    loop = find_loop(needs)
    if loop:
        index = _index(scenario.assets, loop[0])
        findings.error(
            ("assets", index, "needs"),
            "asset-loop",
            _("assets need each other in a loop: {loop}").format(loop=" → ".join(loop)),
            _("remove one of these needs"),
        )
    backups = {
        channel.id: (channel.fallback,) if channel.fallback else () for channel in scenario.channels
    }
    loop = find_loop(backups)
    if loop:
        findings.error(
            ("channels", _index(scenario.channels, loop[0]), "fallback"),
            "fallback-loop",
            _("fallbacks go round in a loop: {loop}").format(loop=" → ".join(loop)),
            _("remove one of these fallbacks"),
        )


def _index(items: Sequence[object], name: str) -> int:
    return next(index for index, item in enumerate(items) if getattr(item, "id", "") == name)


def find_loop(edges: Mapping[str, Sequence[str]]) -> list[str]:
    """One loop, its first node repeated at the end; empty if there is none.

    Not recursive: a chain may be as long as the file allows.
    """
    finished: set[str] = set()
    for start in edges:
        if start in finished:
            continue
        # `ahead[node]` is what is left to follow from `node`; its keys, in order, are the path.
        ahead = {start: iter(edges[start])}
        path = [start]
        while path:
            node = path[-1]
            following = next(ahead[node], None)
            if following is None:
                finished.add(node)
                ahead.pop(node)
                path.pop()
            elif following in ahead:
                return [*path[path.index(following) :], following]
            elif following in edges and following not in finished:
                ahead[following] = iter(edges[following])
                path.append(following)
    return []


def _check_people(scenario: Scenario, findings: Findings) -> None:
    for index, actor in enumerate(scenario.actors):
        if actor.played_by is None and actor.kind not in VOICELESS_KINDS:
            findings.warning(
                ("actors", index, "id"),
                "actor-without-voice",
                _("nobody plays actor '{id}'").format(id=actor.id),
                _("add 'played_by: animator-1' (or another animator)"),
            )
    for index, channel in enumerate(scenario.channels):
        if channel.means is None:
            findings.warning(
                ("channels", index, "id"),
                "channel-without-kind",
                _("what kind of channel is '{id}'?").format(id=channel.id),
                _("add 'kind:' with phone, sms, email, visit, document, media or radio"),
            )


def _check_stimuli(scenario: Scenario, findings: Findings) -> None:
    for path, item in items_of(scenario):
        if not item.to:
            findings.error(
                (*path, "to"),
                "nobody",
                _("'{id}' goes to nobody").format(id=item.id),
                _("name roles, cells or 'all'"),
            )
        if not _marked_as_exercise(item.text):
            findings.warning(
                (*path, "text"),
                "no-exercise-mark",
                _("the text of '{id}' does not say that it is an exercise").format(id=item.id),
                _("begin it with 'EXERCICE': what leaves the animation may be found by anybody"),
            )
    for index, stimulus in enumerate(scenario.stimuli):
        here: PathTuple = ("stimuli", index)
        if stimulus.at is None and stimulus.after is None:
            findings.error(
                (*here, "id"),
                "no-time",
                _("stimulus '{id}' has no time").format(id=stimulus.id),
                _("add 'at: T+5' or 'after: …', or move it to 'reserve:'"),
            )
        if stimulus.at is not None and stimulus.after is not None:
            findings.error(
                (*here, "after"),
                "two-times",
                _("stimulus '{id}' has both 'at' and 'after'").format(id=stimulus.id),
                _("keep one; 'at' with 'when: [fact]' waits for a fact"),
                key=True,
            )
        if stimulus.otherwise and not (stimulus.when or stimulus.unless or stimulus.after):
            findings.warning(
                (*here, "otherwise"),
                "useless-otherwise",
                _("'otherwise' of '{id}' is never used: nothing keeps it from leaving").format(
                    id=stimulus.id
                ),
                _("delete it, or add 'when:', 'unless:' or 'after:'"),
                key=True,
            )


def _check_attachments(scenario: Scenario, findings: Findings) -> None:
    for path, item in items_of(scenario):
        for number, attachment in enumerate(item.attachments):
            here = (*path, "attachments", number)
            if attachment.file is None:
                if attachment.title is None:
                    findings.error(
                        here,
                        "empty-attachment",
                        _("an attachment has a 'file' or a 'title'"),
                    )
                continue
            if leaves_folder(attachment.file):
                findings.error(
                    (*here, "file"),
                    "path-outside",
                    _("'{file}' is not beside the scenario").format(file=attachment.file),
                    _("put the file in the scenario's folder and write its path from there"),
                )


def leaves_folder(path: str) -> bool:
    """True if `path`, read by any system, could name something outside its folder."""
    plain = path.replace("\\", "/")
    if plain.startswith(("/", "~")) or _drive_or_scheme(plain):
        return True
    return ".." in PurePosixPath(plain).parts
