"""No text raises, hangs or fills the memory."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voiceguide.script import read
from voiceguide.script.faults import render
from voiceguide.script.shapes import KNOWN_KEYS

MIB = 1 << 20
HEAD = "voiceguide: 1\ntitle: T\nsteps:\n"

pieces = st.sampled_from(
    [*sorted(KNOWN_KEYS), ": ", ":", "- ", "\n", "\n  ", "\n    ", "\t", "{", "}", "[", "]", ", ",
     '"', "'", "#", "&a ", "*a", "!x ", "|", ">", "?", "%", "@", "---\n", "...\n", "\\", "\0", "~",
     "1", "30s", "1:75", "half", "{round}", "<<", "\u2028", "\ud800", "\ufeff", "\r", "true"]
)  # fmt: skip


def check(source: bytes | str) -> None:
    script = read(source, "x")
    assert script.routine is not None or script.faults
    lines = [(fault.line, fault.column) for fault in script.faults]
    assert lines == sorted(lines)
    for fault in script.faults:
        assert render(fault).startswith("x")


@given(st.binary(max_size=200))
def test_any_bytes(source: bytes) -> None:
    check(source)


@given(st.lists(pieces, max_size=40).map("".join))
@settings(max_examples=200, deadline=None)
def test_any_text_that_looks_like_yaml(source: str) -> None:
    check(source)
    check(HEAD + "- " + source)


@given(st.lists(pieces, max_size=12).map("".join))
@settings(max_examples=200, deadline=None)
def test_any_value(value: str) -> None:
    check(f"{HEAD}- exercise: x\n  reps: {value}\n  say: {value}\n  cues: [{{at: {value}}}]\n")


BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 12)
)
HOSTILE: dict[str, str | bytes] = {
    "brackets": "[" * MIB,
    "dashes": "- " * (MIB // 2),
    "braces": "{a: " * (MIB // 4),
    "alias bomb": BOMB,
    "alias chain": HEAD + "- &a {rest: 1s}\n" + "- *a\n" * 200_000,
    "entries": "[" + "a," * (MIB // 2 - 1) + "]",
    "steps": HEAD + "- rest: 1s\n" * 90_000,
    "faulty steps": HEAD + "- rset: 1s\n" * 80_000,
    "keys": "{" + ",".join(f"k{n}" for n in range(130_000)) + "}",
    "duplicate keys": "a:\n" * (MIB // 3),
    "documents": "---\n" * (MIB // 4),
    "open quote": '"' + "a" * (MIB - 1),
    "open quotes": '- "a\n' * 200_000,
    "unquoted colons": HEAD + "- say: a: b\n" * 2_000,
    "controls": "\x07" * MIB,
    "not utf-8": b"\xff" * MIB,
    "long number": HEAD + "- rest: " + "9" * 1_000_000,
    "long list": HEAD + "- exercise: a\n  reps: [" + "x," * 140_000 + "]",
    "placeholders": HEAD + '- say: "' + " ".join(f"{{a{n}}}" for n in range(100_000)) + '"',
    "line breaks": "\r" * MIB,
    "huge": b"a" * (64 * MIB),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_time_of_hostile_texts(name: str) -> None:
    began = time.process_time()
    script = read(HOSTILE[name], "x")
    # Two seconds are promised; a machine that runs other tests beside this one may need more.
    assert time.process_time() - began < 4
    assert script.faults


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only there `/proc` tells the memory used")
@pytest.mark.parametrize("name", [name for name in HOSTILE if name != "huge"])
def test_memory_of_hostile_texts(name: str) -> None:
    source = HOSTILE[name]
    program = (
        "import re, sys\n"
        "from voiceguide.script import read\n"
        "text = sys.stdin.buffer.read()\n"
        "assert read(text, 'x').faults\n"
        # Not `ru_maxrss`, which a process has from the one that started it.
        "status = open('/proc/self/status').read()\n"
        "assert int(re.search(r'VmHWM:\\s+(\\d+) kB', status)[1]) < 300 * 1024\n"
    )
    subprocess.run(
        [sys.executable, "-c", program],
        input=source if isinstance(source, bytes) else source.encode(),
        check=True,
        timeout=20,
    )
