"""Bars as a small SVG, without a drawing library."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

WIDTH, ROW, LEFT, TOP = 640, 26, 240, 44


def bars(title: str, rows: Sequence[tuple[str, float, bool]]) -> str:
    """One bar for each (name, share 0…1, whether it is ours)."""
    height = TOP + ROW * len(rows) + 12
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="sans-serif">',
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
        f'<text x="12" y="26" font-size="15" fill="#222">{escape(title)}</text>',
    ]
    for number, (name, share, ours) in enumerate(rows):
        y, long = TOP + ROW * number, (WIDTH - LEFT - 70) * share
        colour = "#c0392b" if ours else "#8a97a6"
        lines += [
            f'<text x="{LEFT - 8}" y="{y + 14}" font-size="13" fill="#222" text-anchor="end">{escape(name)}</text>',
            f'<rect x="{LEFT}" y="{y}" width="{long:.1f}" height="18" fill="{colour}"/>',
            f'<text x="{LEFT + long + 6:.1f}" y="{y + 14}" font-size="13" fill="#222">{share:.1%}</text>',
        ]
    return "\n".join([*lines, "</svg>", ""])
