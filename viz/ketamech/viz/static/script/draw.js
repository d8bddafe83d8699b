/* The scene on the canvas, by vis-network: boxes are its nodes, arrows are chains of its edges. */

const nodes = new vis.DataSet();
const edges = new vis.DataSet();
const network = new vis.Network(canvas, { nodes, edges }, {
  autoResize: false,
  physics: false,
  layout: { improvedLayout: false },
  interaction: { dragNodes: false, dragView: false, zoomView: false, hover: true, keyboard: false, selectConnectedEdges: false },
});
const stepOf = (id) => id.split("~")[0];
/* Beyond this height a canvas is too large for the browser: the drawing is dragged instead of scrolled. */
const TALL = 6000;
let scene = null, spread = data.column, bounds = null, tall = false;
const badges = [];
const HEAD_FONT = `600 14px ${FONT}`;

function visBox(box) {
  const colours = { background: box.fill, border: box.border }, chosen = { ...colours, border: hue("link") };
  return {
    id: box.id, x: box.x, y: box.y, label: box.lines.join("\n"), shape: "box", margin: { top: 8, bottom: 8, left: 3, right: 3 },
    shapeProperties: { borderRadius: 5, borderDashes: box.later === null ? false : [4, 3] },
    widthConstraint: { minimum: data.box - 6, maximum: data.box - 6 },
    color: { ...colours, highlight: chosen, hover: chosen },
    font: { color: box.ink, size: 14, face: FONT }, borderWidth: box.quiet ? 1 : 1.5, borderWidthSelected: 3.5,
  };
}

function visArrow(arrow, plain) {
  const joints = plain ? [] : arrow.points.map(([x, y], i) => ({
    id: `\u0000${arrow.id}~${i}`, x, y, shape: "dot", size: 0.1, borderWidth: 0, opacity: 0, chosen: false,
  }));
  const stops = plain ? [arrow.from, arrow.to] : joints.map((j) => j.id);
  const curve = { enabled: true, type: "cubicBezier", forceDirection: "horizontal", roundness: 0.5 };
  const parts = stops.slice(1).map((to, i) => {
    const last = i === stops.length - 2;
    return {
      id: last ? arrow.id : `${arrow.id}~${i}`, from: stops[i], to, width: arrow.width,
      smooth: last || arrow.backward ? false : curve,
      arrows: { to: { enabled: last, type: { plus: "arrow", minus: "bar", open: "circle" }[arrow.sign], scaleFactor: 0.75 } },
      arrowStrikethrough: arrow.sign === "minus",
      dashes: (last && !plain) || !arrow.dashes ? false : arrow.dashes,
      color: { color: arrow.hue, highlight: arrow.hue, hover: arrow.hue, inherit: false },
      background: { enabled: arrow.disputed, color: hue("halo"), size: arrow.width + 7, dashes: false },
      selectionWidth: 2, hoverWidth: 1,
    };
  });
  return { joints, parts };
}

/* Columns come closer only where their heads and the counts on the arrows still lie apart. */
function crowded({ column, heads, badges: counts }) {
  const wide = ({ stages }) => most(stages.map((name) => widthOf(name, HEAD_FONT) + 16));
  return counts.some((b) => b.crowded) || heads.some((h, i) => i > 0 && (wide(h) + wide(heads[i - 1])) / 2 + 6 > column);
}

function refill() {
  spread = columnNow();
  scene = sceneOf(scheme(), spread);
  if (spread < data.column && crowded(scene)) scene = sceneOf(scheme());
  bounds = edgesOf(scene);
  const arrows = scene.arrows.map((a) => visArrow(a, scene.plain));
  edges.clear();
  nodes.clear();
  nodes.add([...scene.boxes.map(visBox), ...arrows.flatMap((a) => a.joints)]);
  edges.add(arrows.flatMap((a) => a.parts));
  badges.splice(0, badges.length, ...scene.badges);
  listBoxes(scene);
}

function frame() {
  const wide = bounds.right - bounds.left, high = bounds.bottom - bounds.top;
  const room = stage.clientWidth;
  const fit = Math.max(LEAST, Math.min(room / wide, 1));
  const scale = state.zoom ? Math.min(Math.max(state.zoom, LEAST), MOST) : fit;
  tall = high * scale > TALL || wide * scale > TALL;
  network.setOptions({ interaction: { dragView: tall, hideEdgesOnDrag: tall } });
  canvas.style.width = tall ? `${room}px` : `${Math.max(room, Math.ceil(wide * scale))}px`;
  canvas.style.height = tall ? "600px" : `${Math.ceil(high * scale)}px`;
  network.setSize("100%", "100%");
  const middle = { x: (bounds.left + bounds.right) / 2, y: (bounds.top + bounds.bottom) / 2 };
  const start = tall && scene.boxes[0] ? { x: bounds.left + room / scale / 2, y: scene.boxes[0].y } : middle;
  network.moveTo({ position: start, scale, animation: false });
  network.redraw();
  at("more").hidden = !tall && stage.scrollWidth <= stage.clientWidth + 1;
  at("more").textContent = tall ? "larger than the window: drag it" : "wider than the window: scroll sideways";
}

/* In a window of another width other distances of columns may fit; what was chosen stays chosen. */
function refit() {
  if (columnNow() !== spread) {
    const chosen = network.getSelection();
    refill();
    network.setSelection(chosen, { highlightEdges: false });
  }
  frame();
}

/* The heads stand at the top of what is seen: a drawing that is dragged takes its bands along, not their names. */
function paintHeads(pen, { from, to, named }) {
  const { left, right } = bounds, half = scene.column / 2;
  pen.save();
  pen.font = HEAD_FONT;
  pen.textBaseline = "middle";
  scene.heads.forEach((head, i) => {
    pen.fillStyle = hue(i % 2 ? "card" : "band");
    pen.fillRect(Math.max(head.x - half, left), from, Math.min(head.x + half, right) - Math.max(head.x - half, left), to - from);
    if (named) head.stages.forEach((name, line) => {
      const y = from + 18 + line * HEAD, start = head.x - (pen.measureText(name).width + 16) / 2;
      pen.beginPath();
      pen.arc(start + 5, y, 5, 0, 2 * Math.PI);
      pen.fillStyle = tone(name).fill;
      pen.fill();
      pen.strokeStyle = tone(name).border;
      pen.lineWidth = 1.5;
      pen.stroke();
      pen.fillStyle = hue("soft");
      pen.fillText(name, start + 16, y);
    });
  });
  pen.restore();
}

network.on("beforeDrawing", (pen) => {
  if (scene) paintHeads(pen, { from: bounds.top, to: bounds.bottom, named: !tall });
});

network.on("afterDrawing", (pen) => {
  if (tall) {
    const from = Math.max(bounds.top, network.DOMtoCanvas({ x: 0, y: 0 }).y);
    paintHeads(pen, { from, to: from + 16 + HEAD * most(scene.heads.map((h) => h.stages.length)), named: true });
  }
  pen.save();
  pen.font = BADGE_FONT;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.lineJoin = "round";
  pen.lineWidth = 4;
  pen.strokeStyle = hue("card");
  for (const badge of badges) {
    badge.lines.forEach((text, i) => {
      const y = badge.y + (i ? 15 * i : -14);
      pen.fillStyle = hue(i ? "bad" : "good");
      pen.strokeText(text, badge.x, y);
      pen.fillText(text, badge.x, y);
    });
  }
  pen.restore();
});

/* Begin where the paths begin: at the left, at the height of the source. */
function settle() {
  const source = answerNow().paths.length ? answerNow().paths[0].nodes[0] : null;
  if (tall || !source || !nodes.get(source)) return;
  stage.scrollTo({ left: 0, top: network.canvasToDOM(network.getPositions([source])[source]).y - stage.clientHeight / 2 });
}

/* Show which box or arrow is open, and bring a box into view. */
function mark(id) {
  network.unselectAll();
  if (!nodes.get(id)) return;
  network.selectNodes([id], false);
  if (tall) {
    network.focus(id, { scale: network.getScale(), animation: false });
    return;
  }
  const spot = network.canvasToDOM(network.getPositions([id])[id]);
  stage.scrollTo({ left: spot.x - stage.clientWidth / 2, top: spot.y - stage.clientHeight / 2 });
}

function markEdge(id) {
  network.unselectAll();
  const parts = edges.getIds().filter((e) => stepOf(e) === id);
  if (parts.length) network.selectEdges(parts);
}
