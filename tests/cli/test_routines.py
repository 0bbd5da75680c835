"""`list`, `show` and `new`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
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
        (("exercises", "--minutes", "10"), "--minutes and --level choose routines"),
        (("--minutes", "ten"), "--minutes ten: expected whole minutes"),
        (("--minutes", "10-5"), "--minutes 10-5: expected whole minutes"),
    ],
)
def test_a_choice_that_means_nothing_is_refused(
    call: Call, arguments: tuple[str, ...], told: str
) -> None:
    called = call("list", *arguments)
    assert called.code == 2
    assert told in called.err


def routines(call: Call, *arguments: str) -> dict[str, dict[str, Any]]:
    found = json.loads(call("list", "routines", *arguments, "--json").out)["routines"]
    return {each["name"]: each for each in found}


def test_a_row_of_a_routine_tells_length_level_title_areas_and_equipment(call: Call) -> None:
    shown = " ".join(call("list", "routines").out.split())
    told = "Beginner's ten minutes: glutes, core, legs; with a chair"
    assert f"beginner-10 10:00 level 1 {told} box-breathing" in shown
    assert "box-breathing 5:00 level 1 Box breathing: breath commercial-break" in shown


def test_the_weeks_of_a_plan_share_a_row_unless_something_is_chosen(call: Call) -> None:
    names = [name for name in routines(call) if name.startswith("run-walk-week-")]
    for arguments in ((), ("routines",)):
        shown = call("list", *arguments).out
        (row,) = [line for line in shown.splitlines() if line.startswith("run-walk-week-")]
        assert " ".join(row.split()).startswith("run-walk-week-1 to -9 28-40 min level 1 Run and")
        assert f"{len(names)} routines, each with --area run-drill" in " ".join(shown.split())
    chosen = call("list", "routines", "--area", "run-drill").out.splitlines()
    assert [line.split()[0] for line in chosen if line.startswith("run-walk-week-")] == names


def test_list_is_in_the_order_of_names(call: Call) -> None:
    assert list(routines(call)) == sorted(routines(call))


def test_list_chooses_routines_by_length(call: Call) -> None:
    everything = routines(call)
    for given, low, high in (("10", 0, 10), ("5m-10min", 5, 10), ("0-1", 0, 1)):
        passed = {
            name for name, each in everything.items()
            if low * 60_000 <= each["estimated_ms"] <= high * 60_000
        }  # fmt: skip
        assert passed
        assert set(routines(call, "--minutes", given)) == passed


def test_list_chooses_routines_by_area_level_and_equipment(call: Call) -> None:
    assert "core-10" in routines(call, "--area", "core")
    assert all("breath" in each["areas"] for each in routines(call, "--area", "breath").values())
    assert set(routines(call, "--level", "3")) == {"four-by-four", "tabata"}
    assert set(routines(call, "--equipment", "band")) == {"band-legs-20"}
    assert set(routines(call, "--equipment", "weights")) == {"dumbbell-30"}
    with_a_chair = routines(call, "--equipment", "none,chair", "--minutes", "10", "--level", "1")
    assert {"beginner-10", "upper-glutes-10"} <= set(with_a_chair)
    assert not any("band" in item for each in with_a_chair.values() for item in each["equipment"])


def test_what_only_a_routine_has_leaves_exercises_out(call: Call) -> None:
    assert set(json.loads(call("list", "--minutes", "5", "--json").out)) == {"routines"}
    both = json.loads(call("list", "--area", "breath", "--json").out)
    assert both["routines"]
    assert both["exercises"]


def test_nothing_of_a_kind_is_told(call: Call) -> None:
    called = call("list", "routines", "--area", "breath", "--equipment", "bar")
    assert (called.code, called.out) == (0, "")
    assert "There are no routines of this kind." in called.err


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
    told = " ".join(shown.split())
    assert "Level 1." in told
    assert "For Anyone with ten minutes and some floor" in told
    assert "Works on upper glutes, glutes, hamstrings" in told
    assert "Source An article on nine upper-glute exercises" in told


def test_amounts_stand_below_each_other_in_wide_letters_too(call: Call) -> None:
    moves = "".join(
        f"  - {{exercise: {name}, reps: 5}}\n" for name in ("スクワット", "プランクABC")
    )
    Path("ja.yaml").write_text(
        f"voiceguide: 1\ntitle: T\nlanguage: ja\nsteps:\n{moves}", encoding="utf-8"
    )
    rows = [line for line in call("show", "ja.yaml").out.splitlines() if line.endswith("5 reps")]
    assert rows == ["  スクワット   5 reps", "  プランクABC  5 reps"]


def test_show_script_gives_the_script_itself_without_the_path_of_our_schema(call: Call) -> None:
    shown = call("show", "run-warmup", "--script").out
    text = (shipped("scripts") / "run-warmup.yaml").read_text(encoding="utf-8")
    first, script = text.split("\n", 1)
    assert "$schema=" in first
    assert shown == script
    own = "# yaml-language-server: $schema=routine.schema.json\n" + script
    Path("own.yaml").write_text(own, encoding="utf-8")
    assert call("show", "own.yaml", "--script").out == own


def test_show_takes_values_of_variables(call: Call) -> None:
    assert "5:00" in call("show", "box-breathing").out
    longer = call("show", "box-breathing", "--set", "rounds=9", "--set", "seconds=10").out
    assert "9 x 10 s" in longer
    assert call("show", "box-breathing", "--set", "nobody=1").code == 2


def test_the_moves_of_a_session_without_blocks_stand_apart(call: Call, short: Path) -> None:
    assert call("show", short).out == (
        "short\nAbout 0:11. Level 1. Equipment: none.\n\nWorks on  legs, glutes\n\n"
        "  Squat  2 reps\n"
    )


def test_show_tells_the_sides_of_an_exercise_in_words(call: Call) -> None:
    assert "Stand on your left foot" in call("show", "reverse lunges").out
    for language in ("en", "de", "ja"):
        shown = call("show", "figure-four stretch", "--language", language).out
        assert shown
        assert "{" not in shown


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


def test_new_quotes_as_the_shell_of_the_system(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "voiceguide render 'my legs.yaml'" in call("new", "my legs").err
    monkeypatch.setattr("voiceguide.cli.shell.sys", SimpleNamespace(platform="win32"))
    assert 'voiceguide render "my arms.yaml"' in call("new", "my arms").err


def test_new_does_not_overwrite(call: Call) -> None:
    Path("mine.yaml").write_text("mine", encoding="utf-8")
    called = call("new", "mine.yaml")
    assert called.code == 2
    assert Path("mine.yaml").read_text(encoding="utf-8") == "mine"


def test_new_writes_to_standard_output(call: Call) -> None:
    assert "voiceguide: 1\n" in call("new", "-").out
