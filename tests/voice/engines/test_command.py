"""Any program as an engine: the text on its standard input, the sound in the file it is told."""

from __future__ import annotations

import shlex
import sys
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest

from voiceguide import pipeline
from voiceguide.model.audio import Audio
from voiceguide.model.errors import EngineMissing, SynthesisFailed, UsageError
from voiceguide.model.options import Options
from voiceguide.model.source import Source
from voiceguide.voice.contract import SpeakRequest
from voiceguide.voice.engines.command import VARIABLE, CommandEngine

PROGRAM = """\
import array, math, sys, wave
text = sys.stdin.buffer.read().decode()
if "stuck" in text:
    sys.stdin.close()
    import threading
    threading.Event().wait()
if "broken" in text:
    sys.exit("cannot say that")
if "nothing" in text:
    sys.exit()
n = 400 * len(text)
with wave.open(sys.argv[1] if len(sys.argv) > 1 else sys.stdout.buffer, "wb") as file:
    file.setnchannels(1)
    file.setsampwidth(2)
    file.setframerate(16000)
    file.writeframes(array.array("h", (int(9000 * math.sin(k / 5)) for k in range(n))).tobytes())
"""


@pytest.fixture
def line(tmp_path: Path) -> str:
    program = tmp_path / "my tts.py"
    program.write_text(PROGRAM, encoding="utf-8")
    return f"{shlex.quote(sys.executable)} {shlex.quote(str(program))} {{file}}"


def spoken(line: str, *texts: str, timeout_s: float = 30.0) -> list[Audio]:
    requests = [SpeakRequest(text, line, 150, "en") for text in texts]
    with closing(CommandEngine().speak(requests, timeout_s)) as sounds:
        return list(sounds)


def test_each_text_has_its_sound_in_order(line: str) -> None:
    texts = ["Go", "Go on and on", "Rest", "Käfer"] * 3
    lengths_s = [sound.n_frames / sound.rate_hz for sound in spoken(line, *texts)]
    assert lengths_s == pytest.approx([len(text) / 40 for text in texts], abs=0.001)


def test_without_a_file_the_sound_is_standard_output(line: str) -> None:
    (sound,) = spoken(line.replace(" {file}", ""), "Rest")
    assert sound.n_frames / sound.rate_hz == pytest.approx(0.1, abs=0.001)


@pytest.mark.parametrize(
    ("text", "message"),
    [("broken", "cannot say that"), ("nothing", "made no sound"), ("stuck", "no answer within")],
)
def test_a_program_that_fails_is_told(line: str, text: str, message: str) -> None:
    with pytest.raises(SynthesisFailed, match=message):
        spoken(line, text, timeout_s=1.0 if text == "stuck" else 30.0)


def test_a_program_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(EngineMissing, match="no program 'no-such-tts'"):
        CommandEngine().voice_named("no-such-tts --out {file}")
    with pytest.raises(UsageError):
        CommandEngine().voice_named("'open")
    monkeypatch.delenv(VARIABLE, raising=False)
    assert CommandEngine().default_voice("en") is None


def test_backslashes_part_folders_on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("voiceguide.voice.engines.command.sys", SimpleNamespace(platform="win32"))
    for line in (r"C:\my-tts\say.exe --out {file}", r'"C:\my tts\say.exe" --out {file}'):
        with pytest.raises(EngineMissing, match=r"no program 'C:\\\\my.tts\\\\say\.exe'"):
            CommandEngine().voice_named(line)


def test_a_session_is_spoken_by_the_program_of_its_script(line: str, tmp_path: Path) -> None:
    script = (
        f"voiceguide: 1\ntitle: T\nvoice: {{command: {line!r}}}\n"
        "steps: [{say: Hello to all of you out there in the park.}, {exercise: hop, reps: 3}]\n"
    )
    source = Source(script.encode(), "t.yaml", tmp_path)
    assert pipeline.check(source).faults == ()
    rendered = pipeline.render(source, tmp_path / "t.mp3")
    assert rendered.timeline.voice.startswith("command:")
    assert rendered.timeline.speech


def test_the_environment_may_name_the_program(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, line)
    source = Source(b"voiceguide: 1\ntitle: T\nsteps: [{say: Hello there.}]\n", "t.yaml", tmp_path)
    timeline = pipeline.plan(source, Options(engine="command"))
    assert timeline.voice.startswith("command:")


@pytest.mark.parametrize(
    ("voice", "wanted"),
    [
        ("{command: no-such-tts}", ""),  # no fault of the script: told where somebody is to speak
        ("{command: x, name: y}", "`command` names the engine and the voice"),
        ("{command: x, engine: pyttsx3}", "`command` names the engine and the voice"),
    ],
)
def test_a_command_stands_for_engine_and_name(voice: str, wanted: str, tmp_path: Path) -> None:
    script = f"voiceguide: 1\ntitle: T\nvoice: {voice}\nsteps: [{{say: Hello.}}]\n"
    faults = pipeline.check(Source(script.encode(), "t.yaml", tmp_path)).faults
    assert [fault.message for fault in faults] == ([wanted] if wanted else [])
