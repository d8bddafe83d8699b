"""What the tests in the browser share: where Chromium is, and what is measured in an open page."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from itertools import combinations
from typing import Any

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")
REQUIRED = os.environ.get("KETAMECH_REQUIRE_BROWSER") == "1"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
READY = "() => window.ketamech && window.ketamech.nodes.length > 0"
Open = Callable[..., Any]

# Every text with less than 11 px or less contrast to its ground than 4.5.
CONTRAST = """() => {
  const part = (v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  const lum = (c) => { const [r, g, b] = c.map((v) => part(v / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const rgb = (t) => t.match(/[\\d.]+/g).map(Number);
  const ground = (e) => {
    for (; e; e = e.parentElement) {
      const c = rgb(getComputedStyle(e).backgroundColor);
      if (c.length < 4 || c[3] > 0) return c;
    }
    return [255, 255, 255];
  };
  const bad = [];
  for (const e of document.querySelectorAll("body *")) {
    if (!e.checkVisibility() || ![...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim())) continue;
    const style = getComputedStyle(e), a = lum(rgb(style.color).slice(0, 3)), b = lum(ground(e).slice(0, 3));
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const size = parseFloat(style.fontSize);
    if (ratio < 4.5 || size < 11) bad.push([e.tagName, e.className, ratio.toFixed(2), size]);
  }
  return bad;
}"""
BOXES = """() => { const { network, nodes } = window.ketamech;
  return nodes.get().map((n) => ({ id: n.id, ...network.getBoundingBox(n.id) })); }"""
# Boxes as they are drawn (the library adds the radius of their corners on each side) and the counts on the arrows.
LABELS = """() => { const { network, scene } = window.ketamech, its = scene();
  const drawn = (id) => { const r = network.getBoundingBox(id);
    return { id, left: r.left + 5, right: r.right - 5, top: r.top + 5, bottom: r.bottom - 5 }; };
  const counts = its.badges.map(({ id, left, right, top, bottom }) => ({ id, left, right, top, bottom }));
  return [...its.boxes.map((b) => drawn(b.id)), ...counts]; }"""
# Whether each arrow of the drawing leads to a box further right.
ARROWS = """() => { const { network, scene } = window.ketamech, at = network.getPositions();
  return scene().arrows.map((a) => at[a.from].x < at[a.to].x); }"""
# Contrast of every text on the canvas to what it is drawn on, for both colour schemes.
INKS = """() => { const { palette, hues } = window.ketamech.data;
  const part = (v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  const lum = (h) => { const [r, g, b] = [1, 3, 5].map((i) => part(parseInt(h.slice(i, i + 2), 16) / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const ratio = (x, y) => { const [a, b] = [lum(x), lum(y)].sort((p, q) => q - p); return (a + 0.05) / (b + 0.05); };
  const found = [];
  for (const scheme of ["light", "dark"]) {
    const { card, band, soft, good, bad } = hues[scheme];
    for (const ink of [soft, good, bad]) for (const ground of [card, band]) found.push(ratio(ink, ground));
    for (const tones of Object.values(palette)) found.push(ratio(tones[scheme].ink, tones[scheme].fill));
  }
  return Math.min(...found); }"""
SCALE = "() => window.ketamech.network.getScale()"


def overlapping(rectangles: list[Any]) -> list[tuple[str, str]]:
    """Name the pairs of rectangles that share more than their border."""
    return [
        (a["id"], b["id"])
        for a, b in combinations(rectangles, 2)
        if a["left"] < b["right"] and b["left"] < a["right"] and a["top"] < b["bottom"] and b["top"] < a["bottom"]
    ]


def slide(tab: Any, slider: str, hour: float | None) -> None:
    """Move a time slider to an hour (None: beyond the last) and let the page follow."""
    tab.evaluate(
        """([id, hour]) => { const slider = document.getElementById(id), { stops } = window.ketamech.data;
        slider.value = hour === null ? stops.length : stops.indexOf(hour);
        slider.dispatchEvent(new Event("input", { bubbles: true })); }""",
        [slider, hour],
    )


def drawn(tab: Any) -> set[str]:
    """Give the boxes of the drawing."""
    return set(tab.evaluate("() => window.ketamech.nodes.getIds()"))
