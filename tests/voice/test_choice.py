"""Who speaks, with engines that lie in a folder of the test, as pip would have laid them."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from voiceguide.model.errors import EngineMissing, UsageError, VoiceUnknown
from voiceguide.voice import choose, voices

ENGINES = """
from voiceguide.model.errors import EngineMissing, SynthesisFailed
from voiceguide.voice.contract import VoiceInfo

class Welsh:
    name, version, finished = "welsh", "1", False
    def voices(self):
        return (
            VoiceInfo("cel/cy-north", "Gwen", "cy", "female", "welsh"),
            VoiceInfo("cel/cy-south", "Rhys", "cy", "male", "welsh", installed=False),
        )
    def default_voice(self, language):
        return self.voices()[0] if language == "cy-x-test" else None
    def voice_named(self, name):
        return None

class Mute(Welsh):
    name = "mute"
    def voices(self):
        raise SynthesisFailed("no driver")
    def default_voice(self, language):
        raise SynthesisFailed("no driver")

class Absent:
    def __init__(self):
        raise EngineMissing("the engine absent is not installed", "pip install absent")

def broken():
    raise KeyError("boom")
"""


@pytest.fixture(autouse=True)
def _engines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    info = tmp_path / "vgengines-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: vgengines\nVersion: 1.0\n")
    names = {"welsh": "Welsh", "mute": "Mute", "absent": "Absent", "broken": "broken"}
    lines = [f"{name} = vgengines:{target}" for name, target in names.items()]
    (info / "entry_points.txt").write_text("\n".join(["[voiceguide.engines]", *lines]))
    (tmp_path / "vgengines.py").write_text(ENGINES)
    monkeypatch.syspath_prepend(os.fspath(tmp_path))
    monkeypatch.delitem(sys.modules, "vgengines", raising=False)


@pytest.mark.parametrize("asked", [None, "auto"])
def test_auto_takes_the_best_that_speaks_the_language(asked: str | None) -> None:
    assert choose(asked, None, "en", None).engine.name in ("hibari", "pyttsx3")
    assert choose(asked, None, "cy-x-test", None).label in (
        "welsh:cy-north@150",
        "pyttsx3:cy@150",
    )


def test_auto_never_takes_silence() -> None:
    with pytest.raises(VoiceUnknown, match="no voice speaks 'tlh'"):
        choose(None, None, "tlh", None)


def test_a_voice_narrows_auto_to_the_engines_that_have_it() -> None:
    assert choose(None, "Gwen", "en", None).label == "welsh:cy-north@150"
    assert choose("auto", "en-us", "en", 120).label == "pyttsx3:en-us@120"


@pytest.mark.parametrize("voice", ["cel/cy-north", "CY-North", "gwen"])
def test_a_voice_goes_by_its_id_the_end_of_it_or_its_name(voice: str) -> None:
    assert choose("welsh", voice, "en", None).voice.id == "cel/cy-north"


def test_the_default_rate_is_150() -> None:
    assert choose("silent", None, "en", None).label == "silent:silent@150"


def test_an_unknown_voice_is_told_with_the_nearest() -> None:
    with pytest.raises(VoiceUnknown, match="no voice 'cy-nort' of welsh") as raised:
        choose("welsh", "cy-nort", "en", None)
    assert raised.value.hint.startswith("nearest: cy-north")


@pytest.mark.parametrize(
    ("engine", "message", "hint"),
    [
        ("absent", "the engine absent is not installed", "pip install absent"),
        ("broken", "the engine 'broken' does not load: KeyError: 'boom'", ""),
        ("festival", "there is no engine 'festival'", "engines: absent, broken, command"),
    ],
)
def test_a_named_engine_is_never_replaced(engine: str, message: str, hint: str) -> None:
    with pytest.raises(EngineMissing) as raised:
        choose(engine, None, "en", None)
    assert raised.value.message == message
    assert raised.value.hint.startswith(hint)
    assert raised.value.exit_code == 69


def test_a_voice_whose_data_is_elsewhere_is_told() -> None:
    with pytest.raises(EngineMissing, match="not on this machine"):
        choose("welsh", "Rhys", "cy", None)


@pytest.mark.parametrize("rate", [0, 79, 451])
def test_a_rate_out_of_range_is_wrong_usage(rate: int) -> None:
    with pytest.raises(UsageError, match="expected 80 to 400"):
        choose("silent", None, "en", rate)


def test_voices_of_engines_that_work_are_listed_whatever_others_do() -> None:
    engines = {voice.engine for voice in voices()}
    assert engines >= {"welsh", "pyttsx3"}
    assert [voice.short for voice in voices("welsh")] == ["cy-north", "cy-south"]
