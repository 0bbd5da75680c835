"""`verify`: what it shows, and how it ends."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from voiceguide.export.wav import header
from voiceguide.model.errors import EncoderMissing
from voiceguide.model.wording import clock

Call = Callable[..., Any]
CLI_PAGE = Path(__file__).parents[2] / "docs" / "cli.md"
SHOWN = re.compile(r"(```console\n\$ voiceguide verify (?P<file>\S+)\n).*?(```\n)", re.DOTALL)


@pytest.fixture
def rendered(call: Call) -> str:
    """A built-in routine, its samples the same on every machine."""
    call("render", "first-steps", "--engine", "silent", "-o", "first-steps.wav")
    return "first-steps.wav"


@pytest.fixture
def cut(rendered: str) -> str:
    """The same without its last 12 s."""
    data = Path(rendered).read_bytes()
    size = int.from_bytes(data[40:44], "little")
    left = size - 12 * 48_000 * 2
    trailer = data[44 + size :]
    music = data[44 : 44 + left]
    Path("cut.wav").write_bytes(header(left // 2, 1, len(trailer)) + music + trailer)
    return "cut.wav"


def test_what_the_docs_show_is_what_comes_out(
    call: Call, rendered: str, cut: str, golden: Callable[[Path, str], None]
) -> None:
    def run(shown: re.Match[str]) -> str:
        called = call("verify", shown["file"])
        assert called.code == (shown["file"] == cut)
        return f"{shown[1]}{called.out}{shown[3]}"

    page = CLI_PAGE.read_text(encoding="utf-8")
    assert {shown["file"] for shown in SHOWN.finditer(page)} == {rendered, cut}
    wanted = SHOWN.sub(run, page)
    golden(CLI_PAGE, wanted)


def test_data_tells_every_check(call: Call, rendered: str, cut: str) -> None:
    well = json.loads(call("verify", rendered, "--json").out)
    assert well["passed"]
    assert well["cause"] is None
    assert {check["name"] for check in well["checks"]} == {
        "timeline", "title", "chapters", "length", "tones", "speech", "silence", "clipping",
        "peak", "loudness",
    }  # fmt: skip
    called = call("verify", cut, "--json")
    ill = json.loads(called.out)
    assert called.code == 1
    assert ill["cause"] == "The last 12.0 s are missing."
    (length,) = next(check for check in ill["checks"] if check["name"] == "length")["findings"]
    assert length["expected"] == clock(well["duration_ms"])


def test_all_shows_each_tone(call: Call, rendered: str) -> None:
    named = call("verify", rendered, "--all").out
    data = json.loads(call("verify", rendered, "--all", "--json").out)
    tones = next(check for check in data["checks"] if check["name"] == "tones")
    assert len(tones["items"]) == tones["count"] > 20
    assert named.count(" tick ") == sum(item["what"] == "tick" for item in tones["items"])


def test_a_timeline_beside_the_file(call: Call, rendered: str) -> None:
    call("render", "first-steps", "--engine", "silent", "-o", "x.wav", "--timeline", "x.json")
    assert call("verify", rendered, "--timeline", "x.json").code == 0
    called = call("verify", rendered, "--timeline", "no.json")
    assert called.code == 2
    assert "no.json cannot be read" in called.err


def test_a_file_without_a_timeline_says_what_to_do(call: Call) -> None:
    Path("bare.wav").write_bytes(header(48_000, 1, 0) + bytes(96_000))
    called = call("verify", "bare.wav")
    assert called.code == 1
    assert called.out == ""
    assert "bare.wav carries no timeline" in called.err
    assert "--timeline" in called.err


def test_what_is_no_sound(call: Call) -> None:
    Path("words.txt").write_text("Plank.\n", encoding="utf-8")
    called = call("verify", "words.txt")
    assert called.code == 1
    assert "words.txt: cannot be decoded" in called.err
    assert "Traceback" not in called.err


def test_a_file_that_is_not_there(call: Call) -> None:
    called = call("verify", "nothing.mp3")
    assert called.code == 2
    assert "nothing.mp3: there is no such file" in called.err


def test_ffmpeg_that_is_missing(call: Call, rendered: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere() -> str:
        raise EncoderMissing("there is no ffmpeg", "pip install imageio-ffmpeg")

    monkeypatch.setattr("voiceguide.ffmpeg.locate", nowhere)
    called = call("verify", rendered)
    assert called.code == 69
    assert "pip install imageio-ffmpeg" in called.err
