"""One try at a session: moves in an order of preference drawn at random, in the time there is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from voiceguide.compose.choice import Choice, Pool, Zone
from voiceguide.compose.order import Order
from voiceguide.compose.session import Block, BlockName, Slot
from voiceguide.compose.times import Times, cool_down_ms, n_moves, warm_up_ms
from voiceguide.compose.wishes import Wishes
from voiceguide.model.exercise import Area

MIN_MOVES = 2
_TALK_MS = 60_000
"""More than what is said before and after."""
_SHARE = 1.4
"""How much more than its share of the time a move may take, so that long ones come too."""
_WHOLE_BODY: tuple[Area, ...] = ("legs", "upper body", "core", "glutes")
"""What a session without an area is for before anything else."""


@dataclass(frozen=True, slots=True)
class Draw:
    """One try."""

    wishes: Wishes
    pool: Pool
    times: Times
    zones: Sequence[Zone]
    sets: int
    drawn: Mapping[str, float]
    """Id of a move -> the order in which moves that are as good as each other are taken."""
    choosy: bool
    """Whether some moves are better than others, or any will do."""

    @property
    def by_area(self) -> bool:
        """Whether two moves for the same area may not be neighbours."""
        return len(self.wishes.areas) != 1

    def may_fill(self) -> bool:
        """Whether there is enough to do, whatever is drawn."""
        work = [choice for choice in self.pool.work if choice.zone in {*self.zones, None}]
        most_ms = sum(
            self._most_ms([c for c in work if c.zone == zone]) for zone in (*self.zones, None)
        )
        first = any(choice.zone in {self.zones[0], None} for choice in work)
        if len(work) < MIN_MOVES or not (first or self.wishes.position == "any"):
            return False
        around_ms = warm_up_ms(self.wishes.length_ms) + cool_down_ms(self.wishes.length_ms).stop
        return most_ms + around_ms + _TALK_MS >= self.wishes.length_ms

    def _most_ms(self, choices: Sequence[Choice]) -> int:
        """The longest that moves in one place can last: areas stand between each other."""
        n_most = max(Counter(choice.area for choice in choices).values(), default=0)
        n_apart = 2 * (len(choices) - n_most) + 1 if self.by_area else len(choices)
        lengths_ms = sorted(
            (self.slot(choice, self.sets).length_ms for choice in choices), reverse=True
        )
        return sum(lengths_ms[:n_apart])

    def work(self, least_ms: int, most_ms: int, used: Collection[str]) -> tuple[Slot, ...] | None:
        """Moves in order that last as long as that; None where there are none."""
        practised = self.pool.practice is not None and self.pool.practice.id in used
        options = [
            choice
            for choice in self.pool.work
            if choice.id not in used
            and choice.zone in {*self.zones, None}
            and (practised or not choice.loads_the_back)
        ]
        taken: list[Slot] = []
        while _sum(taken) < least_ms:
            slot = self._next(options, taken, most_ms - _sum(taken))
            if slot is None:
                return None
            taken.append(slot)
            options.remove(slot.choice)
        if len(taken) < MIN_MOVES:
            return None
        of = {slot.choice.id: slot for slot in taken}
        order = Order(self.zones, by_area=self.by_area)
        placed = order.of([slot.choice for slot in taken])
        if placed is None or not self._begins_as_wished(placed):
            return None
        return tuple(of[choice.id] for choice in placed)

    def slot(self, choice: Choice, sets: int = 1) -> Slot:
        """A move with its times, in at most one set more than the library has."""
        most = choice.move.sets + (sets > 3)  # noqa: PLR2004 - where there is much time
        return self.times.slot(choice, min(sets, most))

    def _next(self, options: Sequence[Choice], taken: Sequence[Slot], room_ms: int) -> Slot | None:
        """The move that is taken next, in as many sets as leave room for the moves after it."""
        may = self._keeps_areas_apart([slot.choice for slot in taken])
        due = n_moves(self.wishes.length_ms) - len(taken)
        share_ms = room_ms if due <= 1 else round(_SHARE * room_ms / due)
        for most_ms in (share_ms, room_ms):
            slots = (self._fitting(choice, most_ms) for choice in options if may(choice))
            fitting = [slot for slot in slots if slot is not None]
            if fitting:
                return min(fitting, key=self._preference([slot.choice for slot in taken]))
        return None

    def _keeps_areas_apart(self, taken: Sequence[Choice]) -> Callable[[Choice], bool]:
        """Whether a move leaves enough moves for other areas in its place to stand between."""
        places = Counter(choice.zone for choice in taken)
        areas = Counter((choice.zone, choice.area) for choice in taken)

        def may(choice: Choice) -> bool:
            same = areas[choice.zone, choice.area]
            return not self.by_area or same <= places[choice.zone] - same

        return may

    def _fitting(self, choice: Choice, most_ms: int) -> Slot | None:
        """A move in as many sets as a length allows; None where it allows none."""
        slots = (self.slot(choice, sets) for sets in range(self.sets, 0, -1))
        return next((slot for slot in slots if slot.length_ms <= most_ms), None)

    def _preference(self, taken: Sequence[Choice]) -> Callable[[Slot], tuple[float, ...]]:
        """What makes a move a worse one to take after others, the weightiest first."""
        both = self.wishes.position in {"floor-first", "standing-first"}
        areas = Counter(choice.area for choice in taken)
        zones = Counter(choice.zone for choice in taken)
        used = {thing for choice in taken for thing in choice.needs}
        apart = {move_id for choice in taken for move_id in choice.move.not_with}

        def cost(slot: Slot) -> tuple[float, ...]:
            choice = slot.choice
            return (
                areas[choice.area],
                not self.wishes.areas and choice.area not in _WHOLE_BODY,
                both and zones[choice.zone],
                both and not taken and choice.zone != self.zones[0],
                *(liking(choice) if self.choosy else ()),
                self.drawn[choice.id],
            )

        def liking(choice: Choice) -> tuple[float, ...]:
            return (
                choice.id in apart,
                choice.id in self.wishes.others_than,
                not {*choice.needs} - used,
                choice.is_aside,
                choice.effort < self.wishes.level - 1,
                choice.move.parts != ("work",),
            )

        return cost

    def _begins_as_wished(self, placed: Sequence[Choice]) -> bool:
        zone = next((choice.zone for choice in placed if choice.zone), None)
        return self.wishes.position == "any" or zone in {self.zones[0], None}


def blocks(work: Sequence[Slot]) -> Iterator[Block]:
    """The work, a block for each place; it is named by it where one block is all of one kind."""
    zone: Zone | None = None
    zones = []
    for slot in work:
        zone = slot.choice.zone or zone
        zones.append(zone)
    for place, slots in groupby(zip(zones, work, strict=True), key=lambda pair: pair[0]):
        found = tuple(slot for _, slot in slots)
        yield Block(_name(place, found), found)


def _name(zone: Zone | None, slots: Iterable[Slot]) -> BlockName:
    positions = {slot.choice.move.position for slot in slots if not slot.choice.is_free}
    if zone == "floor":
        return "floor"
    return "standing" if positions == {"standing"} else "work"


def _sum(slots: Iterable[Slot]) -> int:
    return sum(slot.length_ms for slot in slots)
