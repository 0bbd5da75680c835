"""`voices` and `speak-as`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import miniaudio
import pytest

Call = Callable[..., Any]


def test_voices_of_one_engine(call: Call) -> None:
    found = json.loads(call("voices", "--engine", "silent", "--json").out)
    assert {voice["engine"] for voice in found} == {"silent"}


def test_voices_of_a_language(call: Call) -> None:
    found = json.loads(call("voices", "--engine", "pyttsx3", "--language", "en", "--json").out)
    assert "en-us" in {voice["short"] for voice in found}
    assert "de" not in {voice["short"] for voice in found}


def test_a_voice_is_tried_into_a_file(call: Call) -> None:
    done = call("voices", "--try", "en-us", "Ten seconds left", "-o", "tried/hello.wav")
    assert done.code == 0
    assert done.out.strip() == "tried/hello.wav"
    assert Path("tried/hello.wav").stat().st_size > 48_000


def test_where_a_voice_cannot_be_heard_it_says_how_it_is_written(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_: object) -> None:
        raise miniaudio.MiniaudioError("failed to init device", -1)

    monkeypatch.setattr(miniaudio, "PlaybackDevice", refuse)
    done = call("voices", "--try", "en-us", "Ten seconds left")
    assert done.code == 69
    assert "-o hello.wav" in done.err
    assert "--device" not in done.err


def test_voices_are_compared_a_file_each(call: Call) -> None:
    done = call("voices", "Go on.", "--compare", "--engine", "pyttsx3", "--language", "nl")
    assert done.code == 0
    files = [Path(row) for row in done.out.split()]
    assert files
    assert all(file.stat().st_size > 1000 for file in files)
    assert {file.parent for file in files} == {Path("output/voices")}


@pytest.mark.parametrize(
    "arguments", [("Hello",), ("--try", "x", "--compare"), ("--try", "nobody-of-this-name")]
)
def test_what_cannot_be_done_is_wrong_usage(call: Call, arguments: tuple[str, ...]) -> None:
    assert call("voices", *arguments).code == 2


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("en", "3x12 @ 10-15 kg", "Three sets of twelve at ten to fifteen kilograms"),
        ("es", "21 repeticiones", "Veintiuna repeticiones"),
        ("ja", "あと10秒。", "アトジュービョー。"),
    ],
)
def test_a_text_is_shown_as_an_engine_gets_it(
    call: Call, language: str, text: str, said: str
) -> None:
    assert call("speak-as", text, "--language", language).out.strip() == said
