"""From what the author wrote to what is played, construct by construct. No check is made here."""

from collections.abc import Iterable, Mapping

from cyberex.plan import model
from cyberex.plan.hours import Hours
from cyberex.plan.receivers import legs_for
from cyberex.scenario import models as written


def fact_of(fact: written.FactRef) -> model.Fact:
    match fact.kind:
        case "reached":
            return model.Fact(model.FactKind.MILESTONE, fact.subject)
        case "outcome":
            return model.Fact(model.FactKind.OUTCOME, fact.subject, fact.detail)
        case "asset_down":
            return model.Fact(model.FactKind.ASSET, fact.subject, "down")
        case "asset_up":
            return model.Fact(model.FactKind.ASSET, fact.subject, "up")
        case "stimulus":
            return model.Fact(model.FactKind.STIMULUS, fact.subject, fact.detail)
        case "key":
            return model.Fact(model.FactKind.KEY, fact.subject)


def conditions_of(
    when: Iterable[written.FactRef], unless: Iterable[written.FactRef]
) -> model.Conditions:
    return model.Conditions(tuple(map(fact_of, when)), tuple(map(fact_of, unless)))


def after_of(after: written.After) -> model.After:
    delay = after.delay
    if delay is None:
        return model.After(fact_of(after.fact))
    return model.After(fact_of(after.fact), delay.low_ms, delay.high_ms)


def effects_of(effects: Mapping[str, str]) -> tuple[tuple[str, bool], ...]:
    """In the order of their ids: a journal's canonical JSON does not keep the author's order, and
    the same game must be played from both."""
    return tuple((asset, state == "down") for asset, state in sorted(effects.items()))


def titled(
    items: Iterable[written.Asset | written.Key | written.Sequence],
) -> dict[str, model.Titled]:
    return {item.id: model.Titled(item.id, item.title) for item in items}


def milestone_of(item: written.Milestone) -> model.Milestone:
    return model.Milestone(item.id, item.title, item.objective or "", effects_of(item.effects))


def decision_of(item: written.Decision) -> model.Decision:
    outcomes = {
        outcome.id: model.Outcome(
            outcome.id, outcome.title, effects_of(outcome.effects), outcome.play or ""
        )
        for outcome in item.outcomes
    }
    return model.Decision(item.id, item.title, outcomes, item.objective or "")


def actor_of(item: written.Actor) -> model.Actor:
    return model.Actor(
        id=item.id,
        title=item.title,
        kind=item.kind,
        played_by=item.played_by or "",
        brief=item.brief or "",
        phone=item.phone or "",
        email=item.email or "",
        reply=None if item.when_contacted is None else _reply(item.when_contacted),
        comes_back=None if item.comes_back is None else _comes_back(item.comes_back),
    )


def _reply(item: written.WhenContacted) -> model.Reply:
    return model.Reply(
        low_ms=item.reply_after.low_ms,
        high_ms=item.reply_after.high_ms,
        text=item.text or "",
        play=item.play or "",
        conditions=conditions_of(item.when, item.unless),
    )


def _comes_back(item: written.ComesBack) -> model.ComesBack:
    after = after_of(item.after)
    if item.after.delay is None:
        # Without a delay of its own the first return waits as long as the next ones.
        after = model.After(after.fact, item.every.ms, item.every.ms)
    return model.ComesBack(
        play=item.play,
        after=after,
        every_ms=item.every.ms,
        until=None if item.until is None else fact_of(item.until),
        at_most=item.at_most or 100,
    )


def jump_of(item: written.Jump, index: int, hours: Hours) -> model.PlannedJump:
    at_ms, landing = hours.jumps[item.id]
    return model.PlannedJump(
        id=item.id,
        index=index,
        at_ms=at_ms,
        to=landing,
        title=item.title or "",
        bulletin=item.bulletin or "",
        variants=tuple(
            model.BulletinVariant(conditions_of(variant.when, variant.unless), variant.bulletin)
            for variant in item.variants
        ),
    )


def stimulus_of(
    item: written.Stimulus,
    index: int,
    hours: Hours,
    cells: Mapping[str, model.Cell],
    roles: Mapping[str, model.Role],
) -> model.PlannedStimulus:
    window = model.Window(
        at_ms=hours.at.get(item.id),
        after=None if item.after is None else after_of(item.after),
        until_ms=hours.until.get(item.id),
    )
    otherwise = None
    if item.otherwise is not None:
        otherwise = model.Otherwise(item.otherwise.kind, item.otherwise.play or "")
    return _item(item, index, cells, roles, window, otherwise)


def reserve_of(
    item: written.ReserveItem,
    index: int,
    cells: Mapping[str, model.Cell],
    roles: Mapping[str, model.Role],
) -> model.PlannedStimulus:
    return _item(item, index, cells, roles, None, None)


def _item(
    item: written.StoryItem,
    index: int,
    cells: Mapping[str, model.Cell],
    roles: Mapping[str, model.Role],
    window: model.Window | None,
    otherwise: model.Otherwise | None,
) -> model.PlannedStimulus:
    return model.PlannedStimulus(
        id=item.id,
        index=index,
        title=item.title,
        text=item.text,
        sender=item.sender,
        to=item.to,
        legs=legs_for(item.to, cells, roles),
        via=item.via,
        window=window,
        conditions=conditions_of(item.when, item.unless),
        otherwise=otherwise,
        if_down=model.IfDown(item.if_down),
        importance=model.Importance(item.importance),
        nature=model.Nature(item.nature),
        thread=item.thread or "",
        sequence=item.sequence or "",
        remarks=item.remarks or "",
        if_stuck=item.if_stuck or "",
        attachments=tuple(
            (part.title or part.file or "", part.file or "") for part in item.attachments
        ),
        handout=item.handout or "",
        expectations=tuple(_expectation(part, roles) for part in item.expect),
        effects=effects_of(item.effects),
    )


def _expectation(
    item: written.Expectation, roles: Mapping[str, model.Role]
) -> model.PlannedExpectation:
    by = item.by or ""
    role = roles.get(by)
    return model.PlannedExpectation(
        id=item.id,
        text=item.text,
        within_ms=None if item.within is None else item.within.ms,
        cell=role.cell if role else by,
        role=by if role else "",
        objective=item.objective or "",
        reaches=item.reaches or "",
        settles=item.settles or "",
    )
