/* What is to be drawn, as plain boxes and arrows in pixels at full size: the canvas and the saved picture share it. */

const STUB = 22;
/* Beyond so many arrows bends and counts cost more than they tell. */
const PLAIN = 300;

/* The gap between columns may shrink to this where that spares the reader to scroll sideways. */
const NARROWEST = 36;

function layoutNow() {
  const answer = answerNow(), path = pathNow();
  if (!path || !only.checked) {
    const base = !only.checked && answer.wide ? answer.wide : answer;
    const edges = [...new Set([...union(answer.paths).edges, ...(base.edges || [])])];
    return { nodes: Object.keys(base.places), edges, places: base.places, bends: base.bends, heads: base.heads, marked: path && union([path]) };
  }
  return {
    ...union([path]),
    places: Object.fromEntries(path.nodes.map((id, i) => [id, [i * data.column, 0]])),
    bends: {},
    heads: path.nodes.map((id, i) => ({ x: i * data.column, stages: [nodeById.get(id).stage] })),
    marked: null,
  };
}

/* The same with columns at another distance; the saved picture has the full one whatever the window. */
function spaced(layout, column) {
  if (column === data.column) return layout;
  const at = ([x, y]) => [(x / data.column) * column, y];
  const each = (all, of) => Object.fromEntries(Object.entries(all).map(([key, value]) => [key, of(value)]));
  return {
    ...layout,
    places: each(layout.places, at),
    bends: each(layout.bends, (points) => points.map(at)),
    heads: layout.heads.map((h) => ({ ...h, x: (h.x / data.column) * column })),
  };
}

/* The widest distance of columns at which all can be seen at once, or the full one where that would be too narrow. */
function columnNow() {
  const { nodes, places } = shownNow(data.column), xs = nodes.map((id) => places[id][0]);
  const steps = Math.max(1, Math.round((most(xs) - least(xs)) / data.column));
  const fitting = Math.floor((stage.clientWidth / LEAST - data.box - 2 * RIM) / steps);
  return fitting < data.box + NARROWEST ? data.column : Math.min(fitting, data.column);
}

function shownNow(column) {
  const shown = spaced(layoutNow(), column);
  const edges = shown.edges.filter(stands);
  const joined = new Set(edges.flatMap((id) => [edgeById.get(id).from, edgeById.get(id).to]));
  const ends = new Set(answerNow().paths.flatMap((p) => [p.nodes[0], p.nodes.at(-1)]));
  return { ...shown, edges, nodes: shown.nodes.filter((id) => joined.has(id) || ends.has(id)) };
}

function sceneOf(of, column = data.column) {
  const shown = shownNow(column), touch = ports(shown), plain = shown.edges.length > PLAIN;
  const scene = { shown, of, column, plain, boxes: shown.nodes.map((id) => boxOf(id, shown, of)), arrows: shown.edges.map((id) => arrowOf(id, shown, touch, of)) };
  scene.heads = headsOf(shown);
  scene.badges = plain ? [] : badgesOf(scene);
  return scene;
}

function boxOf(id, shown, of) {
  const node = nodeById.get(id), later = laterThanNow(id);
  const quiet = later !== null || Boolean(shown.marked && !shown.marked.nodes.includes(id));
  const its = quiet ? { fill: hue("card", of), border: hue("faint", of), ink: hue("soft", of) } : tone(node.stage, of);
  const lines = node.label.split("\n");
  if (later !== null && lines.length < 4) lines.push(`seen ${hoursTold(later)}`);
  const [x, y] = shown.places[id];
  return { id, x, y, lines, ...its, quiet, later, wide: data.box, high: lines.length * 14 + 18 };
}

/* Where arrows touch their boxes: spread along the right and the left side, in the order of where they lead. */
function ports(shown) {
  const made = new Map();
  for (const [side, end, shift] of [["from", 0, 1], ["to", -1, -1]]) {
    const groups = new Map();
    for (const id of shown.edges) {
      const edge = edgeById.get(id), points = shown.bends[id] || [];
      const beyond = points.at(end) || shown.places[side === "from" ? edge.to : edge.from];
      groups.set(edge[side], [...(groups.get(edge[side]) || []), [beyond[1], id]]);
    }
    for (const [box, found] of groups) {
      found.sort((a, b) => a[0] - b[0] || (a[1] < b[1] ? -1 : 1));
      const step = Math.min(12, 36 / found.length), [x, y] = shown.places[box];
      found.forEach(([, id], i) => made.set(`${id} ${side}`, [x + shift * (data.box / 2 + 2), y + (i - (found.length - 1) / 2) * step]));
    }
  }
  return made;
}

function arrowOf(id, shown, touch, of) {
  const edge = edgeById.get(id), its = verdictOf(id);
  const quiet = Boolean(shown.marked && !shown.marked.edges.includes(id)) || laterThanNow(edge.to) !== null;
  const backward = shown.places[edge.from][0] >= shown.places[edge.to][0];
  const [tail, tip] = [touch.get(`${id} from`), touch.get(`${id} to`)];
  /* A short straight piece before the box lets every arrowhead point to the right. */
  const points = backward ? loop(tail, tip, shown) : [tail, ...(shown.bends[id] || []), [tip[0] - STUB, tip[1]], tip];
  return {
    id, points, backward, quiet, sign: edge.sign, its,
    hue: hue(quiet ? "faint" : edge.sign, of),
    width: (edge.derived ? 1.2 : 2.2) - (quiet ? 0.4 : 0),
    disputed: edge.against > 0 && !quiet,
    from: edge.from, to: edge.to,
    dashes: { plus: null, minus: [8, 5], open: [2, 5] }[edge.sign],
  };
}

/* A step against the reading direction leaves to the right, runs back below the boxes, and comes in from the left. */
function loop(tail, tip, shown) {
  const between = shown.nodes.map((id) => shown.places[id]).filter(([x]) => x > tip[0] && x < tail[0]);
  const low = most([...between.map(([, y]) => y), tail[1], tip[1]]) + 40;
  const parts = [0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1];
  const out = parts.map((t) => curveAt([tail, [tail[0] + 56, tail[1]], [tail[0] + 40, low], [tail[0] - 30, low]], t));
  const home = parts.map((t) => curveAt([[tip[0] + 30, low], [tip[0] - 40, low], [tip[0] - 62, tip[1]], [tip[0] - STUB / 2, tip[1]]], t));
  return [...out, ...home, tip];
}

/* The pieces of an arrow as cubic curves: both controls half way along, so that they leave and enter level. */
function curvesOf(arrow) {
  return arrow.points.slice(1).map((b, i) => {
    const a = arrow.points[i], level = !arrow.backward && i < arrow.points.length - 2;
    const middle = (a[0] + b[0]) / 2;
    return level ? [a, [middle, a[1]], [middle, b[1]], b] : [a, a, b, b];
  });
}

function headsOf(shown) {
  const kept = new Map();
  for (const id of shown.nodes) {
    const x = shown.places[id][0];
    kept.set(x, (kept.get(x) || new Set()).add(nodeById.get(id).stage));
  }
  return shown.heads.filter((h) => kept.has(h.x)).map((h) => ({ x: h.x, stages: h.stages.filter((s) => kept.get(h.x).has(s)) }));
}

/* The rectangle around everything, with room for the heads. */
const HEAD = 20, RIM = 8;
function edgesOf(scene) {
  const points = [...scene.boxes.map((b) => [b.x, b.y]), ...scene.arrows.flatMap((a) => (scene.plain ? [] : a.points))];
  if (!points.length) return { left: 0, right: 300, top: 0, bottom: 100 };
  const xs = scene.boxes.map((b) => b.x), ys = points.map(([, y]) => y);
  const half = data.box / 2 + RIM;
  const lines = Math.max(0, ...scene.heads.map((h) => h.stages.length));
  return { left: least(xs) - half, right: most(xs) + half, top: least(ys) - 52 - lines * HEAD, bottom: most(ys) + 50 };
}
/* Not Math.min(...): thousands of arguments overflow the stack. */
const least = (all) => all.reduce((a, b) => Math.min(a, b), Infinity);
const most = (all) => all.reduce((a, b) => Math.max(a, b), -Infinity);
