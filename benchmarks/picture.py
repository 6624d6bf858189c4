"""Pictures of what was measured: shares of cases by milliseconds, as SVG without any library."""

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

WIDTH, HEIGHT, LEFT, BOTTOM = 720, 360, 50, 40
COLOURS = ("#0b6bcb", "#c2410c", "#15803d", "#7c3aed", "#b91c1c")


def shares(title: str, curves: Mapping[str, Sequence[float]], limit: float, unit: str = "ms") -> str:
    """Each curve: which share of its cases took at most so long."""
    parts = [_head(title), _axes(limit, unit)]
    for number, (name, values) in enumerate(curves.items()):
        colour = COLOURS[number % len(COLOURS)]
        ordered = sorted(values)
        points = [(_x(min(value, limit), limit), _y((at + 1) / len(ordered))) for at, value in enumerate(ordered)]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in [(_x(0, limit), _y(0)), *points])
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts.append(_label(LEFT + 20, 50 + 18 * number, name, colour))
    return "\n".join([*parts, "</svg>\n"])


def lines(title: str, curves: Mapping[str, Sequence[tuple[float, float]]], across: str, up: str) -> str:
    """Each curve through its points (across, up)."""
    right = max((x for points in curves.values() for x, _ in points), default=1.0)
    top = max((y for points in curves.values() for _, y in points), default=1.0) * 1.1
    parts = [_head(title), _axes(right, across, top, up)]
    for number, (name, points) in enumerate(curves.items()):
        colour = COLOURS[number % len(COLOURS)]
        path = " ".join(f"{_x(x, right):.1f},{_y(y / top):.1f}" for x, y in points)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts.append(_label(LEFT + 20, 50 + 18 * number, name, colour))
    return "\n".join([*parts, "</svg>\n"])


def keep(path: Path, svg: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(svg, encoding="utf-8")


def _x(value: float, limit: float) -> float:
    return LEFT + (WIDTH - LEFT - 20) * value / limit


def _y(share: float) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - 30) * share


def _head(title: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        'font-family="sans-serif" font-size="12">\n'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>\n{_label(LEFT, 20, title, "#111")}'
    )


def _axes(limit: float, across: str, top: float = 100.0, up: str = "%") -> str:
    parts = [f'<path d="M{LEFT} 30V{HEIGHT - BOTTOM}H{WIDTH - 20}" fill="none" stroke="#666"/>']
    for tenth in range(0, 11, 2):
        value, y = limit * tenth / 10, _y(tenth / 10)
        parts.append(_label(_x(value, limit) - 10, HEIGHT - BOTTOM + 16, f"{value:g}", "#666"))
        parts.append(_label(8, y + 4, f"{top * tenth / 10:.3g}", "#666"))
    parts.append(_label(WIDTH - 60, HEIGHT - 8, across, "#666"))
    parts.append(_label(8, 26, up, "#666"))
    return "\n".join(parts)


def _label(x: float, y: float, text: str, colour: str) -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" fill="{colour}">{escape(text)}</text>'
