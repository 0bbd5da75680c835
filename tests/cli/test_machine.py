"""`sounds`, `schema`, `cache` and `doctor`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from voiceguide.data import shipped
from voiceguide.model.errors import EncoderMissing

Call = Callable[..., Any]


def test_sounds_tell_their_roles(call: Call) -> None:
    roles = {sound["name"]: sound["role"] for sound in json.loads(call("sounds", "--json").out)}
    assert roles["tick"] == "countdown"
    assert roles["bell"] is None
    assert set(call("sounds").out.split()) >= set(roles)


def test_the_schema_takes_what_ships(call: Call) -> None:
    schema = json.loads(call("schema").out)
    validator = jsonschema.Draft202012Validator(schema)
    for script in shipped("scripts").glob("*.yaml"):
        validator.validate(yaml.safe_load(script.read_text(encoding="utf-8")))


def test_the_cache_is_told_and_cleared(
    call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "cache" / "voiceguide"
    (folder / "clips").mkdir(parents=True)
    (folder / "clips" / "one").write_bytes(bytes(2500))
    assert call("cache", "where").out == f"{folder}\n"
    assert call("cache").out == f"2.5 kB in {folder}\n"
    assert json.loads(call("cache", "clear", "--json").out)["freed_bytes"] == 2500
    assert call("cache").out == f"0 B in {folder}\n"


def test_doctor_finds_what_a_session_needs(call: Call) -> None:
    called = call("doctor", "--json")
    found = json.loads(called.out)
    assert called.code == 0
    assert found["needs"] == []
    states = {(item["kind"], item["name"]): item["state"] for item in found["findings"]}
    assert states["engine", "pyttsx3"] == "ready"
    assert states["format", "mp3"] == "ready"


def test_doctor_names_what_is_missing_and_the_line_that_installs_it(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nowhere() -> str:
        raise EncoderMissing("there is no ffmpeg", "pip install imageio-ffmpeg")

    monkeypatch.setattr("voiceguide.ffmpeg.locate", nowhere)
    called = call("doctor")
    assert called.code == 69
    assert "missing: ffmpeg, to write any format but wav" in called.err
    _, cures = called.out.split("\n\nTo get what is not ready, as far as you need it:\n")
    assert "  program ffmpeg: pip install imageio-ffmpeg\n" in cures


def test_doctor_tells_what_each_exporter_writes(call: Call) -> None:
    found = json.loads(call("doctor", "--json").out)["findings"]
    told = {(item["kind"], item["name"]): item["detail"] for item in found}
    assert "m4a" in told["format", "ffmpeg"]
    assert told["engine", "command"] == "the program that a script names"
