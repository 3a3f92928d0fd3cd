"""Line charts over years, drawn as SVG: nothing is asked of a browser but to show it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

WIDTH, HEIGHT = 640, 250
LEFT, RIGHT, TOP, BOTTOM = 56, 16, 12, 30
_TICKS = 5
_DOTS = (
    Markup('<circle cx="{x}" cy="{y}" r="4"/>'),
    Markup('<rect x="{left}" y="{top}" width="8" height="8"/>'),
    Markup('<path d="M{x} {top}l5 8h-10z"/>'),
)
"""A sign for each line, for those who do not tell its colour."""


@dataclass(frozen=True, slots=True)
class Line:
    """A value a year of the chart, None where there is none: the line has a gap there. `close` are the
    years whose value is only close to the others: drawn hollow."""

    label: str
    values: tuple[int | None, ...]
    close: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Chart:
    title: str
    years: tuple[int, ...]
    lines: tuple[Line, ...]

    def svg(self) -> Markup:
        """`lines` are told apart by their order; the words beside it are the legend's."""
        ticks = nice_ticks(max((value for line in self.lines for value in line.values if value), default=0))
        head = Markup('<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}">')
        parts = [
            *_grid(ticks),
            *_years(self.years),
            *(
                piece
                for number, line in enumerate(self.lines)
                for piece in _line(line, number, self.years, ticks[-1])
            ),
        ]
        return head.format(WIDTH, HEIGHT, self.title) + Markup("").join(parts) + Markup("</svg>")


def nice_ticks(most: int) -> tuple[int, ...]:
    """From 0 to at least `most` in steps of 1, 2 or 5 times a power of ten."""
    step = 1
    while step * _TICKS < most:
        step = step * 5 // 2 if str(step).startswith("2") else step * 2
    return tuple(range(0, max(1, -(-most // step)) * step + 1, step))


def _grid(ticks: Sequence[int]) -> Iterator[Markup]:
    line = Markup('<path class="grid" d="M{} {}H{}"/><text class="tick" x="{}" y="{}">{}</text>')
    for tick in ticks:
        y = _y(tick, ticks[-1])
        yield line.format(LEFT, y, WIDTH - RIGHT, LEFT - 6, y + 4, f"{tick:,}")


def _years(years: Sequence[int]) -> Iterator[Markup]:
    text = Markup('<text class="year" x="{}" y="{}">{}</text>')
    every = -(-len(years) // 10)
    for at, year in enumerate(years):
        if at % every == 0 or at == len(years) - 1:
            yield text.format(_x(at, len(years)), HEIGHT - 10, year)


def _line(line: Line, number: int, years: Sequence[int], top: int) -> Iterator[Markup]:
    places = [
        None if value is None else (_x(at, len(years)), _y(value, top))
        for at, value in enumerate(line.values)
    ]
    yield Markup('<g class="line line-{}">').format(number + 1)
    yield Markup('<path d="{}"/>').format("".join(_steps(places)))
    dot = _DOTS[number % len(_DOTS)]
    for place, value, year in zip(places, line.values, years, strict=True):
        if place:
            x, y = place
            shape = dot.format(x=x, y=y, left=x - 4, top=y - 4)
            hollow = Markup(' class="close"') if year in line.close else Markup("")
            told = Markup("<g{}><title>{}, {}: {}</title>{}</g>")
            yield told.format(hollow, line.label, year, f"{value:,}", shape)
    yield Markup("</g>")


def _steps(places: Sequence[tuple[int, int] | None]) -> Iterator[str]:
    before = None
    for place in places:
        if place:
            yield f"{'L' if before else 'M'}{place[0]} {place[1]}"
        before = place


def _x(at: int, years: int) -> int:
    span = WIDTH - LEFT - RIGHT
    return LEFT + (span // 2 if years == 1 else round(span * at / (years - 1)))


def _y(value: int, top: int) -> int:
    return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / top)
