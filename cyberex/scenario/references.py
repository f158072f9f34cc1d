"""Does every name that the author uses exist, and is it the kind of thing that fits there?"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import assert_never

from cyberex.i18n import _
from cyberex.scenario.models import Actor, Effects, Expectation, FactRef, Scenario, StoryItem
from cyberex.scenario.naming import did_you_mean, nearest, noun
from cyberex.scenario.register import Findings, Register, items_of
from cyberex.scenario.source import PathTuple


@dataclass(frozen=True, slots=True)
class References:
    """One pass over a scenario; what dangles goes to `findings`."""

    register: Register
    findings: Findings

    def check(self, scenario: Scenario) -> None:
        for index, role in enumerate(scenario.roles):
            self.named("cells", role.cell, ("roles", index, "cell"))
        for index, actor in enumerate(scenario.actors):
            self.actor(actor, ("actors", index))
        for index, asset in enumerate(scenario.assets):
            self.all_named("assets", asset.needs, ("assets", index, "needs"))
        for index, channel in enumerate(scenario.channels):
            self.all_named("assets", channel.needs, ("channels", index, "needs"))
            self.named("channels", channel.fallback, ("channels", index, "fallback"))
        self.turning_points(scenario)
        for path, item in items_of(scenario):
            self.item(item, path)
        for index, stimulus in enumerate(scenario.stimuli):
            if stimulus.after:
                self.fact(stimulus.after.fact, ("stimuli", index, "after"))
            if stimulus.otherwise and stimulus.otherwise.play:
                here = ("stimuli", index, "otherwise", "play")
                self.named("reserve", stimulus.otherwise.play, here)

    def turning_points(self, scenario: Scenario) -> None:
        for index, milestone in enumerate(scenario.milestones):
            path: PathTuple = ("milestones", index)
            self.named("objectives", milestone.objective, (*path, "objective"))
            self.effects(milestone.effects, (*path, "effects"))
        for index, decision in enumerate(scenario.decisions):
            path = ("decisions", index)
            self.named("objectives", decision.objective, (*path, "objective"))
            for number, outcome in enumerate(decision.outcomes):
                below = (*path, "outcomes", number)
                self.effects(outcome.effects, (*below, "effects"))
                self.named("reserve", outcome.play, (*below, "play"))
        for index, jump in enumerate(scenario.jumps):
            for number, variant in enumerate(jump.variants):
                below = ("jumps", index, "variants", number)
                self.facts(variant.when, (*below, "when"))
                self.facts(variant.unless, (*below, "unless"))

    def actor(self, actor: Actor, path: PathTuple) -> None:
        reply = actor.when_contacted
        if reply:
            below = (*path, "when_contacted")
            self.named("reserve", reply.play, (*below, "play"))
            self.facts(reply.when, (*below, "when"))
            self.facts(reply.unless, (*below, "unless"))
        again = actor.comes_back
        if again:
            below = (*path, "comes_back")
            self.named("reserve", again.play, (*below, "play"))
            self.fact(again.after.fact, (*below, "after"))
            if again.until:
                self.fact(again.until, (*below, "until"))

    def item(self, item: StoryItem, path: PathTuple) -> None:
        self.sender(item.sender, (*path, "from"))
        for number, recipient in enumerate(item.to):
            self.recipient(recipient, (*path, "to", number))
        self.named("channels", item.via, (*path, "via"))
        self.named("sequences", item.sequence, (*path, "sequence"))
        self.facts(item.when, (*path, "when"))
        self.facts(item.unless, (*path, "unless"))
        self.effects(item.effects, (*path, "effects"))
        for number, expectation in enumerate(item.expect):
            self.expectation(expectation, (*path, "expect", number))

    def expectation(self, expectation: Expectation, path: PathTuple) -> None:
        self.named("objectives", expectation.objective, (*path, "objective"))
        self.named("milestones", expectation.reaches, (*path, "reaches"))
        self.named("decisions", expectation.settles, (*path, "settles"))
        if expectation.by and expectation.by != "all":
            self.recipient(expectation.by, (*path, "by"))

    def sender(self, name: str, path: PathTuple) -> None:
        if name in self.register.ids["actors"]:
            return
        home = self.register.home(name)
        if home in ("roles", "cells") or name == "all":
            self.findings.error(
                path,
                "sender-is-player",
                _("'{id}' is a {noun} of the players: a sender is a simulated actor").format(
                    id=name, noun=noun(home or "cells")
                ),
                _("declare an actor under 'actors:' and name it here"),
            )
            return
        self.unknown("actors", name, path)

    def recipient(self, name: str, path: PathTuple) -> None:
        ids = self.register.ids
        if name == "all" or name in ids["roles"] or name in ids["cells"]:
            return
        if name in ids["actors"]:
            self.findings.error(
                path,
                "recipient-is-actor",
                _("'{id}' is a simulated actor: recipients are roles or cells").format(id=name),
                _("name a role, a cell or 'all'"),
            )
            return
        if self.findings.full:
            return
        self.findings.error(
            path,
            "unknown-recipient",
            _("no role or cell is called '{id}'").format(id=name),
            did_you_mean(name, [*ids["roles"], *ids["cells"], "all"]),
        )

    def named(self, collection: str, name: str | None, path: PathTuple) -> None:
        """An error unless `collection` declares `name`; None names nothing."""
        if name is not None and name not in self.register.ids[collection]:
            self.unknown(collection, name, path)

    def all_named(self, collection: str, names: Iterable[str], path: PathTuple) -> None:
        for number, name in enumerate(names):
            self.named(collection, name, (*path, number))

    def unknown(
        self, collection: str, name: str, path: PathTuple, *, hint: str = "", key: bool = False
    ) -> None:
        if self.findings.full:
            return
        home = self.register.home(name)
        if not hint and home:
            hint = _("'{id}' is a {home}; a {noun} is expected here").format(
                id=name, home=noun(home), noun=noun(collection)
            )
        self.findings.error(
            path,
            f"unknown-{_CODES[collection]}",
            _("no {noun} is called '{id}'").format(noun=noun(collection), id=name),
            hint
            or self.slip(collection, name)
            or _("declare it under '{collection}:'").format(collection=collection),
            key=key,
        )

    def slip(self, collection: str, name: str) -> str:
        """What `name` is probably a slip for. Not an id given twice: one of the two is the slip."""
        known = self.register.ids[collection]
        return (
            ""
            if nearest(name, sorted(known)) in self.register.twice
            else (did_you_mean(name, known))
        )

    def effects(self, effects: Effects, path: PathTuple) -> None:
        for asset in effects:
            if asset not in self.register.ids["assets"]:
                self.unknown("assets", asset, (*path, asset), key=True)

    def facts(self, facts: Iterable[FactRef], path: PathTuple) -> None:
        for number, fact in enumerate(facts):
            self.fact(fact, (*path, number))

    def fact(self, fact: FactRef, path: PathTuple) -> None:
        """An error unless what `fact` speaks of exists."""
        ids = self.register.ids
        match fact.kind:
            case "reached":
                if fact.subject not in ids["milestones"]:
                    self.unknown("milestones", fact.subject, path, hint=self.meant(fact.subject))
            case "outcome":
                self.outcome(fact, path)
            case "asset_down" | "asset_up":
                self.named("assets", fact.subject, path)
            case "key":
                self.named("keys", fact.subject, path)
            case "stimulus":
                if fact.subject not in ids["reserve"]:
                    self.named("stimuli", fact.subject, path)
            case _ as never:
                assert_never(never)

    def outcome(self, fact: FactRef, path: PathTuple) -> None:
        outcomes = self.register.outcomes.get(fact.subject)
        if outcomes is None:
            self.unknown("decisions", fact.subject, path)
        elif fact.detail not in outcomes:
            self.findings.error(
                path,
                "unknown-outcome",
                _("decision '{decision}' has no outcome '{outcome}'").format(
                    decision=fact.subject, outcome=fact.detail
                ),
                did_you_mean(fact.detail, outcomes),
            )

    def meant(self, name: str) -> str:
        """How to write the fact that a bare id of another kind probably stands for."""
        match self.register.home(name):
            case "decisions":
                outcome = min(self.register.outcomes[name])
                written = f"{name}={outcome}"
            case "assets":
                written = f"{name} down"
            case "stimuli" | "reserve":
                written = f"{name} delivered"
            case "keys":
                written = f"key {name}"
            case _:
                return ""
        return _("write '{fact}'").format(fact=written)


_CODES = {
    "objectives": "objective",
    "cells": "cell",
    "actors": "actor",
    "channels": "channel",
    "sequences": "sequence",
    "milestones": "milestone",
    "decisions": "decision",
    "keys": "director-key",
    "assets": "asset",
    "stimuli": "stimulus",
    "reserve": "reserve-item",
}
