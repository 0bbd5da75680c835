"""Where live play may stand still, and where its keys lead."""

from __future__ import annotations

import pytest

from voiceguide.live.route import Route, holds
from voiceguide.model.timeline import Timeline


def ms(frame: int | None) -> int | None:
    return None if frame is None else frame // 48


@pytest.mark.parametrize(
    ("key", "at_ms", "expected_ms"),
    [
        ("next", 0, 2_000),
        ("next", 25_900, 26_000),
        ("previous", 1_000, 0),
        ("previous", 5_500, 2_000),  # soon after it began: the one before
        ("previous", 8_500, 5_000),  # later: its own start
        ("repeat", 6_000, 5_000),
        ("repeat", 11_000, 5_000),  # the second side: both again
        ("repeat", 16_000, 5_000),  # in the rest: what was just done
        ("repeat", 21_000, 20_000),
        ("repeat", 1_000, 0),
        ("skip_rest", 15_500, 17_500),  # the name is still to come
        ("skip_rest", 17_600, 18_700),  # then the countdown
        ("skip_rest", 18_900, 20_000),  # then the work
        ("skip_rest", 9_500, 10_000),
        ("skip_rest", 6_000, None),
        ("more_rest", 14_500, 15_000),  # after what is being said
        ("more_rest", 16_000, 16_000),  # now, in the quiet before the announcement
        ("more_rest", 19_000, 18_700),  # in the countdown: before all of it
        ("more_rest", 13_000, 15_000),  # in work: in the rest that follows
        ("more_rest", 20_500, None),
    ],
)
def test_where_a_key_leads(
    workout: Timeline, key: str, at_ms: int, expected_ms: int | None
) -> None:
    assert ms(getattr(Route(workout), key)(at_ms * 48)) == expected_ms


@pytest.mark.parametrize(
    ("at_ms", "expected_ms"), [(0, 0), (700, 500), (500, 500), (1_500, 1_500), (1_700, 1_700)]
)
def test_nothing_begins_in_the_middle_of_a_word(
    workout: Timeline, at_ms: int, expected_ms: int
) -> None:
    assert ms(Route(workout).whole(at_ms * 48)) == expected_ms


def test_waits_hold_after_their_own_words_and_own_pace_at_its_end(workout: Timeline) -> None:
    found = holds(Route(workout), waits=True, between=False)
    assert {frame // 48: index for frame, index in found.items()} == {22_000: 6, 25_000: 7}


def test_between_exercises_play_holds_before_their_announcement(workout: Timeline) -> None:
    found = holds(Route(workout), waits=False, between=True)
    assert [frame // 48 for frame in found] == [2_500, 17_500, 25_000]


def test_shortcuts_leave_a_second_of_each_silence(workout: Timeline) -> None:
    found = Route(workout).shortcuts(1_000)
    assert {first // 48: last // 48 for first, last in found.items()} == {
        6_100: 7_000,
        8_500: 9_000,
        11_100: 14_000,
        16_000: 17_500,
        21_100: 22_000,
        24_000: 25_000,
    }
