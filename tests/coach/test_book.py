from __future__ import annotations

import pytest

from voiceguide.coach import load


@pytest.mark.parametrize(
    ("ms", "said"),
    [
        (1_000, "1 second"),
        (45_000, "45 seconds"),
        (2_500, "2.5 seconds"),
        (60_000, "1 minute"),
        (90_000, "1 minute 30 seconds"),
        (3_600_000, "1 hour"),
        (5_430_000, "1 hour 30 minutes 30 seconds"),
    ],
)
def test_a_duration_is_said_as_people_say_it(ms: int, said: str) -> None:
    assert load("en").duration(ms) == said


@pytest.mark.parametrize(
    ("n", "unit", "said"), [(1, "reps", "1 rep"), (8, "reps", "8 reps"), (3, "laps", "3 laps")]
)
def test_a_count_takes_its_plural(n: int, unit: str, said: str) -> None:
    assert load("en").count(n, unit) == said


def test_the_comment_of_a_file_tells_equipment_and_safety() -> None:
    comment = load("en").comment(("a band", "a chair", "weights"))
    assert comment.startswith("You need a band, a chair and weights. Stop if something hurts")


def test_every_line_has_a_full_form_and_no_form_is_longer_than_it() -> None:
    for line, forms in load("en").lines.items():
        assert "full" in forms, line
        assert all(len(text) <= len(forms["full"]) for text in forms.values()), line


def test_a_language_with_a_region_is_served_by_its_language() -> None:
    assert load("en-GB") is load("en-GB")
    assert load("en-GB").language == "en"
    with pytest.raises(KeyError):
        load("xx")
