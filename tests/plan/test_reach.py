"""What can never happen is told before anybody plays."""

from collections.abc import Callable

from tests.plan.conftest import HEAD, Plan

Told = Callable[..., list[str]]


def stimuli(*lines: str) -> str:
    return "stimuli:\n" + "".join(f"  - {{{line}, …}}\n" for line in lines)


def test_stimuli_that_wait_for_each_other_are_told(told: Told) -> None:
    body = stimuli(
        "id: s1, after: s2 delivered + 5 min",
        "id: s2, after: s3 done",
        "id: s3, at: T+5, when: [s1 delivered]",
    )
    assert told(body) == ["cause-loop 's2 delivered + 5 min'"]


def test_a_stimulus_that_waits_for_itself_is_told(told: Told) -> None:
    assert told(stimuli("id: s1, at: T+5, when: [s1 done]"))[0].startswith("cause-loop")


def test_waiting_for_a_skip_is_no_loop(told: Told) -> None:
    body = stimuli("id: s1, at: T+5, when: [s2 delivered]", "id: s2, after: s1 skipped")
    assert told(body) == []


def test_what_is_both_wanted_and_excluded_can_never_leave(told: Told) -> None:
    body = stimuli("id: s1, at: T+5, when: [declared], unless: [declared]")
    (problem,) = told(body)
    assert problem.startswith("unreachable '[declared], unless:")


def test_two_outcomes_of_one_decision_never_hold_together(told: Told) -> None:
    body = stimuli("id: s1, at: T+5, when: [isolation=cut, isolation=kept]")
    (problem,) = told(body)
    assert problem.startswith("unreachable '[isolation=cut, isolation=kept]")


def test_what_comes_after_its_own_window_can_never_leave(told: Told) -> None:
    body = stimuli("id: s1, at: T+20", "id: s2, until: T+22, after: s1 delivered + 5 min")
    assert told(body) == ["unreachable 's1 delivered + 5 min'"]


def test_the_least_of_a_range_counts(told: Told) -> None:
    body = stimuli("id: s1, at: T+20", "id: s2, until: T+22, after: s1 delivered + 1 à 9 min")
    assert told(body) == []


def test_a_chain_that_goes_beyond_the_end_is_told(told: Told) -> None:
    body = stimuli("id: s1, at: T+80", "id: s2, after: s1 delivered + 20 min")
    assert told(body) == ["unreachable 's1 delivered + 20 min'"]


def test_a_deadline_that_crosses_a_jump_is_a_warning(told: Told) -> None:
    jump = "jumps:\n  - {id: noon, at: T+30, to: '14:00', bulletin: Midi.}\n"
    body = jump + stimuli("id: s1, at: T+25, expect: [{id: e1, text: Note, within: 10 min}]")
    assert told(body) == ["warning deadline-crosses '10 min'"]


def test_a_deadline_that_crosses_the_end_is_a_warning_and_the_plan_stands(plan: Plan) -> None:
    body = stimuli("id: s1, at: T+85, expect: [{id: e1, text: Note, within: 10 min}]")
    made = plan(body)
    assert [problem.code for problem in made.problems] == ["deadline-crosses"]
    assert made.plan is not None


def test_a_deadline_that_ends_with_the_jump_does_not_cross_it(told: Told) -> None:
    jump = "jumps:\n  - {id: noon, at: T+30, to: '14:00', bulletin: Midi.}\n"
    body = jump + stimuli("id: s1, at: T+20, expect: [{id: e1, text: Note, within: 10 min}]")
    assert told(body) == []


def test_a_reaction_is_expected_from_somebody_who_receives(told: Told) -> None:
    body = stimuli("id: s1, at: T+5, expect: [{id: e1, text: Note, by: nurse}]")
    assert told(body) == ["not-a-receiver 'nurse'"]


def test_a_colleague_in_the_same_cell_receives_too(told: Told) -> None:
    body = stimuli("id: s1, at: T+5, expect: [{id: e1, text: Note, by: crisis}]")
    assert told(body) == []


def test_an_actor_does_not_come_back_every_second(told: Told) -> None:
    actor = ", comes_back: {play: spare, after: declared, every: 30 s}"
    assert told(actor=actor) == ["too-often '30 s'"]


def test_a_problem_is_told_at_its_line_and_column(plan: Plan) -> None:
    (problem,) = plan(stimuli("id: s1, at: T+95")).problems
    assert (problem.path, problem.line, problem.column) == ("small.yaml", HEAD.count("\n") + 2, 18)
    assert problem.source.startswith("  - {id: s1, at: T+95,")


def test_a_scenario_with_an_error_has_no_plan(plan: Plan) -> None:
    assert plan(stimuli("id: s1, at: T+95")).plan is None
