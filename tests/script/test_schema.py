"""The JSON Schema accepts what the reader accepts of a single value."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import jsonschema
import pytest
import yaml

from voiceguide.script import read, schema


@pytest.fixture(scope="module")
def validator() -> Any:
    whole = schema()
    jsonschema.Draft202012Validator.check_schema(whole)
    return jsonschema.Draft202012Validator(whole)


@pytest.mark.parametrize(
    "step",
    [
        {"exercise": "x", "duration": 45},
        {"exercise": "x", "duration": 2.5},
        {"exercise": "x", "duration": "1m30s"},
        {"exercise": "x", "duration": "1 h 30 min"},
        {"exercise": "x", "duration": "1:02:30"},
        {"exercise": "x", "duration": ["20s", "{round}"]},
        {"exercise": "x", "reps": "8", "sets": "3"},
        {"exercise": "x", "reps": ["10-20", 8, "{set}"], "tempo": "2-1-X-0"},
        {"exercise": "x", "pace": "own", "estimate": "1m", "distance": "800 m"},
        {"exercise": "x", "prepare": "auto", "rest": 0, "optional": False},
        {"exercise": "x", "cues": [{"at": "half", "say": "a"}, {"at": "-10s", "say": "b"}]},
        {"exercise": "x", "cues": [{"at": 3, "sound": "clap"}]},
        {"rest": 0, "say": "Breathe", "rest_range": ["8s", 20]},
        {"say": 10},
        {"say": True, "within": "4s"},
        {"block": "B", "coach": {"talk": "beeps", "wake": 1.5}, "steps": [{"rest": 1}]},
        {"repeat": "{sets}", "rest": "1m", "steps": [{"sound": "bell"}]},
        {"every": "1m", "rounds": 12, "steps": [{"wait": "Ready?"}]},
        {"amrap": "5m", "prepare": "auto", "steps": [{"exercise": "x", "reps": 1}, {"rest": 1}]},
    ],
)
def test_what_the_reader_accepts(validator: Any, step: dict[str, Any]) -> None:
    script = {"voiceguide": 1, "title": "T", "steps": [step]}
    assert read(yaml.safe_dump(script), "x").faults == ()
    validator.validate(script)


@pytest.mark.parametrize(
    "step",
    [
        {"exercise": "x", "durration": 45},
        {"exercise": "x", "duration": "soon"},
        {"exercise": "x", "reps": 0},
        {"exercise": "x", "reps": []},
        {"exercise": "x", "sides": "both"},
        {"rest": "-1s"},
        {"block": "B"},
        {"tempo": "2-1-1-0"},
        {"amrap": "5m", "steps": [{"say": "a"}]},
        {"amrap": "5m"},
        {"include": "a.yaml", "steps": [{"rest": 1}]},
        {"include": "a.yaml", "with": ["a"]},
        {"rest": "1s", "optional": "yes"},
    ],
)
def test_what_the_reader_refuses(validator: Any, step: dict[str, Any]) -> None:
    script = {"voiceguide": 1, "title": "T", "steps": [step]}
    assert read(yaml.safe_dump(script), "x").faults
    assert not validator.is_valid(script)


@pytest.mark.parametrize(
    ("music", "accepted"),
    [
        ("song.mp3", True),
        (["a.mp3", "bed"], True),
        ({"files": "a.mp3", "click": 170, "under_voice_db": 12, "duck_db": "6"}, True),
        ({"work": ["a.mp3"], "rest": "b.mp3"}, True),
        ([], False),
        ({"files": []}, False),
        ({"under_voice_db": 50}, False),
        ({"click": 10}, False),
        ({"volume": 3}, False),
    ],
)
def test_music_is_accepted_as_the_reader_accepts_it(
    validator: Any, music: object, accepted: bool
) -> None:
    script = {"voiceguide": 1, "title": "T", "music": music, "steps": [{"rest": 1}]}
    assert validator.is_valid(script) == accepted
    assert (read(yaml.safe_dump(script), "x").faults == ()) == accepted


@pytest.mark.parametrize(
    "step",
    [
        {"exercise": "x", "duration": "{v}"},
        {"exercise": "x", "duration": ["{v}s", "20s"], "rest": ["{v}"]},
        {"exercise": "x", "reps": "{v}-20", "sides": "{side}", "tempo": "2-1-{v}-0"},
        {"exercise": "x", "reps": 3, "optional": "{yes}", "rest_range": ["{v}", 40]},
        {"exercise": "x", "duration": 40, "level": "{v}", "cues": [{"at": "{v}", "say": "a"}]},
        {"block": "{v}", "coach": {"praise": "{yes}", "countdown": "{v}"}, "steps": [{"rest": 1}]},
        {"repeat": "{v}", "steps": [{"rest": "{v}"}]},
        {"include": "{side}.yaml", "with": {"a": 1, "b": "{v}", "c": True}},
    ],
)  # fmt: skip
def test_a_variable_may_stand_for_any_single_value(validator: Any, step: dict[str, Any]) -> None:
    values = {"v": 3, "yes": True, "side": "left"}
    script = {"voiceguide": 1, "title": "T", "variables": values, "steps": [step]}
    part = b"voiceguide: 1\ntitle: P\nsteps: [{rest: 1s}]\n"
    files = SimpleNamespace(script=lambda name, _: (name, part), name=lambda name, _: name)
    assert read(yaml.safe_dump(script), "x", files=files).faults == ()
    validator.validate(script)


def test_every_key_is_described() -> None:
    whole = schema()
    for name, shape in {"script": whole, **whole["$defs"]}.items():
        for key, value in shape.get("properties", {}).items():
            assert "description" in value or "$ref" in value, f"{name}.{key}"
