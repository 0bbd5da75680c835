"""Whether time grows with the work and no faster.

    python benchmarks/scaling.py [plan] [check]

`plan`: scripts of many shapes with 2,000 segments and with ten times as many, by the library
(`pipeline.plan`, estimated) and by the program (`voiceguide plan --json`, spoken by the silent
engine, no clip in the cache). `check`: one call of `voiceguide check` for one script and for 200,
of 30 to 60 steps each; and the built-in routines under 200 names.

Prints ratios, the smaller and the larger measured in turn in one run.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from statistics import median
from typing import Any

import yaml

from voiceguide import data, library, pipeline
from voiceguide.model.options import Options
from voiceguide.model.source import Source

FEW, TIMES = 1_990, 10
"""Segments, and how often as many; a little is left below the most that a session may have."""
N_SCRIPTS = 200
RUNS = 5
SILENT = Options(engine="silent")

Script = dict[str, Any]
Steps = list[dict[str, Any]]


def _work(number: int = 0, **more: object) -> dict[str, object]:
    """Two seconds of work, so that 20,000 segments stay below 12 h."""
    return {"exercise": f"move {number}" if number else "plank", "duration": "2s", **more}


def _repeat(n: int) -> Steps:
    return [{"repeat": n // 2, "rest": "2s", "steps": [_work()]}]


def _sets(n: int) -> Steps:
    return [_work(number, sets=100, rest="2s") for number in range(100, 100 + n // 199)]


def _nested(n: int) -> Steps:
    rounds: Steps = [{"repeat": 10, "rest": "2s", "steps": [_work()]}]
    rounds = [{"repeat": 5, "rest": "2s", "steps": rounds}]
    return [{"repeat": n // 100, "steps": rounds}]


def _emom(n: int) -> Steps:
    return [{"every": "4s", "rounds": n // 2, "steps": [_work()]}]


def _one_slot(n: int) -> Steps:
    return [{"every": f"{2 * n}s", "steps": [_work() for _ in range(n - 1)]}]


def _literal(n: int) -> Steps:
    return [_work(i, say=f"Way number {i}.") if i % 2 else {"rest": "2s"} for i in range(1, n + 1)]


def _doubtful(n: int) -> Steps:
    """Each exercise is warned of: its rest has no effect."""
    return [_work(i, rest="5s") if i % 2 else {"rest": "2s"} for i in range(1, n + 1)]


def _sides(n: int) -> Steps:
    step = _work(sides="left-right", switch="2s", exercise="reach")
    return [{"repeat": n // 4, "rest": "2s", "steps": [step]}]


def _blocks(n: int) -> Steps:
    """Some without work, so that all that is in them is looked through."""
    one = [{"block": f"Part {i}", "steps": [_work(), {"rest": "2s"}]} for i in range(n // 4)]
    two = [{"block": f"Talk {i}", "steps": [{"rest": "2s"}] * 2} for i in range(n // 4)]
    return [step for pair in zip(one, two, strict=True) for step in pair]


def _cues(n: int) -> Steps:
    cues = [
        {"at": "0.2s", "say": "Go."},
        {"at": "half", "say": "On."},
        {"at": "-0.3s", "say": "So"},
    ]
    return [{"repeat": n // 2, "rest": "2s", "steps": [_work(cues=cues)]}]


def _waits(n: int) -> Steps:
    """One gap of many parts, and nothing that it leads to."""
    return [{"repeat": n // 2, "steps": [{"wait": "Ready?", "estimate": "2s"}, {"rest": "2s"}]}]


def _rests(n: int) -> Steps:
    """One gap of many parts, each told."""
    return [{"repeat": n, "steps": [{"rest": "15s"}]}, _work()]


def _cues_in_one(n: int) -> Steps:
    cues = [{"at": f"{10 * number + 5}s", "say": "Go on."} for number in range(n)]
    return [{"exercise": "plank", "duration": f"{10 * n + 5}s", "cues": cues}]


def _optional(n: int) -> Steps:
    return [{"repeat": n // 2, "optional": True, "rest": "2s", "steps": [_work()]}]


@dataclass(frozen=True, slots=True)
class Shape:
    """Scripts of one kind and many sizes."""

    steps: Callable[[int], Steps]
    """Of that size, which is about the number of segments."""
    few: int = FEW
    fit_s: float | None = None
    """The length asked for, in seconds a segment."""

    def script(self, times: int = 1) -> bytes:
        """The small script, or one that is so many times as long."""
        size = self.few * times
        head: Script = {"voiceguide": 1, "title": "Long", "coach": {"countdown": 0}}
        if self.fit_s is not None:
            head["fit"] = f"{self.fit_s * size:g}s"
        return _dumped({**head, "steps": self.steps(size)}).encode()


SHAPES: Mapping[str, Shape] = {
    "one long repeat": Shape(_repeat),
    "many sets": Shape(_sets),
    "nested repeats": Shape(_nested),
    "an EMOM": Shape(_emom),
    "one slot of many steps": Shape(_one_slot),
    "many literal steps": Shape(_literal),
    "many warnings": Shape(_doubtful),
    "changing sides": Shape(_sides),
    "many blocks": Shape(_blocks),
    "timed cues": Shape(_cues),
    "waits in a row": Shape(_waits),
    "fitted": Shape(_repeat, fit_s=2.1),
    "fitted, with options": Shape(_optional, few=200, fit_s=1),
    "rests in a row": Shape(_rests, few=280),
    "cues in one set": Shape(_cues_in_one, few=100),
}
"""The last three end sooner, at 12 h or at 1,000 cues. Cues in one set are the only ones whose time
grows faster than they do, and their limit comes before that is felt."""


def _dumped(script: Script) -> str:
    class Dumper(yaml.CSafeDumper):
        def ignore_aliases(self, _data: object) -> bool:
            return True

    return yaml.dump(script, Dumper=Dumper, sort_keys=False, allow_unicode=True)


def varied(number: int) -> str:
    """A script of 30 to 60 steps: half of them are of the built-in routines, half are made up."""
    chance = random.Random(number)  # noqa: S311  not for secrets
    wanted = chance.randint(30, 60)
    blocks = list(_shipped_blocks() if number % 2 else _made_up_blocks(chance))
    chance.shuffle(blocks)
    steps: Steps = [{"say": f"Welcome to session {number}. It takes {{length}}.", "within": "9s"}]
    n_steps = 1
    while n_steps < wanted:
        block = yaml.safe_load(yaml.safe_dump(blocks[len(steps) % len(blocks)]))
        for step in block["steps"]:
            _vary(step, chance)
        steps.append({**block, "block": f"{block['block']} {len(steps)}"})
        n_steps += 1 + len(block["steps"])
    return _dumped({"voiceguide": 1, "title": f"Session {number}", "steps": steps})


def _vary(step: dict[str, Any], chance: random.Random) -> None:
    if isinstance(step.get("reps"), int):
        step["reps"] += chance.randint(0, 4)
    if "duration" in step:
        step["duration"] = f"{chance.randint(6, 12) * 5}s"
    if "prepare" in step:
        step["prepare"] = f"{chance.randint(12, 25)}s"


def _shipped_blocks() -> Iterator[dict[str, Any]]:
    for path in _shipped():
        for step in yaml.safe_load(path.read_text("utf-8"))["steps"]:
            if "block" in step:
                yield step


def _made_up_blocks(chance: random.Random) -> Iterator[dict[str, Any]]:
    moves = list(library.load().moves)
    for letter in "ABCDE":
        steps: Steps = []
        for move in chance.sample(moves, 4):
            cue = {"at": "half", "say": f"Half of {letter}, keep breathing."}
            cued = {"duration": "40s", "cues": [cue]}
            amount: Script = chance.choice([{"reps": 8}, cued, {"duration": "30s", "sets": 2}, {}])
            steps += [{"exercise": move, **amount}, {"rest": f"{chance.randint(3, 9) * 5}s"}]
        yield {"block": f"Part {letter}", "steps": steps}


def _shipped() -> list[Path]:
    return sorted(data.shipped("scripts").glob("*.yaml"))


def timed(what: Callable[[], object]) -> float:
    """Seconds that a call takes."""
    began = time.perf_counter()
    what()
    return time.perf_counter() - began


def called(*arguments: str | Path) -> float:
    """Seconds that a call of the program takes, its cache empty."""
    with tempfile.TemporaryDirectory() as home:
        command = [sys.executable, "-m", "voiceguide", *map(str, arguments)]
        return timed(
            lambda: subprocess.run(
                command,
                check=True,
                env={**os.environ, "XDG_CACHE_HOME": home},
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        )


def in_turn(*calls: Callable[[], float], runs: int = RUNS) -> tuple[float, ...]:
    """The median of each call, one after the other in every run."""
    rows = [tuple(call() for call in calls) for _ in range(runs)]
    return tuple(median(column) for column in zip(*rows, strict=True))


def planning(folder: Path) -> None:
    """Prints a row for each shape."""
    print(f"{'planning':24}{'segments':>16}{'library':>22}{'program':>22}")
    for name, shape in SHAPES.items():
        files = folder / "few.yaml", folder / "many.yaml"
        sources = [Source(shape.script(times), name, folder) for times in (1, TIMES)]
        for file, source in zip(files, sources, strict=True):
            file.write_bytes(source.text)
        n_segments = [len(_planned(source).segments) for source in sources]
        by_library = in_turn(*(_timed_plan(source) for source in sources), runs=3)
        by_program = in_turn(*(_timed_call(file) for file in files), runs=1)
        counted = " -> ".join(f"{n:,}" for n in n_segments)
        print(f"{name:24}{counted:>16}{_row(by_library)}{_row(by_program)}", flush=True)


def _planned(source: Source) -> Any:  # noqa: ANN401  a timeline
    return pipeline.plan(source, SILENT, estimate=True)


def _timed_plan(source: Source) -> Callable[[], float]:
    return lambda: timed(lambda: _planned(source))


def _timed_call(file: Path) -> Callable[[], float]:
    return lambda: called("plan", file, "--json", "--engine", "silent")


def checking(folder: Path) -> None:
    """Prints a row for each set of scripts."""
    print(f"{'checking':24}{'scripts':>16}{'library':>22}{'program':>22}")
    made = [varied(number) for number in range(N_SCRIPTS)]
    ours = [path.read_text("utf-8") for path in _shipped()]
    sets = {"30 to 60 steps": made, "the built-in ones": (ours * N_SCRIPTS)[:N_SCRIPTS]}
    for name, texts in sets.items():
        _check_row(name, list(_written(texts, folder)))


def _check_row(name: str, files: list[Path]) -> None:
    sources = [Source(file.read_bytes(), file.name, file.parent) for file in files]
    one, other = cycle(files), cycle(sources)
    by_library = in_turn(lambda: _check([next(other)]), lambda: _check(sources))
    by_program = in_turn(lambda: called("check", next(one)), lambda: called("check", *files))
    counted = f"1 -> {len(files)}"
    print(f"{name:24}{counted:>16}{_row(by_library)}{_row(by_program)}", flush=True)


def _written(texts: Iterable[str], folder: Path) -> Iterator[Path]:
    for number, text in enumerate(texts):
        file = folder / f"session-{number}.yaml"
        file.write_text(text, "utf-8")
        yield file


def _check(sources: list[Source]) -> float:
    return timed(lambda: [pipeline.check(source) for source in sources])


def _row(seconds: tuple[float, ...]) -> str:
    small, large = seconds
    return f"{f'{small:.3f} -> {large:.2f} s':>16}{large / small:5.1f}x"


def main() -> None:
    """Prints the tables that were asked for, else both."""
    asked = sys.argv[1:] or ["plan", "check"]
    with tempfile.TemporaryDirectory() as name:
        if "plan" in asked:
            planning(Path(name))
        if "check" in asked:
            checking(Path(name))


if __name__ == "__main__":
    main()
