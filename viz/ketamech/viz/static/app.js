"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const root = document.documentElement;
  root.classList.add("js");
  const at = (id) => document.getElementById(id);
  const [stage, canvas, panel, find, boxes, alone, say] = ["stage", "canvas", "panel", "find", "boxes", "alone", "say"].map(at);
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const nodeById = new Map(data.nodes.map((n) => [n.id, n]));
  const edgeById = new Map(data.edges.map((e) => [e.id, e]));
  const HINT = panel.firstElementChild.textContent;
  const FONT = "system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif";
  /* Labels are set at 14 px: below this scale they would fall under 11 px, so wide drawings scroll instead. */
  const LEAST = 0.8, MOST = 1.7;
  const state = { answer: 0, path: null, edge: null, zoom: null };
  const STUB = 22;
  const badges = [];
  const nodes = new vis.DataSet();
  const edges = new vis.DataSet();
  const network = new vis.Network(canvas, { nodes, edges }, {
    autoResize: false,
    physics: false,
    layout: { improvedLayout: false },
    interaction: { dragNodes: false, dragView: false, zoomView: false, hover: true, keyboard: false, selectConnectedEdges: false },
  });
  const colour = (name) => getComputedStyle(root).getPropertyValue(name).trim();
  const tone = (name) => data.palette[name][dark.matches ? "dark" : "light"];
  const stepOf = (id) => id.split("~")[0];

  /* ---- what is drawn ---- */

  function union(paths) {
    return { nodes: [...new Set(paths.flatMap((p) => p.nodes))], edges: [...new Set(paths.flatMap((p) => p.edges))] };
  }

  function drawing() {
    const answer = data.answers[state.answer];
    const path = state.path === null ? null : answer.paths[state.path];
    if (!path || !alone.checked) {
      return { ...union(answer.paths), places: answer.places, bends: answer.bends, heads: answer.heads, marked: path && union([path]) };
    }
    return {
      ...union([path]),
      places: Object.fromEntries(path.nodes.map((id, i) => [id, [i * data.column, 0]])),
      bends: {},
      heads: path.nodes.map((id, i) => ({ x: i * data.column, stages: [nodeById.get(id).stage] })),
      marked: null,
    };
  }

  function boxOf(id, shown) {
    const node = nodeById.get(id);
    const quiet = shown.marked && !shown.marked.nodes.includes(id);
    const its = quiet ? { fill: colour("--card"), border: colour("--faint"), ink: colour("--soft") } : tone(node.stage);
    const [x, y] = shown.places[id];
    const colours = { background: its.fill, border: its.border };
    const chosen = { ...colours, border: colour("--link") };
    return {
      id, x, y, label: node.label, shape: "box", margin: { top: 8, bottom: 8, left: 3, right: 3 },
      shapeProperties: { borderRadius: 5 },
      widthConstraint: { minimum: data.box - 6, maximum: data.box - 6 },
      color: { ...colours, highlight: chosen, hover: chosen },
      font: { color: its.ink, size: 14, face: FONT }, borderWidth: quiet ? 1 : 1.5, borderWidthSelected: 3.5,
    };
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

  function arrowsOf(id, shown, touch) {
    const edge = edgeById.get(id);
    const quiet = shown.marked && !shown.marked.edges.includes(id);
    const hue = colour(quiet ? "--faint" : `--${edge.sign}`);
    const width = (edge.derived ? 1.2 : 2.2) - (quiet ? 0.4 : 0);
    const disputed = edge.against > 0 && !quiet;
    const backward = shown.places[edge.from][0] >= shown.places[edge.to][0];
    const [tail, tip] = [touch.get(`${id} from`), touch.get(`${id} to`)];
    /* A short straight piece before the box lets every arrowhead point to the right. */
    const points = backward ? [] : [tail, ...(shown.bends[id] || []), [tip[0] - STUB, tip[1]], tip];
    const joints = points.map(([x, y], i) => ({
      id: `\u0000${id}~${i}`, x, y, shape: "dot", size: 0.1, borderWidth: 0, opacity: 0, chosen: false,
    }));
    const stops = backward ? [edge.from, edge.to] : joints.map((j) => j.id);
    const curve = { enabled: true, type: "cubicBezier", forceDirection: "horizontal", roundness: 0.5 };
    const dashes = { plus: false, minus: [8, 5], open: [2, 5] }[edge.sign];
    const parts = stops.slice(1).map((to, i) => {
      const last = i === stops.length - 2;
      return {
        id: last ? id : `${id}~${i}`, from: stops[i], to, width,
        smooth: backward ? { enabled: true, type: "curvedCW", roundness: 0.35 } : last ? false : curve,
        arrows: { to: { enabled: last, type: { plus: "arrow", minus: "bar", open: "circle" }[edge.sign], scaleFactor: 0.75 } },
        arrowStrikethrough: edge.sign === "minus",
        dashes: last && !backward ? false : dashes,
        color: { color: hue, highlight: hue, hover: hue, inherit: false },
        background: { enabled: disputed, color: colour("--halo"), size: width + 7, dashes: false },
        selectionWidth: 2, hoverWidth: 1,
      };
    });
    return { joints, parts, badge: disputed ? badgeOf(edge, backward ? [shown.places[edge.from], shown.places[edge.to]] : points) : null };
  }

  /* The counts stand on the flattest piece of the arrow, one line above it and one below. */
  function badgeOf(edge, points) {
    const pieces = points.slice(1, points.length > 2 ? -1 : undefined).map((b, i) => [points[i], b]);
    const slope = ([a, b]) => Math.abs((a[1] - b[1]) / (a[0] - b[0]));
    const [[ax, ay], [bx, by]] = pieces.reduce((best, piece) => (slope(piece) < slope(best) ? piece : best));
    const stub = pieces.length === 1 && points.length > 2 ? STUB / 2 : 0;
    return { x: (ax + bx) / 2 + stub, y: (ay + by) / 2, lines: [`${edge.supporting} for`, `${edge.against} against`] };
  }

  function refill() {
    const shown = drawing(), touch = ports(shown);
    const arrows = shown.edges.map((id) => arrowsOf(id, shown, touch));
    edges.clear();
    nodes.clear();
    nodes.add([...shown.nodes.map((id) => boxOf(id, shown)), ...arrows.flatMap((a) => a.joints)]);
    edges.add(arrows.flatMap((a) => a.parts));
    badges.splice(0, badges.length, ...arrows.map((a) => a.badge).filter(Boolean));
    list(shown);
  }

  /* ---- columns and their heads ---- */

  const edgesOfPicture = { left: 0, right: 0, top: 0, bottom: 0 };
  const HEAD = 20;

  function heads() {
    const kept = new Map();
    for (const n of nodes.get()) if (nodeById.has(n.id)) kept.set(n.x, (kept.get(n.x) || new Set()).add(nodeById.get(n.id).stage));
    return drawing().heads.filter((h) => kept.has(h.x)).map((h) => ({ x: h.x, stages: h.stages.filter((s) => kept.get(h.x).has(s)) }));
  }

  function frame() {
    const points = nodes.get();
    if (!points.length) return;
    const xs = points.map((n) => n.x), ys = points.map((n) => n.y), half = data.box / 2 + 8;
    const lines = Math.max(...heads().map((h) => h.stages.length));
    Object.assign(edgesOfPicture, {
      left: Math.min(...xs) - half, right: Math.max(...xs) + half,
      top: Math.min(...ys) - 52 - lines * HEAD, bottom: Math.max(...ys) + 50,
    });
    const wide = edgesOfPicture.right - edgesOfPicture.left, high = edgesOfPicture.bottom - edgesOfPicture.top;
    const room = stage.clientWidth;
    const fit = Math.max(LEAST, Math.min(room / wide, 1));
    const scale = state.zoom ? Math.min(Math.max(state.zoom, LEAST), MOST) : fit;
    canvas.style.width = `${Math.max(room, Math.ceil(wide * scale))}px`;
    canvas.style.height = `${Math.ceil(high * scale)}px`;
    network.setSize("100%", "100%");
    network.moveTo({
      position: { x: (edgesOfPicture.left + edgesOfPicture.right) / 2, y: (edgesOfPicture.top + edgesOfPicture.bottom) / 2 },
      scale, animation: false,
    });
    network.redraw();
    at("more").hidden = stage.scrollWidth <= stage.clientWidth + 1;
  }

  network.on("beforeDrawing", (pen) => {
    const { left, right, top, bottom } = edgesOfPicture, half = data.column / 2;
    pen.save();
    pen.font = `600 14px ${FONT}`;
    pen.textBaseline = "middle";
    heads().forEach((head, i) => {
      pen.fillStyle = colour(i % 2 ? "--card" : "--band");
      pen.fillRect(Math.max(head.x - half, left), top, Math.min(head.x + half, right) - Math.max(head.x - half, left), bottom - top);
      head.stages.forEach((name, line) => {
        const y = top + 18 + line * HEAD, start = head.x - (pen.measureText(name).width + 16) / 2;
        pen.beginPath();
        pen.arc(start + 5, y, 5, 0, 2 * Math.PI);
        pen.fillStyle = tone(name).fill;
        pen.fill();
        pen.strokeStyle = tone(name).border;
        pen.lineWidth = 1.5;
        pen.stroke();
        pen.fillStyle = colour("--soft");
        pen.fillText(name, start + 16, y);
      });
    });
    pen.restore();
  });

  network.on("afterDrawing", (pen) => {
    pen.save();
    pen.font = `14px ${FONT}`;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.lineJoin = "round";
    pen.lineWidth = 4;
    pen.strokeStyle = colour("--card");
    pen.fillStyle = colour("--ink");
    for (const badge of badges) {
      badge.lines.forEach((text, i) => {
        pen.strokeText(text, badge.x, badge.y + (i ? 15 : -14));
        pen.fillText(text, badge.x, badge.y + (i ? 15 : -14));
      });
    }
    pen.restore();
  });

  /* ---- the list of boxes: the way in for the keyboard ---- */

  function list(shown) {
    const order = [...shown.nodes].sort((a, b) => shown.places[a][0] - shown.places[b][0] || shown.places[a][1] - shown.places[b][1]);
    boxes.replaceChildren(...order.map((id, i) => {
      const node = nodeById.get(id), its = tone(node.stage);
      const chip = make("button", node.name, "chip");
      chip.type = "button";
      chip.tabIndex = i ? -1 : 0;
      chip.dataset.node = id;
      chip.title = node.stage;
      Object.assign(chip.style, { background: its.fill, borderColor: its.border, color: its.ink });
      const item = document.createElement("li");
      item.append(chip);
      return item;
    }));
  }

  function walk(chip, key) {
    const all = [...boxes.querySelectorAll(".chip")];
    const here = all.indexOf(chip);
    const next = { ArrowRight: here + 1, ArrowDown: here + 1, ArrowLeft: here - 1, ArrowUp: here - 1, Home: 0, End: all.length - 1 }[key];
    const goal = all[Math.min(Math.max(next, 0), all.length - 1)];
    chip.tabIndex = -1;
    goal.tabIndex = 0;
    goal.focus();
  }

  /* ---- the panel ---- */

  function make(name, text, className) {
    const made = document.createElement(name);
    made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  function put(...children) {
    panel.replaceChildren(...children);
    panel.scrollTop = 0;
  }

  function reveal() {
    panel.scrollIntoView({ block: "nearest" });
  }

  function openEdge(id) {
    const article = at(id);
    if (!edgeById.has(id) || !article) return;
    state.edge = id;
    const copy = article.cloneNode(true);
    copy.removeAttribute("id");
    put(copy);
    say.textContent = `${edgeById.get(id).words}: ${edgeById.get(id).supporting} for, ${edgeById.get(id).against} against`;
    network.unselectAll();
    const parts = edges.getIds().filter((e) => stepOf(e) === id);
    if (parts.length) network.selectEdges(parts);
    remember();
  }

  function stepButtons(title, found) {
    const made = make("div", "", "joined");
    made.append(make("p", title, "hint"));
    for (const edge of found) {
      const button = make("button", `${edge.words} (${edge.supporting} for, ${edge.against} against)`, "goto");
      button.type = "button";
      button.addEventListener("click", () => { openEdge(edge.id); reveal(); });
      made.append(button);
    }
    return found.length ? [made] : [];
  }

  function openNode(id, ...after) {
    const node = nodeById.get(id);
    const shown = union(data.answers[state.answer].paths).edges.map((e) => edgeById.get(e));
    const names = make("p", `${node.stage}: ${node.kind}. `, "hint");
    names.append(node.words.length > 2 ? `Also ${node.words.slice(2).join(", ")}. ` : "");
    const curie = make(node.link ? "a" : "span", node.words[1]);
    if (node.link) Object.assign(curie, { href: node.link, rel: "noreferrer noopener" });
    names.append(curie);
    const drawn = data.answers.filter((a) => id in a.places).map((a) => a.label).filter(Boolean);
    const elsewhere = id in data.answers[state.answer].places ? [] : [make("p", `Not in this answer; drawn in: ${drawn.join(", ")}.`, "hint")];
    put(make("h3", node.name), names, ...elsewhere,
      ...stepButtons("What acts on it", shown.filter((e) => e.to === id)),
      ...stepButtons("What it acts on", shown.filter((e) => e.from === id)), ...after);
    say.textContent = `${node.name}, ${node.stage}`;
    mark(id);
  }

  function mark(id) {
    network.unselectAll();
    if (!nodes.get(id)) return;
    network.selectNodes([id], false);
    const spot = network.canvasToDOM(network.getPositions([id])[id]);
    stage.scrollTo({ left: spot.x - stage.clientWidth / 2, top: spot.y - stage.clientHeight / 2 });
  }

  function search() {
    const asked = find.value.trim().toLowerCase();
    if (!asked) return put(make("p", HINT, "hint"));
    const rank = (n) => Math.min(...n.words.map((w) => { const i = w.toLowerCase().indexOf(asked); return i < 0 ? Infinity : i + w.length / 1000; }));
    const here = data.answers[state.answer].places;
    const hits = data.nodes.map((n) => [rank(n) + (n.id in here ? 0 : 1000), n]).filter(([r]) => r < Infinity).sort((a, b) => a[0] - b[0]).map(([, n]) => n);
    if (!hits.length) {
      put(make("p", `Nothing here answers to “${find.value}”. The boxes of the drawing are listed below it.`, "hint"));
      say.textContent = "nothing found";
      return undefined;
    }
    const others = make("p", hits.length > 1 ? `Also found: ${hits.slice(1).map((n) => n.name).join(", ")}.` : "", "hint");
    return openNode(hits[0].id, others);
  }

  /* ---- state, kept in the address ---- */

  function pressed() {
    for (const tab of document.querySelectorAll(".tab")) tab.setAttribute("aria-pressed", String(Number(tab.dataset.answer) === state.answer));
    for (const part of document.querySelectorAll(".answer")) part.hidden = Number(part.dataset.answer) !== state.answer;
    for (const button of document.querySelectorAll(".path")) {
      const on = Number(button.dataset.answer) === state.answer && Number(button.dataset.path) === state.path;
      button.setAttribute("aria-pressed", String(on));
      button.nextElementSibling.open = on;
    }
    at("all").disabled = state.path === null;
  }

  function show(answer, path) {
    state.answer = answer;
    state.path = path;
    pressed();
    refill();
    frame();
    remember();
  }

  function remember() {
    const parts = [`answer=${state.answer}`];
    if (state.path !== null) parts.push(`path=${state.path}`);
    if (state.edge) parts.push(`step=${state.edge}`);
    if (alone.checked) parts.push("alone=1");
    history.replaceState(null, "", `#${parts.join("&")}`);
  }

  function clear() {
    find.value = "";
    state.edge = null;
    state.zoom = null;
    alone.checked = false;
    show(state.answer, null);
    put(make("p", HINT, "hint"));
    say.textContent = "cleared";
  }

  /* ---- events ---- */

  network.on("click", (event) => {
    const box = event.nodes.find((id) => nodeById.has(id));
    if (box !== undefined) openNode(box);
    else if (event.edges.length) openEdge(stepOf(event.edges[0]));
    else return;
    reveal();
  });
  for (const [name, cursor] of [["hoverNode", "pointer"], ["hoverEdge", "pointer"], ["blurNode", ""], ["blurEdge", ""]]) {
    network.on(name, () => { canvas.style.cursor = cursor; });
  }
  document.addEventListener("click", (event) => {
    const step = event.target.closest(".step");
    if (!step) return;
    event.preventDefault();
    openEdge(step.dataset.step);
    reveal();
  });
  at("tabs").addEventListener("click", (event) => {
    const tab = event.target.closest(".tab");
    if (tab) show(Number(tab.dataset.answer), null);
  });
  at("lists").addEventListener("click", (event) => {
    const button = event.target.closest(".path");
    if (!button) return;
    const again = state.path === Number(button.dataset.path);
    show(Number(button.dataset.answer), again ? null : Number(button.dataset.path));
  });
  boxes.addEventListener("click", (event) => {
    const chip = event.target.closest(".chip");
    if (!chip) return;
    openNode(chip.dataset.node);
    reveal();
  });
  boxes.addEventListener("focusin", (event) => mark(event.target.dataset.node));
  at("all").addEventListener("click", () => show(state.answer, null));
  alone.addEventListener("change", () => show(state.answer, alone.checked && state.path === null && data.answers[state.answer].paths.length ? 0 : state.path));
  for (const [id, factor] of [["smaller", 1 / 1.2], ["larger", 1.2]]) {
    at(id).addEventListener("click", () => { state.zoom = Math.min(Math.max(network.getScale() * factor, LEAST), MOST); frame(); });
  }
  find.addEventListener("input", search);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const chip = event.target.closest(".chip");
    if (event.key === "/" && event.target !== find) {
      event.preventDefault();
      find.focus();
    } else if (event.key === "Escape") {
      clear();
    } else if (chip && /^(Arrow|Home|End)/.test(event.key)) {
      event.preventDefault();
      walk(chip, event.key);
    } else if (/^Arrow(Left|Right)$/.test(event.key) && event.target !== find && event.target !== stage && state.path !== null) {
      const steps = data.answers[state.answer].paths[state.path].edges;
      const next = steps.indexOf(state.edge) + (event.key === "ArrowRight" ? 1 : -1);
      openEdge(steps[Math.min(Math.max(next, 0), steps.length - 1)]);
    }
  });
  dark.addEventListener("change", () => { refill(); frame(); });
  window.addEventListener("resize", frame);
  window.addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((d) => { d.open = true; }));

  function start() {
    const asked = new URLSearchParams(location.hash.slice(1));
    const whole = (name, count) => (/^\d+$/.test(asked.get(name) || "") && Number(asked.get(name)) < count ? Number(asked.get(name)) : null);
    const answer = whole("answer", data.answers.length) || 0;
    const step = asked.get("step");
    alone.checked = asked.get("alone") === "1";
    show(answer, whole("path", data.answers[answer].paths.length));
    if (step) openEdge(step);
  }
  start();
  /* For tests and the console: the boxes without the joints of the arrows. */
  const shownBoxes = new vis.DataView(nodes, { filter: (n) => nodeById.has(n.id) });
  window.ketamech = { network, nodes: shownBoxes, edges, badges, data };
})();
