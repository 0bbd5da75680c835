"""What the coach says ahead of each part, before anybody knows how long it takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, takewhile

from voiceguide.coach.again import Again, Move
from voiceguide.coach.gaps import Rank
from voiceguide.coach.words import Line, Words
from voiceguide.model.session import Part

MIN_TOLD_REST_MS = 15_000
"""A shorter rest is told by its tone alone."""
MIN_MIRRORED_SWITCH_MS = 8_000
"""A change of sides this long has room for the set-up of the other side."""


Ranked = tuple[Line, Rank]


@dataclass(slots=True)
class _Told:
    """What has been said so far in the session."""

    equipment: bool
    again: Again
    moves: dict[tuple[str, int | None], str] = field(default_factory=dict)
    """(exercise, level) -> path of the step in which its set-up was told last."""
    safety: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Ahead:
    """The lines for each part of a session, in speaking order."""

    words: Words
    unheard: frozenset[Move] = frozenset()
    """Exercises whose amount found no room in an earlier draft."""
    chains: dict[int, tuple[Ranked, ...]] = field(default_factory=dict)
    """Part index of what is announced -> what is said before it."""
    inside: dict[int, tuple[Ranked, ...]] = field(default_factory=dict)
    """Part index of a gap -> what is said at its beginning."""
    untold: list[Line] = field(default_factory=list)
    """Blocks that hold neither work nor a gap: nobody can be told of them."""

    def __post_init__(self) -> None:
        told = _Told(equipment=self._equipment_is_told(), again=Again(self.unheard))
        blocks: list[Line] = []
        new_round = False
        for index, part in enumerate(self.words.parts):
            new_round = new_round or part.round_begins
            if part.is_safety_talk and part.safety is not None:
                told.safety.add(part.safety)
            if lines := tuple(self._of_rest(index, part, told.again)):
                self.inside[index] = (*self.inside.get(index, ()), *lines)
            if (begun := self.words.block(index)) is not None:
                blocks += self._before_work(index, begun)
            if part.named:
                around = self._around(index, part, blocks, new_round=new_round)
                self.chains[index] = (*around, *self._about(index, part, told))
                blocks, new_round = [], False

    def _before_work(self, index: int, block: Line) -> Iterator[Line]:
        """The block, to be told before its first work; without any it is told in its first gap."""
        begins = self.words.parts[index].block_begins[0]
        inside = list(takewhile(begins.holds, islice(self.words.parts, index, None)))
        gaps = (
            place
            for place, part in enumerate(inside, index)
            if part.coaching.talk != "beeps" and (part.kind != "talk" or part.within)
        )
        if any(part.named for part in inside):
            yield block
        elif (gap := next(gaps, None)) is None:
            self.untold.append(block)
        else:
            line = Line(block.role, block.forms, gap)
            self.inside[gap] = ((line, Rank.BLOCK), *self.inside.get(gap, ()))

    def _around(
        self, index: int, part: Part, blocks: Sequence[Line], *, new_round: bool
    ) -> Iterator[Ranked]:
        """Where in the session the listener is."""
        if part.coaching.talk == "beeps":
            self.untold += blocks
        else:
            for block in blocks:
                yield Line(block.role, block.forms, index), Rank.BLOCK
        if new_round and self._is_told(index) and (line := self.words.round(index)) is not None:
            yield line, Rank.ROUND

    def _about(self, index: int, part: Part, told: _Told) -> Iterator[Ranked]:
        """What comes next: its name, how it is done, what to heed, what it needs, how much."""
        if part.coaching.talk != "beeps":
            yield self.words.name(index), Rank.NAME
            yield from self._setup(index, part, told.moves)
        yield from self._safety(index, part, told.safety)
        if not self._is_told(index):
            return
        if part.kind == "work" and not told.equipment:
            told.equipment = True
            if (line := self.words.equipment(index)) is not None:
                yield line, Rank.EQUIPMENT
        if (line := self.words.amount(index, known=told.again.knows_amount(part))) is not None:
            yield line, Rank.AMOUNT

    def _is_told(self, index: int) -> bool:
        """Whether the coach says more than names here."""
        return self.words.parts[index].coaching.talk in {"full", "short"}

    def _equipment_is_told(self) -> bool:
        """Whether the script itself tells the equipment before the first work."""
        before = takewhile(lambda part: part.kind != "work", self.words.parts)
        return any(part.say is not None and "{equipment}" in part.say.text for part in before)

    def _of_rest(self, index: int, part: Part, again: Again) -> Iterator[Ranked]:
        """That there is a rest, where that is news, it is long enough and has no own words."""
        plain = part.kind == "rest" and not part.named and part.say is None
        long_enough = self._is_told(index) and (part.length_ms or 0) >= MIN_TOLD_REST_MS
        if plain and long_enough and not again.knows_rest(part):
            yield self.words.rest(index), Rank.REST

    def _safety(self, index: int, part: Part, told: set[str]) -> Iterator[Ranked]:
        """The safety line of a move, once a session."""
        if part.safety is not None and part.safety not in told:
            told.add(part.safety)
            yield self.words.text("safety", index, part.safety), Rank.SAFETY

    def _setup(
        self, index: int, part: Part, told: dict[tuple[str, int | None], str]
    ) -> list[Ranked]:
        """The script's own words for the set-up, else the library's: in full once, then short."""
        if part.say is not None and part.kind == "work":
            return [(self.words.own(index, part.say), Rank.OWN)]
        if part.exercise is None or not self._is_told(index):
            return []
        move = (part.exercise, part.level)
        mirrored = part.second_side and self._mirrors(index, part)
        known_from = told.get(move)
        if not (part.first_set and known_from != part.path) and not mirrored:
            return []
        told[move] = part.path
        line = self.words.setup(index, again=mirrored or known_from is not None)
        return [(line, Rank.SETUP)] if line else []

    def _mirrors(self, index: int, part: Part) -> bool:
        before = self.words.parts[index - 1]
        roomy = before.kind == "switch" and (before.length_ms or 0) >= MIN_MIRRORED_SWITCH_MS
        return roomy and part.set == 1 and "side}" in (part.setup_short or "")
