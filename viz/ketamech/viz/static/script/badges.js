/* The counts on the arrows: for above the line, against and null below it, where no box or other count stands. */

const GLYPHS = { for: "✓", against: "✗", none: "∅" };
const BADGE_FONT = `14px ${FONT}`;
const ruler = document.createElement("canvas").getContext("2d");

function widthOf(text, font) {
  ruler.font = font;
  return ruler.measureText(text).width;
}

function linesOf(edge, its, narrow) {
  const of = (kept, all) => (kept === all ? `${all}` : `${kept}/${all}`);
  const above = `${GLYPHS.for}${of(its.supports, edge.supporting)}`;
  const below = [];
  if (edge.refuting) below.push(`${GLYPHS.against}${of(its.refutes, edge.refuting)}`);
  if (edge.noEffect) below.push(`${GLYPHS.none}${of(its.noEffect, edge.noEffect)}`);
  return { above, below: narrow || below.join(" ").length > 7 ? below : [below.join(" ")].filter(Boolean) };
}

function curveAt([a, b, c, d], t) {
  const u = 1 - t;
  return [0, 1].map((k) => u * u * u * a[k] + 3 * u * u * t * b[k] + 3 * u * t * t * c[k] + t * t * t * d[k]);
}

/* Flat and middle places first. */
function spotsOn(arrow) {
  const { points } = arrow;
  const [tail, tip] = [points[0], points.at(-1)];
  if (!arrow.backward && points.length === 3 && Math.abs(tail[1] - tip[1]) < 8) return [[(tail[0] + tip[0]) / 2, (tail[1] + tip[1]) / 2]];
  const curves = curvesOf(arrow);
  const pieces = curves.length > 1 ? curves.slice(0, -1) : curves;
  const slope = ([a, , , d]) => Math.abs((a[1] - d[1]) / (a[0] - d[0] || 1));
  const sorted = [...pieces].sort((p, q) => slope(p) - slope(q));
  const on = [0.5, 0.35, 0.65, 0.2, 0.8, 0.1, 0.9].flatMap((t) => sorted.map((piece) => curveAt(piece, t)));
  return [...on, ...on.flatMap(([x, y]) => [[x - 20, y], [x + 20, y]])];
}

function badgesOf(scene) {
  const taken = scene.boxes.map((b) => ({ left: b.x - b.wide / 2, right: b.x + b.wide / 2, top: b.y - b.high / 2, bottom: b.y + b.high / 2 }));
  const shared = (r, t) => Math.max(0, Math.min(r.right, t.right) - Math.max(r.left, t.left)) * Math.max(0, Math.min(r.bottom, t.bottom) - Math.max(r.top, t.top));
  const hidden = (r) => taken.reduce((sum, t) => sum + shared(r, t), 0);
  const made = [];
  const order = scene.arrows.filter((a) => !a.quiet).sort((a, b) => b.disputed - a.disputed);
  for (const arrow of order) {
    const { above, below } = linesOf(edgeById.get(arrow.id), arrow.its, scene.column < data.column);
    const half = most([above, ...below].map((line) => widthOf(line, BADGE_FONT))) / 2 + 1;
    const rectAt = ([x, y]) => ({ left: x - half, right: x + half, top: y - 22, bottom: y + (below.length ? 8 + 15 * below.length : -5) });
    const spots = spotsOn(arrow);
    /* An agreed count that finds no room is left to the panel; a disputed one is never left out. */
    const free = spots.find((s) => hidden(rectAt(s)) === 0);
    const spot = free || (arrow.disputed ? spots.reduce((a, b) => (hidden(rectAt(b)) < hidden(rectAt(a)) ? b : a)) : null);
    if (!spot) continue;
    taken.push(rectAt(spot));
    made.push({ id: arrow.id, x: spot[0], y: spot[1], lines: [above, ...below], disputed: arrow.disputed, crowded: !free, ...rectAt(spot) });
  }
  return made;
}
