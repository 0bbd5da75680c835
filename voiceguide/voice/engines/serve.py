"""The child's side of a worker process: requests in on stdin, sounds out on stdout.

Imports nothing heavy: a worker should be up in a tenth of a second.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import struct
import sys
import threading
from collections.abc import Callable
from typing import Any

HEADER = struct.Struct(">cI")
"""Kind of an answer, and how many bytes follow."""
ANSWER = b"a"
FAILED = b"f"
"""The bytes are a message, in UTF-8."""

Request = dict[str, Any]


def serve(start: Callable[[], Callable[[Request], bytes]]) -> None:
    """Answer requests, one line of JSON each, until stdin ends; never returns.

    `start` loads the engine and returns what answers. Whatever goes wrong in it is sent as the
    answer, for the parent to tell.
    """
    # The real stdout is ours alone: engines print ("Audio saved to ..."), C libraries too.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    # Ctrl-C reaches the whole group; ending is the parent's decision.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    requests: queue.SimpleQueue[Request] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(requests,), daemon=True).start()
    answer: Callable[[Request], bytes] | None = None
    while True:
        request = requests.get()
        try:
            answer = answer or start()
            kind, body = ANSWER, answer(request)
        except Exception as error:  # noqa: BLE001 - the parent makes a SynthesisFailed of it
            kind, body = FAILED, f"{type(error).__name__}: {error}".encode()
        out.write(HEADER.pack(kind, len(body)) + body)
        out.flush()


def _read(requests: queue.SimpleQueue[Request]) -> None:
    """Hand on each line. At the end of stdin the parent is done, or dead: end at once.

    Reading in a thread makes this hold while a C library hangs: no worker outlives its parent.
    """
    for line in sys.stdin.buffer:
        requests.put(json.loads(line))
    os._exit(0)
