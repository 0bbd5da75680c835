"""How much is said of what the listener knows already (`docs/script-format.md`)."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from voiceguide import pipeline
from voiceguide.coach.again import MAX_COUNTED, is_counted
from voiceguide.model.options import Options
from voiceguide.model.routine import Talk
from voiceguide.model.source import Source
from voiceguide.model.timeline import Timeline


def planned(steps: str, talk: Talk = "full") -> Timeline:
    script = f"voiceguide: 1\ntitle: Again\nsteps:\n{steps}"
    options = Options(engine="silent", talk=talk)
    return pipeline.plan(Source(script.encode(), "again.yaml", Path()), options, estimate=True)


def told(timeline: Timeline, role: str) -> list[str]:
    return [cue.text for cue in timeline.speech if cue.role == role]


def test_sets_of_the_same_amount_are_told_by_their_number() -> None:
    timeline = planned("  - {exercise: hop, prepare: 10s, reps: 8, sets: 3, target: 4 kg}")
    assert told(timeline, "amount") == [
        "8 reps. 4 kg. Set 1 of 3.",
        "Set 2 of 3.",
        "Last set, 3 of 3.",
    ]


@pytest.mark.parametrize(
    ("say", "switch", "others"),
    [
        ("Lift your {side} leg.", "8s", ["Lift your right leg."]),
        ("Lift your {side} leg.", "7s", []),
        ("Lift one leg.", "8s", []),
    ],
)
def test_words_for_the_set_up_that_tell_the_side_come_again_for_the_other(
    say: str, switch: str, others: list[str]
) -> None:
    """Where the change of sides has room for them; in later sets they are known."""
    timeline = planned(
        f"  - {{exercise: hop, prepare: 20s, say: '{say}', reps: 4, sets: 2, sides: left-right,"
        f" switch: {switch}}}"
    )
    assert told(timeline, "script") == [say.replace("{side}", "left"), *others]


def test_at_short_the_amount_is_told_or_the_set() -> None:
    timeline = planned("  - {exercise: hop, prepare: 10s, reps: 8, sets: 3}", "short")
    assert told(timeline, "amount") == ["8 reps.", "Set 2 of 3.", "Last set, 3 of 3."]


def test_a_change_of_the_amount_or_of_the_target_is_told() -> None:
    timeline = planned(
        "  - {exercise: hop, prepare: 10s, reps: [5, 5, 3], target: [4 kg, 6 kg, 6 kg]}"
    )
    assert told(timeline, "amount") == [
        "5 reps. 4 kg. Set 1 of 3.",
        "5 reps. 6 kg. Set 2 of 3.",
        "3 reps. 6 kg. Last set, 3 of 3.",
    ]


def test_in_a_circuit_reps_are_told_each_round_and_lengths_once() -> None:
    timeline = planned(
        "  - repeat: 2\n    rest: 20s\n    steps:\n"
        "      - {exercise: hop, prepare: 10s, reps: 8}\n      - {rest: 10s}\n"
        "      - {exercise: stand, duration: 12s}\n"
    )
    assert told(timeline, "amount") == ["8 reps.", "12 seconds.", "8 reps."]


def test_an_amount_without_room_is_told_in_the_next_set() -> None:
    timeline = planned(
        "  - {exercise: hop on the left foot and then on the right, reps: 2, pace: 1s, sets: 2,"
        " prepare: 3s, rest: 20s}"
    )
    assert told(timeline, "amount") == ["2 reps. Last set, 2 of 2."]


@pytest.mark.parametrize(
    ("keys", "told_later"),
    [
        ("sets: 3, rest: 45s", ["Lie on your right side, heels together."]),
        ("sets: 3, rest: 10s", []),
        ("sets: 3, rest: 45s, prepare: 20s", []),
    ],
)
def test_a_set_up_without_room_is_told_in_short_in_a_later_rest(
    keys: str, told_later: list[str]
) -> None:
    """Once, and before the side that it was meant for."""
    timeline = planned(f"  - {{exercise: clam shell, reps: 10, sides: left-right, {keys}}}")
    later = [cue.text for cue in timeline.speech if cue.role == "setup" and cue.start_ms > 100_000]
    assert later == told_later


def test_a_rest_is_told_when_its_length_is_news() -> None:
    timeline = planned(
        "  - {exercise: hop, reps: 8, sets: 5, rest: [20s, 20s, 40s, 40s]}\n"
        "  - {rest: 40s}\n  - {exercise: hop, reps: 8}"
    )
    assert told(timeline, "rest") == ["Rest. 20 seconds.", "Rest. 40 seconds.", "Rest. 40 seconds."]


@pytest.mark.parametrize(
    ("rounds", "counted"),
    [
        (3, [1, 2, 3]),
        (12, list(range(1, 13))),
        (13, [5, 10, 13]),
        (60, [*range(5, 61, 5)]),
        (61, [10, 20, 30, 40, 50, 60, 61]),
        (240, [50, 100, 150, 200, 240]),
    ],
)
def test_a_dozen_rounds_are_counted_and_some_of_more(rounds: int, counted: list[int]) -> None:
    assert [n for n in range(1, rounds + 1) if is_counted(n, rounds)] == counted
    steps = f"  - repeat: {rounds}\n    rest: 10s\n    steps: [{{exercise: hop, duration: 5s}}]"
    assert len(told(planned(f"  - {{rest: 10s}}\n{steps}"), "round")) == len(counted)
    assert len(counted) <= MAX_COUNTED + 1


def test_rounds_of_single_slots_are_counted() -> None:
    timeline = planned(
        "  - say: Two rounds.\n    within: 10s\n"
        "  - repeat: 2\n    steps:\n"
        '      - {every: 30s, steps: [{exercise: hop, reps: "{round}"}]}\n'
        "      - {every: 30s, steps: [{exercise: step, reps: 3}]}\n"
    )
    assert told(timeline, "round") == ["Round 1 of 2.", "Last round, 2 of 2."]
    assert told(timeline, "amount") == ["1 rep.", "3 reps.", "2 reps.", "3 reps."]


def test_a_tip_is_told_three_times_at_most() -> None:
    timeline = planned("  - {exercise: stride, duration: 20s, sets: 30, rest: 10s}")
    tips = told(timeline, "tip")
    assert {tips.count(tip) for tip in tips} == {3}


def test_praise_becomes_rare_in_a_long_session() -> None:
    timeline = planned("  - {exercise: jump, duration: 40s, sets: 80, rest: 20s}")
    praised = [cue.start_ms for cue in timeline.speech if cue.role == "praise"]
    pauses = [b - a for a, b in pairwise(praised)]
    assert min(pauses) >= 60_000
    assert all(p > b // 8 - 5_000 for p, b in zip(pauses, praised[1:], strict=True))
