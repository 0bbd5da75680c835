"""How soon a session is heard: from the call to its first sound, against the floor.

    python benchmarks/first_sound.py [SCRIPT...]

The floor is a Python that imports what playing stands on (numpy, Typer, miniaudio) and ends.
Cold: no clip, no timeline. Prints the best of several runs, and ratios.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SCRIPTS = ("run-warmup", "upper-glutes-10")
RUNS = 7
_FLOOR = [sys.executable, "-c", "import numpy, typer, miniaudio"]


def first_sound_s(script: str, home: Path) -> float:
    """Seconds from the call to the moment that the log gives as 0."""
    log = home / "log.jsonl"
    log.unlink(missing_ok=True)
    call = [sys.executable, "-m", "voiceguide", "play", script, "--device", "null", "--no-history"]
    began = time.monotonic()
    with subprocess.Popen(
        [*call, "--log", str(log)],
        env={**os.environ, "XDG_CACHE_HOME": str(home), "XDG_DATA_HOME": str(home)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as player:
        while player.poll() is None and not _begun(log):
            time.sleep(0.001)
        elapsed = time.monotonic() - began
        player.terminate()
    return elapsed


def _begun(log: Path) -> bool:
    """Whether the first segment sounds."""
    lines = log.read_text("utf-8").splitlines(keepends=True) if log.exists() else []
    whole = (json.loads(line) for line in lines if line.endswith("\n"))
    return any(event["event"] == "segment" for event in whole)


def floor_s() -> float:
    """Seconds that a bare Python with the same libraries takes."""
    began = time.monotonic()
    subprocess.run(_FLOOR, check=True)
    return time.monotonic() - began


def main() -> None:
    """Measures each script, cold and warm, in one run."""
    floor = min(floor_s() for _ in range(RUNS))
    print(f"floor            {floor:6.2f} s")
    for script in sys.argv[1:] or SCRIPTS:
        with tempfile.TemporaryDirectory() as home:
            cold = first_sound_s(script, Path(home))
            warm = min(first_sound_s(script, Path(home)) for _ in range(RUNS))
        print(f"{script:16} {warm:6.2f} s warm, {warm / floor:.1f}x the floor; {cold:.2f} s cold")


if __name__ == "__main__":
    main()
