from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.voice import speakable

READINGS = {
    # lengths of time
    "30s": "Thirty seconds",
    "Rest 30s.": "Rest thirty seconds.",
    "Rest 1 s.": "Rest one second.",
    "Hold 2.5s": "Hold two point five seconds",
    "1m30s": "One minute thirty seconds",
    "1h30m": "One hour thirty minutes",
    "2 min": "Two minutes",
    "Hold 2m": "Hold two minutes",
    "1:30": "One minute thirty",
    "0:45": "Forty-five seconds",
    "10:00": "Ten minutes",
    "1:02:30": "One hour two minutes thirty",
    "20s/leg": "Twenty seconds per leg",
    # distances and pace
    "5km": "Five kilometres",
    "1 km": "One kilometre",
    "400 m": "Four hundred metres",
    "400m": "Four hundred metres",
    "4:22 per km": "Four twenty-two per kilometre",
    "4:05/km": "Four oh five per kilometre",
    "4:00 per km": "Four minutes per kilometre",
    "8 km/h": "Eight kilometres per hour",
    # sets, ranges, parts
    "3x12": "Three sets of twelve",
    "3 × 12": "Three sets of twelve",  # noqa: RUF001
    "3x30s": "Three sets of thirty seconds",
    "1x10": "One set of ten",
    "4x400m": "Four times four hundred metres",
    "10-15 reps": "Ten to fifteen reps",
    "10–15 reps": "Ten to fifteen reps",  # noqa: RUF001
    "10-15 kg": "Ten to fifteen kilograms",
    "Set 2/4.": "Set two of four.",
    "Tempo 2-1-1-0.": "Tempo two one one zero.",
    # weights, shares, signs
    "10 kg": "Ten kilograms",
    "1 kg": "One kilogram",
    "85 %": "Eighty-five percent",
    "@ 60%": "At sixty percent",
    "90°": "Ninety degrees",
    "-5 °C": "Minus five degrees Celsius",
    "push & pull": "push and pull",
    "#3": "Number three",
    "½ lap": "Half lap",
    "1½ miles": "One and a half miles",
    # plain numbers
    "10 reps": "Ten reps",
    "2.5": "Two point five",
    "1,000": "One thousand",
    "1,250 steps": "One thousand two hundred fifty steps",
    "007": "Zero zero seven",
    "1st, 2nd and 23rd": "First, second and twenty-third",
    "VO2max": "VO two max",
    "٣ reps": "Three reps",
    "3, 2, 1.": "Three, two, one.",
    # short forms
    "RDL": "R D L",
    "AMRAP": "am rap",
    "EMOM": "ee mom",
    "HIIT": "hit",
    "TRX row": "T R X row",
    # a sentence keeps its shape
    "8 reps.": "Eight reps.",
    "Reverse lunge, left side. 8 reps.": "Reverse lunge, left side. Eight reps.",
    "squeeze now": "squeeze now",
    "STOP": "STOP",
    "Don’t stop": "Don't stop",  # noqa: RUF001
    "café": "café",
    "push-up": "push-up",
    "Left — right": "Left, right",
    # what cannot be spoken
    "Great job 💪🏽!": "Great job!",
    "3️⃣ rounds": "Three rounds",
    "*Squeeze* the {x}, [[b]]": "Squeeze the x, b",
    "💪": "",
    "—": "",
    "...": "",
}


@pytest.mark.parametrize(("written", "read"), READINGS.items())
def test_english_is_read_as_a_coach_says_it(written: str, read: str) -> None:
    assert speakable(written) == read


@pytest.mark.parametrize("read", sorted(set(READINGS.values())))
def test_what_can_be_spoken_stays_as_it_is(read: str) -> None:
    assert speakable(read) == read


@given(
    st.text(alphabet=st.sampled_from("0123456789 x-:/.,%#@½kmsghinKMS'\"+&°(){}é💪\n"), max_size=40)
)
def test_no_figure_is_left_in_english(text: str) -> None:
    assert not re.search(r"[\d½{}]", speakable(text))


@given(st.text(max_size=60))
def test_any_text_can_be_normalised(text: str) -> None:
    assert not re.search(r"\d", speakable(text))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("RDL, then rdl", "Romanian deadlift, then rdl"),
        ("Clam shells and CLAM SHELLS", "clams and clams"),
        ("clam shellsuit", "clam shellsuit"),
        ("Do a TGU.", "Do a Turkish get-up."),
        ("C++ 5", "see plus plus five"),
        ("a b", "b a"),
    ],
)
def test_pronounce_replaces_whole_words_once(written: str, read: str) -> None:
    pronounce = (
        ("RDL", "Romanian deadlift"),
        ("clam shells", "clams"),
        ("TGU", "Turkish get-up"),
        ("C++", "see plus plus"),
        ("a b", "b a"),
    )
    assert speakable(written, pronounce) == read


def test_a_pronunciation_is_normalised_too() -> None:
    assert speakable("warm-up", (("warm-up", "5 min easy"),)) == "Five minutes easy"
