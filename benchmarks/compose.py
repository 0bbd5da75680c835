"""How long a composed session takes to make, and whether 500 of them are as wished.

    python benchmarks/compose.py [SESSIONS]

Takes wishes from the grid of the tests (`tests/compose/grid.py`), composes and writes each script
without a word spoken, and judges its plan with the estimates (`tests/compose/judge.py`). The times
are those of the process, without what others do on the machine.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from statistics import median

from voiceguide import pipeline
from voiceguide.compose import Impossible
from voiceguide.model.options import Options
from voiceguide.model.source import Source
from voiceguide.pipeline.composing import Composer

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from compose.grid import wishes
from compose.judge import faults

SILENT = Options(engine="silent")


def main(sessions: int) -> None:
    """Prints how many sessions were made, what is wrong with them, and the times."""
    composer = Composer()
    made_ms: list[float] = []
    refused_ms: list[float] = []
    wrong: list[str] = []
    for wished in wishes():
        start = time.process_time()
        try:
            script = composer.write(composer.compose(wished))
        except Impossible:
            refused_ms.append((time.process_time() - start) * 1000)
            continue
        made_ms.append((time.process_time() - start) * 1000)
        source = Source(script.encode(), "script.yaml", Path())
        plan = pipeline.plan(source, SILENT, estimate=True)
        wrong += [f"{fault}: {wished}" for fault in faults(plan, wished)]
        if len(made_ms) == sessions:
            break
    first, *others = made_ms
    print(f"{len(made_ms)} sessions, {len(wrong)} faults; {len(refused_ms)} wishes are impossible")
    print("\n".join(wrong))
    print(f"the first, which reads the library: {first:.0f} ms")
    print(f"each of the others: median {median(others):.1f} ms, at most {max(others):.1f} ms")
    print(
        f"an impossible one: median {median(refused_ms):.1f} ms, at most {max(refused_ms):.1f} ms"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
