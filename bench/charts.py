"""Growth as a picture: steps of ten on both axes, so that what grows in step with its size is a straight line."""

import math
from collections.abc import Mapping, Sequence
from html import escape

Points = Sequence[tuple[int, float, float]]
"""By size: ours, and the reference (0 where there is none)."""

WIDTH, HEIGHT = 800, 420
LEFT, RIGHT, TOP, BOTTOM = 80, 250, 40, 50
COLOURS = ("#1b6e53", "#a4461f", "#2f5aa8", "#7a3e8e", "#6b6b00")
STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#222}.axis{stroke:#888}.grid{stroke:#ddd}"
    "polyline{fill:none;stroke-width:2.5}.reference{stroke-dasharray:5 4;stroke-width:1.5}"
)


def decades(numbers: Sequence[float]) -> range:
    """The powers of ten from below the least to above the most."""
    logs = [math.log10(number) for number in numbers]
    least, most = math.floor(min(logs)), math.ceil(max(logs))
    return range(least, max(most, least + 1) + 1)


def scale(number: float, steps: range, start: float, end: float) -> float:
    """Where a number lies between two ends."""
    share = (math.log10(number) - steps[0]) / (steps[-1] - steps[0])
    return round(start + share * (end - start), 1)


def growth_chart(series: Mapping[str, Points]) -> str:
    """An SVG: ours as full lines, references as broken ones; seconds over size."""
    sizes = decades([size for points in series.values() for size, _ours, _reference in points])
    times = decades([time for points in series.values() for _size, *both in points for time in both if time])
    inside = [*axes(sizes, times)]
    for place, (name, points) in enumerate(series.items()):
        inside += lines(points, COLOURS[place % len(COLOURS)], sizes, times)
        inside += legend(name, COLOURS[place % len(COLOURS)], TOP + 22 * place)
    words = "Seconds by size, in steps of ten. Full lines: Folkmoot; broken lines: the reference of each."
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">'
        f'<title>{words}</title><style>{STYLE}</style><rect width="100%" height="100%" fill="#fff"/>'
        + "".join(inside)
        + "</svg>\n"
    )


def axes(sizes: range, times: range) -> list[str]:
    """The frame with its steps of ten."""
    found = []
    for power in sizes:
        x = scale(10.0**power, sizes, LEFT, WIDTH - RIGHT)
        found.append(f'<line class="grid" x1="{x}" x2="{x}" y1="{TOP}" y2="{HEIGHT - BOTTOM}"/>')
        found.append(f'<text x="{x}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">{10**power:,}</text>')
    for power in times:
        y = scale(10.0**power, times, HEIGHT - BOTTOM, TOP)
        found.append(f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y}" y2="{y}"/>')
        found.append(f'<text x="{LEFT - 8}" y="{y + 4}" text-anchor="end">{seconds(power)}</text>')
    return found


def seconds(power: int) -> str:
    """A power of ten of a second, as people say it."""
    for unit, least in (("s", 0), ("ms", -3), ("µs", -6)):
        if power >= least:
            return f"{10 ** (power - least):,} {unit}"
    return f"{10.0**power:g} s"


def lines(points: Points, colour: str, sizes: range, times: range) -> list[str]:
    """Both lines of one figure, with a dot where it was measured."""
    found = []
    for column, name in ((1, ""), (2, ' class="reference"')):
        places = [
            (scale(point[0], sizes, LEFT, WIDTH - RIGHT), scale(point[column], times, HEIGHT - BOTTOM, TOP))
            for point in points
            if point[column]
        ]
        path = " ".join(f"{x},{y}" for x, y in places)
        found.append(f'<polyline{name} stroke="{colour}" points="{path}"/>')
        found += [f'<circle cx="{x}" cy="{y}" r="3" fill="{colour}"/>' for x, y in places]
    return found


def legend(name: str, colour: str, y: int) -> list[str]:
    """The name beside its colour."""
    x = WIDTH - RIGHT + 15
    return [
        f'<line x1="{x}" x2="{x + 18}" y1="{y}" y2="{y}" stroke="{colour}" stroke-width="3"/>',
        f'<text x="{x + 25}" y="{y + 4}">{escape(name)}</text>',
    ]
