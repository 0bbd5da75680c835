"""A session is made exactly as long as was asked, by its gaps; work is never cut."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide import data, pipeline
from voiceguide.model.errors import ScriptError
from voiceguide.model.options import Options
from voiceguide.model.source import Source
from voiceguide.model.timeline import Timeline

FOLDER = data.shipped("scripts")
GAPS = {"rest", "switch", "prepare"}


def plan(text: str, fit_ms: int | None = None) -> Timeline:
    source = Source(text.encode(), "fit.yaml", Path())
    return pipeline.plan(source, Options(engine="silent", fit_ms=fit_ms), estimate=True)


def work(timeline: Timeline) -> list[tuple[str | None, str | None, int]]:
    return [(s.label, s.side, s.length_ms) for s in timeline.segments if s.kind == "work"]


def gaps(timeline: Timeline) -> list[int]:
    return [segment.length_ms for segment in timeline.segments if segment.kind in GAPS]


SCRIPT = """\
voiceguide: 1
title: Fit
steps:
  - {exercise: squat, reps: 8, pace: 3s, sets: 3, rest: 30s, sides: none}
  - rest: 40s
  - {exercise: side plank, duration: 20s, sides: left-right, switch: 10s}
"""


@pytest.mark.parametrize("fit_ms", [170_000, 200_050, 229_999, 341_001])
def test_the_length_is_exact_and_work_is_as_it_was(fit_ms: int) -> None:
    usual, fitted = plan(SCRIPT), plan(SCRIPT, fit_ms)
    assert fitted.duration_ms == fit_ms
    assert work(fitted) == work(usual)
    for before, after in zip(gaps(usual), gaps(fitted), strict=True):
        assert before / 2 <= after <= before * 2


def refusal(text: str, fit_ms: int) -> str:
    with pytest.raises(ScriptError) as refused:
        plan(text, fit_ms)
    (fault,) = refused.value.faults
    return fault.message


def test_what_cannot_be_had_is_refused_with_the_shortest_and_the_longest() -> None:
    # 112 s of work; gaps of 5 + 2 x 30 + 40 + 10 s, between half and twice as long.
    expected = "its shortest is 2:49.5, its longest 5:42"
    assert refusal(SCRIPT, 1_000).endswith(expected)
    assert refusal(SCRIPT, 3_600_000).endswith(expected)
    assert plan(SCRIPT, 169_500).duration_ms == 169_500
    assert plan(SCRIPT, 342_000).duration_ms == 342_000


OPTIONAL = """\
voiceguide: 1
title: Fit
fit: 2m
rest_range: [20s, 25s]
steps:
  - {exercise: plank, duration: 30s, prepare: 10s}
  - rest: 22s
  - {exercise: squat, duration: 20s, prepare: 0, optional: true}
  - repeat: 3
    rest: 22s
    optional: true
    steps:
      - {exercise: lunge, duration: 30s, sides: none, prepare: 0}
"""


def test_optional_rounds_are_left_out_last_first_and_named() -> None:
    timeline = plan(OPTIONAL)
    assert timeline.duration_ms == 120_000
    assert [label for label, _, _ in work(timeline)] == ["Plank", "Squat", "Lunge"]
    assert "line 9: left out to fit the length, 2 times" in timeline.warnings
    (rest,) = [s.length_ms for s in timeline.segments if s.kind == "rest"]
    assert 20_000 <= rest <= 25_000


def test_a_fit_of_the_script_that_cannot_be_had_is_a_fault_at_its_line() -> None:
    source = Source(OPTIONAL.replace("2m", "9m").encode(), "fit.yaml", Path())
    with pytest.raises(ScriptError) as refused:
        pipeline.plan(source, Options(engine="silent"), estimate=True)
    assert [(fault.line, fault.column) for fault in refused.value.faults] == [(3, 6)]


@pytest.mark.parametrize("n_slots", [1, 3, 12])
def test_a_length_over_which_an_optional_step_leaps_is_refused_with_those_beside_it(
    n_slots: int,
) -> None:
    slot = "  - {every: 5m, optional: true, steps: [{exercise: squat, reps: 2}]}\n"
    text = f"""\
voiceguide: 1
title: Fit
steps:
  - {{exercise: plank, duration: 40s, prepare: 10s}}
{slot * n_slots}"""
    source = Source(text.encode(), "fit.yaml", Path())
    with pytest.raises(ScriptError) as refused:
        pipeline.plan(source, Options(engine="silent", fit_ms=100_000), estimate=True)
    (fault,) = refused.value.faults
    assert fault.hint.startswith("Ask for 1:00 or 5:45, the nearest there are")
    assert plan(text, 60_000).duration_ms == 60_000
    assert plan(text, 345_000).duration_ms == 345_000


@pytest.mark.parametrize("name", sorted(p.stem for p in FOLDER.glob("*.yaml")))
@pytest.mark.parametrize("share", [0.85, 0.97, 1.0, 1.1])
def test_every_shipped_script_is_as_long_as_asked_or_refused(name: str, share: float) -> None:
    text = (FOLDER / f"{name}.yaml").read_text("utf-8")
    usual = plan(text)
    fit_ms = round(usual.duration_ms * share)
    try:
        fitted = plan(text, fit_ms)
    except ScriptError:
        assert "its shortest is" in refusal(text, fit_ms)
    else:
        assert fitted.duration_ms == fit_ms
        assert work(fitted) == work(usual)


def test_a_session_of_nothing_but_optional_steps_is_never_empty() -> None:
    text = SCRIPT.replace("sides: none}", "sides: none, optional: true}")
    text = text.replace("- rest: 40s", "- {rest: 40s, optional: true}")
    text = text.replace("switch: 10s}", "switch: 10s, optional: true}")
    # The squats alone: 72 s of work, and gaps of 5 + 2 x 30 s.
    assert refusal(text, 1_000).endswith("its shortest is 1:44.5, its longest 5:42")


@given(
    rests=st.lists(st.integers(1, 90_000), min_size=1, max_size=6),
    part=st.floats(0, 1),
)
def test_any_length_between_shortest_and_longest_is_met_to_the_millisecond(
    rests: list[int], part: float
) -> None:
    steps = "".join(
        f"  - {{exercise: march, duration: 20s}}\n  - rest: {rest / 1000}s\n" for rest in rests
    )
    text = f"voiceguide: 1\ntitle: T\ndefaults: {{prepare: 0}}\nsteps:\n{steps}"
    low = sum(-(-rest // 2) for rest in rests) + 20_000 * len(rests)
    high = sum(2 * rest for rest in rests) + 20_000 * len(rests)
    fit_ms = round(low + part * (high - low))
    fitted = plan(text, fit_ms)
    assert fitted.duration_ms == fit_ms
    for rest, gap in zip(rests, gaps(fitted), strict=True):
        assert -(-rest // 2) <= gap <= 2 * rest


@pytest.mark.parametrize(
    ("fit_ms", "hint"),
    [
        (7_000, "Did you mean 7m? Ask for a length between, or mark more steps"),
        (2_000, "Ask for a length between, or mark more steps"),
        (900_000, "Ask for a length between, or add steps."),
    ],
)
def test_a_length_that_cannot_be_says_what_can(fit_ms: int, hint: str) -> None:
    with pytest.raises(ScriptError) as caught:
        plan(SCRIPT, fit_ms)
    assert caught.value.faults[-1].hint.startswith(hint)


def test_what_is_built_in_is_copied_before_it_is_changed() -> None:
    path = FOLDER / "desk-break-2.yaml"
    source = Source(path.read_bytes(), str(path), FOLDER)
    with pytest.raises(ScriptError) as caught:
        pipeline.plan(source, Options(engine="silent", fit_ms=10_000), estimate=True)
    assert "copy it (`voiceguide show desk-break-2 --script > mine.yaml`) and" in (
        caught.value.faults[-1].hint
    )
