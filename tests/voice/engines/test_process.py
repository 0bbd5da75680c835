"""Workers with engines that misbehave; each is a module of its own, as a real one is."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from voiceguide.model.errors import SynthesisFailed
from voiceguide.voice.contract import SpeakRequest
from voiceguide.voice.engines.process import Worker, speak

Install = Callable[[str], str]

TALKING = """
    import io, os, struct, subprocess, wave
    from voiceguide.voice.engines.serve import serve

    def start():
        print("loading the model")
        os.system("echo a C library prints too")
        return answer

    def answer(request):
        print("Audio saved to", request["text"])
        file = io.BytesIO()
        with wave.open(file, "wb") as sound:
            sound.setparams((1, 2, 8000, 0, "NONE", ""))
            sound.writeframes(struct.pack("<h", int(request["text"])) * 100)
        return file.getvalue()

    def main():
        serve(start)
"""
ANSWERING = """
    import os, time
    from voiceguide.voice.engines.serve import serve

    def answer(request):
        if request["text"] == "1":
            {misdeed}
        return b""

    def main():
        serve(lambda: answer)
"""


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    def write(code: str) -> str:
        (tmp_path / "fake_engine.py").write_text(textwrap.dedent(code), encoding="utf-8")
        monkeypatch.syspath_prepend(os.fspath(tmp_path))
        return "fake_engine"

    return write


def requests(n: int) -> list[SpeakRequest]:
    return [SpeakRequest(str(number), "voice", 150, "en") for number in range(n)]


@pytest.mark.parametrize("clips_a_worker", [1000, 4])
def test_answers_keep_their_order_whatever_the_engine_prints(
    install: Install, capfd: pytest.CaptureFixture[str], clips_a_worker: int
) -> None:
    module = install(TALKING)
    sounds = list(speak(module, requests(20), 30, clips_a_worker=clips_a_worker))
    assert [round(float(sound.samples[0, 0]) * 32_768) for sound in sounds] == list(range(20))
    assert capfd.readouterr().out == ""


@pytest.mark.parametrize(
    ("misdeed", "reason"),
    [
        ("raise ValueError('no such phoneme')", "ValueError: no such phoneme"),
        ("os.abort()", "ended"),
        ("os._exit(3)", "exit code 3"),
        ("time.sleep(60)", "no answer within"),
    ],
    ids=["raises", "crashes", "ends", "hangs"],
)
def test_a_broken_engine_is_told_with_its_phrase(
    install: Install, misdeed: str, reason: str
) -> None:
    module = install(ANSWERING.format(misdeed=misdeed))
    before = time.monotonic()
    sounds = speak(module, requests(3), 2, clips_a_worker=100)
    assert next(sounds).n_frames == 0
    with pytest.raises(SynthesisFailed, match=reason) as raised:
        next(sounds)
    assert "could not speak '1'" in raised.value.message
    assert time.monotonic() - before < 10


def test_a_module_that_does_not_load_is_told(install: Install) -> None:
    module = install("raise ImportError('no engine here')")
    with pytest.raises(SynthesisFailed, match="no engine here"):
        list(speak(module, requests(1), 30, clips_a_worker=100))


def test_a_worker_sees_nothing_of_the_current_folder(
    install: Install, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = install(TALKING)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "wave.py").write_text("raise RuntimeError('not this one')")
    monkeypatch.chdir(elsewhere)
    assert len(list(speak(module, requests(1), 30, clips_a_worker=100))) == 1


def test_stopping_early_ends_the_worker(install: Install) -> None:
    module = install(ANSWERING.format(misdeed="time.sleep(60)"))
    before = time.monotonic()
    sounds = speak(module, requests(3), 60, clips_a_worker=100)
    next(sounds)
    sounds.close()
    assert time.monotonic() - before < 10


def test_the_next_request_is_refused_by_a_closed_worker_only(install: Install) -> None:
    with Worker(install(TALKING)) as worker:
        worker.send({"text": "7"})
        assert worker.receive(30)[:4] == b"RIFF"
        worker.send({"text": "8"})
        assert worker.receive(30)[:4] == b"RIFF"


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for the process in /proc")
def test_no_worker_outlives_a_parent_that_is_killed(install: Install, tmp_path: Path) -> None:
    """Not even one whose engine hangs."""
    module = install(
        ANSWERING.format(misdeed="open('pid', 'w').write(str(os.getpid())); time.sleep(60)")
    )
    code = (
        f"import sys; sys.path.insert(0, {os.fspath(tmp_path)!r})\n"
        "from voiceguide.voice.engines.process import Worker\n"
        f"with Worker({module!r}) as worker:\n"
        "    worker.send({'text': '1'})\n"
        "    worker.receive(60)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], cwd=tmp_path)
    pid = _awaited(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text())
    assert pid
    parent.send_signal(signal.SIGKILL)
    parent.wait(10)
    assert _awaited(lambda: not _runs(str(pid)))


def _runs(pid: str) -> bool:
    try:
        state = Path("/proc", pid, "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def _awaited(what: Callable[[], object], seconds: float = 15.0) -> object:
    """The first true answer, asked for again and again; the last one when time is up."""
    end = time.monotonic() + seconds
    while not (answer := what()) and time.monotonic() < end:
        time.sleep(0.01)
    return answer
