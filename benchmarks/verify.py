"""How long `verify` takes, against the least it could: decoding the file once, to nowhere.

    python benchmarks/verify.py [MINUTES]

Measures a file that is well, which is decoded once, and one with a tone too many, which is decoded
again and searched from end to end. Peak memory is that of the process, in MB.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from render import mixed, session, timed

from voiceguide import ffmpeg
from voiceguide.export import write_file
from voiceguide.model.timeline import dump
from voiceguide.verify import verify


def main(minutes: int) -> None:
    """Prints the table."""
    timeline = session(minutes)
    with tempfile.TemporaryDirectory() as name:
        os.environ["XDG_CACHE_HOME"] = name
        path, other = Path(name) / "session.mp3", Path(name) / "other.json"
        write_file(mixed(timeline), timeline, path)
        other.write_text(dump(replace(timeline, cues=timeline.cues[:-1])), encoding="utf-8")
        decode = [ffmpeg.locate(), "-v", "error", "-i", str(path), "-f", "null", "-"]
        least = timed(lambda: subprocess.run(decode, check=True))
        rows = [
            ("floor: decoding", least),
            ("verify", timed(lambda: verify(path))),
            ("verify, one tone too many", timed(lambda: verify(path, other))),
        ]
    print(f"{minutes} minutes{'seconds':>28}{'x floor':>9}")
    for what, seconds in rows:
        print(f"{what:28}{seconds:9.2f}{seconds / least:9.2f}")
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000:.0f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 60)
