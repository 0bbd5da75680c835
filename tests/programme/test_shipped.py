"""The programmes that ship: each compiles, and is as its golden table tells."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from voiceguide import data

Call = Callable[..., Any]

GOLDEN = Path(__file__).parents[1] / "golden" / "programmes"
PROGRAMMES = {path.stem: path for path in sorted(data.shipped("programmes").glob("*.yaml"))}
MINUTE_MS = 60_000


def test_what_is_asked_for_is_there(call: Call) -> None:
    assert list(PROGRAMMES) == ["desk-day", "upper-glutes-6-weeks", "zero-to-5k"]
    listed = json.loads(call("list", "programmes", "--json").out)["programmes"]
    assert [each["name"] for each in listed] == list(PROGRAMMES)
    assert "upper-glutes-6-weeks  6 weeks  12 sessions  " in call("list", "programmes").out


@pytest.mark.parametrize("name", PROGRAMMES)
def test_it_has_no_fault_and_no_warning(call: Call, name: str) -> None:
    called = call("check", name)
    assert called.code == 0
    assert called.err == f"0 faults in {PROGRAMMES[name]}\n"


@pytest.mark.parametrize("name", PROGRAMMES)
def test_its_table_is_what_it_was(
    call: Call, name: str, golden: Callable[[Path, str], None]
) -> None:
    called = call("plan", name, "--estimate", "--engine", "silent")
    golden(GOLDEN / f"{name}.txt", called.out)
    assert call("show", name).out == called.out


@pytest.mark.parametrize("name", PROGRAMMES)
def test_the_schema_takes_it(call: Call, name: str) -> None:
    schema = json.loads(call("schema", "--programme").out)
    text = PROGRAMMES[name].read_text(encoding="utf-8")
    jsonschema.validate(yaml.safe_load(text), schema)
    assert text.startswith(
        "# yaml-language-server: $schema=../voiceguide/programme.schema.json\nprogramme: 1\n"
    )
    assert call("show", name, "--script").out == text.partition("\n")[2]


def plan(call: Call, name: str) -> list[dict[str, Any]]:
    called = call("plan", name, "--estimate", "--engine", "silent", "--json")
    sessions: list[dict[str, Any]] = json.loads(called.out)["sessions"]
    return sessions


def test_upper_glutes_twice_a_week_for_six_weeks(call: Call) -> None:
    sessions = plan(call, "upper-glutes-6-weeks")
    assert [(s["week"], s["weekday"]) for s in sessions] == [
        (week, day) for week in range(1, 7) for day in ("monday", "thursday")
    ]
    first_move = [each["steps"][0]["amount"] for each in sessions[::2]]
    assert first_move == [
        "2 x 10 reps", "2 x 11 reps", "2 x 12 reps", "2 x 10 reps", "3 x 10 reps", "3 x 11 reps",
    ]  # fmt: skip


def test_zero_to_5k_in_nine_weeks(call: Call) -> None:
    sessions = plan(call, "zero-to-5k")
    assert len(sessions) == 27
    runs = [[step["amount"] for step in s["steps"] if step["label"] == "easy run"]
            for s in sessions]  # fmt: skip
    assert runs[0] == ["8 x 60 s"]
    assert runs[12:15] == [["3 x 5:00 min"], ["2 x 8:00 min"], ["20:00 min"]]
    assert runs[24:] == [["30:00 min"]] * 3
    assert all(25 * MINUTE_MS < each["duration_ms"] < 42 * MINUTE_MS for each in sessions)


def test_desk_days_are_snacks_through_working_days(call: Call) -> None:
    sessions = plan(call, "desk-day")
    monday = [each for each in sessions if each["weekday"] == "monday"]
    assert len(monday) == 6
    assert len(sessions) == 5 * len(monday)
    times = [each["at"] for each in monday]
    assert times == sorted(times)
    assert times[0] >= "09:00"
    assert times[-1] <= "17:00"
    for each in sessions:
        limit = {"stand-up": 60, "hinge-snack": 90}.get(each["script"], 126)
        assert each["duration_ms"] < limit * 1000
