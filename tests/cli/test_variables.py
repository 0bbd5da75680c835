"""`--set`, `include` and what `show` tells of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from voiceguide.cli.options import complete_variable
from voiceguide.data import shipped

Call = Callable[..., Any]
HEAD = "voiceguide: 1\ntitle: Legs\n"
ESTIMATE = ("--engine", "silent", "--estimate", "--json")


@pytest.fixture
def legs() -> Path:
    """A script with variables, in the folder of the call."""
    return write(
        "legs.yaml",
        "variables: {rounds: 3, work: 40s, client: Anna, chatty: true}\n"
        'coach: {praise: "{chatty}"}\n'
        "steps:\n"
        "  - say: Hello {client}.\n"
        '  - repeat: "{rounds}"\n'
        '    steps: [{exercise: hop, duration: "{work}"}]\n',
    )


def write(name: str, text: str) -> Path:
    path = Path(name)
    path.parent.mkdir(exist_ok=True)
    path.write_text(HEAD + text, encoding="utf-8")
    return path


def efforts(called: Any) -> list[int]:
    """Lengths of the work in a plan, in seconds."""
    assert called.code == 0, called.err
    segments = json.loads(called.out)["segments"]
    return [(s["end_ms"] - s["start_ms"]) // 1000 for s in segments if s["kind"] == "work"]


def test_set_goes_before_the_default(call: Call, legs: Path) -> None:
    assert efforts(call("plan", legs, *ESTIMATE)) == [40, 40, 40]
    changed = call("plan", legs, *ESTIMATE, "--set", "rounds=2", "--set", "work=1:30")
    assert efforts(changed) == [90, 90]
    twice = call("plan", legs, *ESTIMATE, "--set", "rounds=2", "--set", "rounds=1")
    assert efforts(twice) == [40]
    text = call("plan", legs, *ESTIMATE, "--set", "client=Bert = B")
    assert "Hello Bert = B." in text.out


def test_a_call_that_replaces_the_file_of_other_values_says_so(call: Call, legs: Path) -> None:
    anna = call("render", legs, "--engine", "silent", "--set", "client=Anna")
    assert "in place" not in anna.err
    bob = call("render", legs, "--engine", "silent", "--set", "client=Bob")
    assert "in place of the file before\n" in bob.err
    assert "-o FILE" in bob.err


def test_set_reaches_the_file_that_is_rendered(call: Call, legs: Path) -> None:
    called = call(
        "render", legs, "--engine", "silent", "-o", "a.wav", "--timeline", "a.json",
        "--set", "rounds=1", "--set", "work=5s",
    )  # fmt: skip
    assert called.code == 0
    assert json.loads(Path("a.json").read_text("utf-8"))["duration_ms"] < 15_000


@pytest.mark.parametrize("command", ["check", "plan", "render", "play"])
@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("round=2", "--set round: legs.yaml has no such variable\n  did you mean `rounds`?"),
        ("rounds=fast", "expected a whole number, like the default `3` (got `fast`)"),
        ("work=soon", "expected a duration, like the default `40s` (got `soon`)"),
        ("chatty=1", "expected true or false, like the default `true` (got `1`)"),
        ("client=", "--set client=: the text is empty"),
        ("rounds", "--set rounds: there is no value\n  Write --set rounds=VALUE."),
    ],
)
def test_what_cannot_be_set_is_wrong_usage(
    call: Call, legs: Path, command: str, given: str, message: str
) -> None:
    called = call(command, legs, "--set", given)
    assert called.code == 2
    assert message in called.err
    assert not Path("output").exists()


def test_a_value_that_does_not_do_where_it_is_used_is_a_fault(call: Call, legs: Path) -> None:
    called = call("check", legs, "--set", "rounds=0")
    assert called.code == 65
    assert "legs.yaml:7:13: steps[1].repeat: " in called.err
    assert "(got `0`) (`{rounds}` is `0`, from --set)" in called.err


def test_show_lists_the_variables_of_a_script(call: Call, legs: Path) -> None:
    shown = call("show", legs).out
    assert "rounds  number    3\n" in shown
    assert "work    duration  40s\n" in shown
    assert json.loads(call("show", legs, "--json").out)["variables"] == [
        {"name": "rounds", "default": "3", "type": "number"},
        {"name": "work", "default": "40s", "type": "duration"},
        {"name": "client", "default": "Anna", "type": "text"},
        {"name": "chatty", "default": "true", "type": "boolean"},
    ]
    assert json.loads(call("show", "run-warmup", "--json").out)["variables"] == []


def test_show_of_a_faulty_script_tells_its_faults(call: Call, faulty: Path) -> None:
    called = call("show", faulty)
    assert called.code == 65
    assert "faulty.yaml:5:" in called.err


def test_the_shell_completes_variables_of_the_script(call: Call, legs: Path) -> None:
    del call
    context: Any = type("Context", (), {"params": {"script": str(legs)}})
    assert complete_variable(context, "") == [
        "rounds=3", "work=40s", "client=Anna", "chatty=true",
    ]  # fmt: skip
    assert complete_variable(context, "w") == ["work=40s"]
    context.params = {"scripts": [str(legs), "no-such-script"]}
    assert complete_variable(context, "r") == ["rounds=3"]
    context.params = {"script": None}
    assert complete_variable(context, "r") == []


def test_segments_of_an_included_file_have_the_line_of_the_include(call: Call) -> None:
    write("legs.yaml", "steps:\n  - rest: 1s\n  - include: parts/a.yaml\n")
    write("parts/a.yaml", "\n\nsteps:\n  - include: b.yaml\n  - rest: 3s\n")
    write("parts/b.yaml", "\n\n\n\n\n\nsteps:\n  - rest: 2s\n")
    planned = json.loads(call("plan", "legs.yaml", *ESTIMATE).out)
    assert [segment["line"] for segment in planned["segments"]] == [4, 5, 5]


def test_an_include_is_one_step_and_its_blocks_make_chapters(call: Call) -> None:
    write("legs.yaml", "steps:\n  - {exercise: a, reps: 2}\n  - include: two.yaml\n")
    write("two.yaml", "steps:\n  - {exercise: b, reps: 2}\n  - {exercise: c, reps: 2}\n")
    planned = json.loads(call("plan", "legs.yaml", *ESTIMATE).out)
    assert len(planned["chapters"]) == 2
    write("two.yaml", "steps:\n  - {block: B, steps: [{exercise: b, reps: 2}]}\n")
    planned = json.loads(call("plan", "legs.yaml", *ESTIMATE).out)
    assert [chapter["title"] for chapter in planned["chapters"]] == ["Legs", "B"]


def test_warnings_name_the_included_file(call: Call) -> None:
    write("legs.yaml", "steps:\n  - include: parts/a.yaml\n")
    write(
        "parts/a.yaml",
        "variables: {spare: 1}\nsteps:\n"
        f"  - {{exercise: plnk, duration: 5s, cues: [{{at: 1s, say: {'and again ' * 40}}}]}}\n",
    )
    called = call("check", "legs.yaml")
    assert called.code == 0
    assert f"{Path('parts/a.yaml')}:3:13: variables.spare: warning: nothing uses" in called.err
    assert f"{Path('parts/a.yaml')}:5:16: steps[0].exercise: warning: `plnk`" in called.err
    warnings = json.loads(call("plan", "legs.yaml", *ESTIMATE).out)["warnings"]
    part = Path("parts/a.yaml")
    assert [warning.partition(":")[0] for warning in warnings] == [
        f"{part}, line 3", f"{part}, line 5", f"{part}, line 5",
    ]  # fmt: skip


def test_faults_that_only_the_whole_shows_lie_in_the_included_file(call: Call) -> None:
    write("legs.yaml", "steps:\n  - include: a.yaml\n  - include: a.yaml\n")
    slot = "steps:\n  - every: 10s\n    steps: [{exercise: x, duration: 20s}]\n"
    write("a.yaml", slot + "  - exercise: plnk\n  - sound: none.wav\n")
    called = call("check", "legs.yaml")
    assert called.code == 65
    assert [line.partition(": ")[0] for line in called.err.splitlines() if ".yaml:" in line] == [
        "a.yaml:4:12", "a.yaml:6:15", "a.yaml:7:12",
    ]  # fmt: skip
    assert called.err.endswith("3 faults in legs.yaml\n")


def test_words_that_do_not_fit_are_told_in_the_included_file(call: Call) -> None:
    write("legs.yaml", "steps:\n  - include: a.yaml\n")
    write("a.yaml", "steps:\n  - {say: Far too many words for this, within: 1s}\n")
    called = call("plan", "legs.yaml", *ESTIMATE)
    assert called.code == 65
    assert "a.yaml:4:11: steps[0].say: these words last" in called.err


def test_sounds_of_an_included_file_lie_beside_it(call: Call) -> None:
    write("legs.yaml", "steps:\n  - include: parts/a.yaml\n  - sound: gong.wav\n")
    write("parts/a.yaml", "steps:\n  - sound: gong.wav\n  - sound: bell\n")
    Path("gong.wav").write_bytes((shipped("sounds") / "tick.wav").read_bytes())
    Path("parts/gong.wav").write_bytes((shipped("sounds") / "bell.wav").read_bytes())
    planned = json.loads(call("plan", "legs.yaml", *ESTIMATE).out)
    sounds = [cue["sound"] for cue in planned["cues"] if cue["role"] == "script"]
    assert sounds == ["parts/gong.wav", "bell", "gong.wav"]
    lengths = [segment["end_ms"] - segment["start_ms"] for segment in planned["segments"]]
    assert lengths[0] == lengths[1] > lengths[2]
    assert call("render", "legs.yaml", "--engine", "silent", "-o", "a.wav").code == 0


def test_standard_input_includes_from_the_current_folder(call: Call) -> None:
    write("a.yaml", "steps: [{exercise: hop, duration: 20s}]\n")
    called = call("plan", "-", *ESTIMATE, stdin=f"{HEAD}steps: [{{include: a.yaml}}]\n")
    assert efforts(called) == [20]


def test_a_circle_shows_its_chain(call: Call) -> None:
    write("a.yaml", "steps: [{include: b.yaml}]\n")
    write("b.yaml", "steps: [{include: a.yaml}]\n")
    called = call("check", "a.yaml")
    assert called.code == 65
    assert "b.yaml:3:19" in called.err
    assert "a.yaml -> b.yaml -> a.yaml" in called.err


def test_two_hundred_scripts_are_checked_in_one_call(call: Call, legs: Path) -> None:
    write("a.yaml", "steps: [{exercise: hop, duration: 20s}]\n")
    names = []
    for number in range(200):
        text = legs.read_text("utf-8") + "  - include: a.yaml\n"
        names.append(Path(f"s{number}.yaml"))
        names[-1].write_text(text, "utf-8")
    called = call("check", *names, "--set", "rounds=2")
    assert called.code == 0
    assert called.err.count("0 faults in ") == 200


def test_forms_of_sides_are_looked_for_in_included_files_too(call: Call) -> None:
    write("legs.yaml", "language: de\nsteps:\n  - include: a.yaml\n    with: {to: '{side_adv}'}\n")
    work = "exercise: Brett, duration: 20s, sides: left-right"
    write("a.yaml", f"steps:\n  - {{{work}, say: 'Nach {{to}}'}}\n  - {{say: '{{side_foo}}'}}\n")
    called = call("check", "legs.yaml")
    assert called.code == 65
    assert "a.yaml:5:11: steps[1].say: there is no placeholder `{side_foo}`" in called.err
    assert called.err.endswith("1 fault in legs.yaml\n")
