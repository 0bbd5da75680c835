"""The parent's side of a worker process: an engine that may hang or crash, kept at arm's length."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Generator, Sequence
from dataclasses import asdict
from typing import IO, TYPE_CHECKING, Any

from voiceguide.model.audio import Audio
from voiceguide.model.errors import SynthesisFailed
from voiceguide.voice.contract import SpeakRequest
from voiceguide.voice.engines.serve import ANSWER, HEADER
from voiceguide.voice.engines.soundfile import read

if TYPE_CHECKING:
    from typing_extensions import Self

_MOST_WORKERS = 4
"""More would wait for us: a clip takes us half the time that it takes the fastest engine."""


class Worker:
    """A child process that answers one request after the other.

    Args:
        module: its `main` is run in the child, see `serve`.

    Closing it, or the end of this process in any way, ends the child.
    """

    def __init__(self, module: str) -> None:
        # The child sees the same packages as we do, and nothing of the current folder.
        code = f"import sys; sys.path[:] = {sys.path!r}; from {module} import main; main()"
        self._stderr = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the worker
        self._child = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-c", code],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._stderr,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the child, whatever it is doing."""
        self._child.kill()
        for pipe in (self._child.stdin, self._child.stdout):
            # stdin may hold a line that the child will never read
            with contextlib.suppress(OSError):
                _open(pipe).close()
        self._child.wait()
        self._stderr.close()

    def send(self, request: dict[str, Any]) -> None:
        """Hand over a request; a dead child is noticed by `receive`."""
        with contextlib.suppress(OSError):
            _open(self._child.stdin).write(json.dumps(request).encode() + b"\n")
            _open(self._child.stdin).flush()

    def receive(self, timeout_s: float) -> bytes:
        """The answer to the oldest request without one.

        Raises:
            SynthesisFailed: the child broke, ended, or took longer than `timeout_s`.
        """
        late = threading.Event()

        def give_up() -> None:
            late.set()
            self._child.kill()

        # A pipe cannot be read with a timeout on every system; a killed child ends the reading.
        watchdog = threading.Timer(timeout_s, give_up)
        watchdog.start()
        try:
            header = _open(self._child.stdout).read(HEADER.size)
            kind, n_bytes = HEADER.unpack(header) if len(header) == HEADER.size else (b"", 0)
            body = _open(self._child.stdout).read(n_bytes)
        finally:
            watchdog.cancel()
        if late.is_set():
            raise SynthesisFailed(f"no answer within {timeout_s:g} s")
        if not kind or len(body) < n_bytes:
            raise SynthesisFailed(f"the process of the engine ended: {self._last_words()}")
        if kind != ANSWER:
            raise SynthesisFailed(body.decode())
        return body

    def _last_words(self) -> str:
        code = self._child.wait()
        self._stderr.seek(0)
        lines = self._stderr.read().decode(errors="replace").split("\n")
        said = [line.strip() for line in lines if line.strip()]
        return said[-1] if said else f"exit code {code}"


def speak(
    module: str, requests: Sequence[SpeakRequest], timeout_s: float, *, clips_a_worker: int
) -> Generator[Audio, None, None]:
    """The sound of each request, in order, made by workers side by side.

    Args:
        module: see `Worker`.
        requests: each reaches it as a dict; its answer is a sound file, see `soundfile`.
        timeout_s: for one phrase; the first includes the start of the engine.
        clips_a_worker: another worker for so many requests, up to one a core.

    Raises:
        SynthesisFailed: names the engine's reason and the phrase.
    """
    n_workers = max(1, min(os.cpu_count() or 1, _MOST_WORKERS, len(requests) // clips_a_worker))
    with contextlib.ExitStack() as stack:
        workers = [stack.enter_context(Worker(module)) for _ in range(n_workers)]
        # Two requests lie with each worker, so that none waits while a clip is worked on here.
        ahead = 2 * n_workers
        for index in range(len(requests) + ahead):
            if index < len(requests):
                workers[index % n_workers].send(asdict(requests[index]))
            if index >= ahead:
                request = requests[index - ahead]
                try:
                    answer = workers[index % n_workers].receive(timeout_s)
                except SynthesisFailed as error:
                    raise SynthesisFailed(
                        f"could not speak {request.text!r}: {error}", error.hint
                    ) from error
                yield read(answer)


def _open(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None
    return pipe
