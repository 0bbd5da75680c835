"""`list`, `show` and `new`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from voiceguide.data import shipped

Call = Callable[..., Any]


def test_list_shows_routines_with_their_length_and_exercises(call: Call) -> None:
    shown = call("list").out
    assert "run-warmup" in shown
    assert "10:00" in shown
    assert "Plank" in shown


def test_list_shows_one_kind(call: Call) -> None:
    assert "Plank" not in call("list", "routines").out
    assert "run-warmup" not in call("list", "exercises").out


def listed(call: Call, *arguments: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(call("list", *arguments, "--json").out)["exercises"]
    return found


def test_list_chooses_exercises_by_area_and_equipment(call: Call) -> None:
    for move in listed(call, "exercises", "--area", "Core, upper body", "--equipment", "none,band"):
        assert {"core", "upper body"} & set(move["areas"])
        assert all("band" in item for item in move["equipment"])
    assert "run-warmup" not in call("list", "--area", "core").out
    assert call("list", "--area", "breath", "--equipment", "bar").out == ""


def test_a_choice_is_the_same_in_every_language(call: Call) -> None:
    chosen = ("--area", "glutes", "--equipment", "band")
    german = {move["id"] for move in listed(call, *chosen, "--language", "de")}
    assert "hip-thrust" in german
    assert german <= {move["id"] for move in listed(call, *chosen)}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--area", "core,wings"), "--area wings: there is no such area"),
        (("--equipment", "none,kite"), "--equipment kite: no exercise needs it"),
        (("routines", "--area", "core"), "choose exercises"),
    ],
)
def test_a_choice_that_means_nothing_is_refused(
    call: Call, arguments: tuple[str, ...], told: str
) -> None:
    called = call("list", *arguments)
    assert called.code == 2
    assert told in called.err


def test_list_as_json(call: Call) -> None:
    found = json.loads(call("list", "--json").out)
    lengths = {routine["name"]: routine["estimated_ms"] for routine in found["routines"]}
    assert lengths["upper-glutes-10"] == 600_000
    assert "plank" in {move["id"] for move in found["exercises"]}


def test_show_a_routine_tells_what_is_done_in_it(call: Call) -> None:
    shown = call("show", "upper-glutes-10").out
    assert "10:00" in shown
    assert "Equipment:" in shown
    assert "each side" in shown


def test_show_script_gives_the_script_itself(call: Call) -> None:
    shown = call("show", "run-warmup", "--script").out
    assert shown == (shipped("scripts") / "run-warmup.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["hip-thrust", "Glute bridge", "hip bridges"])
def test_show_an_exercise_by_any_of_its_names(call: Call, name: str) -> None:
    assert call("show", name).out.startswith("Hip thrust\n")


def test_show_an_exercise_tells_all_that_is_known_of_it(call: Call) -> None:
    shown = " ".join(call("show", "push-up").out.split())
    for told in (
        "for upper body, core", "begins lying on the front", "as a rule 3 x 8 reps",
        "breath Breathe out as you push", "mistake Hips sag or pike up",
        "level 2 close. Hands under", "not beside Pike push-up, Chair dip",
    ):  # fmt: skip
        assert told in shown
    assert json.loads(call("show", "push-up", "--json").out)["kind"] == "reps"


def test_new_writes_a_script_that_has_no_fault(call: Call) -> None:
    called = call("new", "legs")
    assert called.code == 0
    assert "voiceguide render legs.yaml" in called.err
    assert call("check", "legs.yaml").code == 0


def test_new_does_not_overwrite(call: Call) -> None:
    Path("mine.yaml").write_text("mine")
    called = call("new", "mine.yaml")
    assert called.code == 2
    assert Path("mine.yaml").read_text() == "mine"


def test_new_writes_to_standard_output(call: Call) -> None:
    assert "voiceguide: 1\n" in call("new", "-").out
