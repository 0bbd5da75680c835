"""Parts of a session, each with what its scope gives it; counted, so that no bomb is laid out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from voiceguide.model import routine as script
from voiceguide.model.phrase import Phrase
from voiceguide.model.session import Part
from voiceguide.model.timeline import SegmentKind
from voiceguide.script.notes import Notes
from voiceguide.script.scope import Scope

MAX_SEGMENTS = 20_000


class TooManySegments(Exception):
    """The routine has more than `MAX_SEGMENTS`."""


@dataclass(slots=True)
class Maker:
    """Makes the parts of one session, and tells `notes` of those that cannot be."""

    notes: Notes
    n_parts: int = 0

    def count(self, n_parts: int) -> None:
        """Parts that come to those that were made.

        Raises:
            TooManySegments: now there are too many.
        """
        self.n_parts += n_parts
        self.refuse_bomb(self.n_parts)

    def refuse_bomb(self, n_parts: int) -> None:
        """Gives up on a routine of too many parts, as soon as that is known.

        Raises:
            TooManySegments: so many are too many.
        """
        if n_parts > MAX_SEGMENTS:
            raise TooManySegments

    def part(
        self, step: script.Step, scope: Scope, kind: SegmentKind, length_ms: int | None
    ) -> Part:
        """A part with all that its scope gives it; counted, so that no bomb is laid out."""
        self.count(1)
        return Part(
            kind=kind,
            length_ms=length_ms,
            coaching=scope.coaching,
            line=scope.line or step.line,
            included=f"{scope.file}, line {step.line}" if scope.file else "",
            path=step.path,
            block=scope.block,
            loops=scope.loops,
            slot=scope.slot,
        )

    def gap(
        self, step: script.Step, scope: Scope, kind: Literal["prepare", "switch"], length_ms: int
    ) -> Part:
        """A gap without words of its own."""
        return replace(self.part(step, scope, kind, length_ms), elastic=scope.elastic(length_ms))

    def rest(
        self,
        step: script.Step,
        scope: Scope,
        length_ms: int,
        label: str | None,
        say: Phrase | None = None,
    ) -> list[Part]:
        """A rest, or none where it lasts no time."""
        if length_ms == 0:
            if say is not None:
                self.notes.fault(
                    f"{step.path}.say", "words need time, and this rest has none (rest: 0)"
                )
            return []
        named = label is not None
        rest = self.part(step, scope, "rest", length_ms)
        span = scope.elastic_rest(getattr(step, "rest_range", None), length_ms)
        if say is not None and span is not None:
            span = (max(span[0], length_ms), max(span[1], length_ms))  # words keep their room
        return [replace(rest, label=label, named=named, say=say, elastic=span)]
