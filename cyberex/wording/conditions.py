"""What must hold for a stimulus to leave, in words."""

from cyberex.i18n import _
from cyberex.plan.model import Fact, FactKind, Plan


def fact_words(plan: Plan, fact: Fact) -> str:
    """A fact in words: `Messagerie: down`."""
    match fact.kind:
        case FactKind.MILESTONE:
            return plan.milestones[fact.subject].title
        case FactKind.OUTCOME:
            decision = plan.decisions[fact.subject]
            return f"{decision.title} : {decision.outcomes[fact.detail].title}"
        case FactKind.ASSET:
            state = _("down") if fact.detail == "down" else _("up")
            return f"{plan.assets[fact.subject].title} : {state}"
        case FactKind.STIMULUS:
            return f"{fact.subject.upper()} {_stimulus_state(fact.detail)}"
        case FactKind.KEY:
            return plan.keys[fact.subject].title


def _stimulus_state(detail: str) -> str:
    return {
        "delivered": _("delivered"),
        "acknowledged": _("acknowledged"),
        "done": _("done"),
        "skipped": _("skipped"),
    }[detail]
