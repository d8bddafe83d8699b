"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const root = document.documentElement;
  root.classList.add("js");
  const canvas = document.getElementById("canvas");
  const panel = document.getElementById("panel");
  const find = document.getElementById("find");
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const FILLS = {
    "Drug": "#f2b8a0", "Stress or illness": "#d9c7b8", "Target": "#f4dc8c", "Signal": "#f8efb0", "Process": "#bfe3d2",
    "Structure": "#cfe8c4", "Cell": "#b9dcf2", "Region or circuit": "#c8d0f0", "Readout": "#e3cde6", "Outcome": "#f0c6d8",
  };
  const state = { answer: 0, path: null, edge: null };
  const nodes = new vis.DataSet();
  const edges = new vis.DataSet();
  const colour = (name) => getComputedStyle(root).getPropertyValue(name).trim();

  function drawn() {
    const answer = data.answers[state.answer];
    const paths = state.path === null ? answer.paths : [answer.paths[state.path]];
    return {
      nodes: new Set(paths.flatMap((p) => p.nodes)),
      edges: new Set(paths.flatMap((p) => p.edges)),
    };
  }

  function nodeOf(n) {
    return {
      id: n.id, label: n.name, x: n.x, y: n.y, shape: "box", margin: 8,
      widthConstraint: { minimum: 110, maximum: 150 },
      color: { background: FILLS[n.stage], border: "#4a4f55", highlight: { background: FILLS[n.stage], border: colour("--link") } },
      font: { color: "#1d2327", size: 15 }, borderWidth: 1, borderWidthSelected: 3,
    };
  }

  function edgeOf(e) {
    const tone = colour(`--${e.sign}`);
    const disputed = e.against > 0;
    return {
      id: e.id, from: e.from, to: e.to,
      arrows: { to: { enabled: true, type: { plus: "arrow", minus: "bar", open: "circle" }[e.sign], scaleFactor: 0.9 } },
      dashes: { plus: false, minus: [7, 5], open: [2, 5] }[e.sign],
      color: { color: tone, highlight: tone, hover: tone },
      width: disputed ? 3 : 2, selectionWidth: 2,
      label: disputed ? `${e.supporting} : ${e.against}` : undefined,
      font: { size: 14, color: colour("--minus"), strokeWidth: 5, strokeColor: colour("--card"), align: "top" },
      smooth: { enabled: true, type: "cubicBezier", forceDirection: "horizontal", roundness: 0.45 },
    };
  }

  function refill() {
    const shown = drawn();
    nodes.clear();
    edges.clear();
    nodes.add(data.nodes.filter((n) => shown.nodes.has(n.id)).map(nodeOf));
    edges.add(data.edges.filter((e) => shown.edges.has(e.id)).map(edgeOf));
  }

  const network = new vis.Network(canvas, { nodes, edges }, {
    physics: false,
    layout: { improvedLayout: false },
    interaction: { hover: true, keyboard: false, hideEdgesOnDrag: false },
  });

  /* Labels stay readable: the view never shrinks below this scale; wider graphs are dragged. */
  const LEAST = 0.82;
  const COLUMN = 230;

  function frame() {
    const points = nodes.get();
    if (!points.length) return;
    const xs = points.map((n) => n.x), ys = points.map((n) => n.y);
    const box = { left: Math.min(...xs) - 90, right: Math.max(...xs) + 90, top: Math.min(...ys) - 78, bottom: Math.max(...ys) + 50 };
    const width = canvas.clientWidth, height = canvas.clientHeight;
    const fits = Math.min(width / (box.right - box.left), height / (box.bottom - box.top), 1);
    const scale = Math.max(fits, LEAST);
    const middle = (low, high, room) => (high - low <= room / scale ? (low + high) / 2 : low + room / scale / 2);
    network.moveTo({ position: { x: middle(box.left, box.right, width), y: middle(box.top, box.bottom, height) }, scale, animation: false });
  }

  /* Slide the view along, keeping its scale: by a share of its width, or until an arrow lies in it. */
  function slide(share) {
    const at = network.getViewPosition();
    network.moveTo({ position: { x: at.x + (share * canvas.clientWidth) / network.getScale(), y: at.y }, animation: false });
  }

  function bring(id) {
    const edge = edges.get(id);
    if (!edge) return;
    const ends = network.getPositions([edge.from, edge.to]);
    const middle = { x: (ends[edge.from].x + ends[edge.to].x) / 2, y: (ends[edge.from].y + ends[edge.to].y) / 2 };
    const at = network.getViewPosition();
    const reach = canvas.clientWidth / network.getScale() / 2 - COLUMN / 2;
    if (Math.abs(middle.x - at.x) > reach) network.moveTo({ position: { x: middle.x, y: at.y }, animation: false });
  }

  network.on("beforeDrawing", (pen) => {
    const points = nodes.get();
    const top = Math.min(...points.map((n) => n.y)) - 62;
    const kept = new Set(points.map((n) => n.x));
    pen.save();
    pen.font = "600 14px system-ui, DejaVu Sans, sans-serif";
    pen.textAlign = "center";
    pen.fillStyle = colour("--soft");
    for (const head of data.heads) if (kept.has(head.x)) pen.fillText(head.text, head.x, top);
    pen.restore();
  });

  function pressed() {
    for (const tab of document.querySelectorAll(".tab")) tab.setAttribute("aria-pressed", String(Number(tab.dataset.answer) === state.answer));
    for (const list of document.querySelectorAll(".answer")) list.hidden = Number(list.dataset.answer) !== state.answer;
    for (const button of document.querySelectorAll(".path")) {
      const on = Number(button.dataset.answer) === state.answer && Number(button.dataset.path) === state.path;
      button.setAttribute("aria-pressed", String(on));
    }
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
    history.replaceState(null, "", `#${parts.join("&")}`);
  }

  function put(...children) {
    panel.replaceChildren(...children);
    panel.scrollTop = 0;
  }

  function line(text, name) {
    const made = document.createElement(name || "p");
    made.textContent = text;
    return made;
  }

  function openEdge(id) {
    const article = document.getElementById(id);
    if (!article) return;
    state.edge = id;
    const copy = article.cloneNode(true);
    copy.removeAttribute("id");
    for (const part of copy.querySelectorAll("[id]")) part.removeAttribute("id");
    put(copy);
    if (edges.get(id)) network.selectEdges([id]);
    bring(id);
    remember();
  }

  function openNode(id) {
    const node = data.nodes.find((n) => n.id === id);
    if (!node) return;
    const list = document.createElement("ul");
    for (const edge of data.edges.filter((e) => e.from === id || e.to === id)) {
      const button = line(`${edge.words} (${edge.supporting} for, ${edge.against} against)`, "button");
      button.type = "button";
      button.addEventListener("click", () => openEdge(edge.id));
      const item = document.createElement("li");
      item.append(button);
      list.append(item);
    }
    const names = line(`${node.stage}; also: ${node.words.slice(1).join(", ")}`);
    names.className = "hint";
    put(line(node.name, "h3"), names, list);
    if (nodes.get(id)) network.selectNodes([id]);
  }

  network.on("click", (event) => {
    if (event.nodes.length) openNode(event.nodes[0]);
    else if (event.edges.length) openEdge(event.edges[0]);
  });
  document.getElementById("tabs").addEventListener("click", (event) => {
    const tab = event.target.closest(".tab");
    if (tab) show(Number(tab.dataset.answer), null);
  });
  document.getElementById("lists").addEventListener("click", (event) => {
    const button = event.target.closest(".path");
    if (!button) return;
    const again = state.path === Number(button.dataset.path);
    show(Number(button.dataset.answer), again ? null : Number(button.dataset.path));
  });
  document.getElementById("left").addEventListener("click", () => slide(-0.6));
  document.getElementById("right").addEventListener("click", () => slide(0.6));
  document.getElementById("fit").addEventListener("click", () => network.fit({ animation: false }));
  document.getElementById("all").addEventListener("click", () => show(state.answer, null));

  find.addEventListener("input", () => {
    const asked = find.value.trim().toLowerCase();
    const hits = asked ? data.nodes.filter((n) => n.words.some((w) => w.toLowerCase().includes(asked))) : [];
    const shown = hits.find((n) => nodes.get(n.id)) || hits[0];
    if (shown) openNode(shown.id);
    else put(line(asked ? `Nothing here answers to “${find.value}”.` : "Type a name.", "p"));
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && event.target !== find) {
      event.preventDefault();
      find.focus();
    } else if (event.key === "Escape") {
      find.value = "";
      state.edge = null;
      show(state.answer, null);
      put(line("Click an arrow to read its evidence, or a box for what it joins."));
    } else if ((event.key === "ArrowRight" || event.key === "ArrowLeft") && event.target !== find && state.path !== null) {
      const steps = data.answers[state.answer].paths[state.path].edges;
      const at = steps.indexOf(state.edge) + (event.key === "ArrowRight" ? 1 : -1);
      openEdge(steps[Math.min(Math.max(at, 0), steps.length - 1)]);
    }
  });
  dark.addEventListener("change", () => refill());
  window.addEventListener("resize", frame);

  function start() {
    const asked = new URLSearchParams(location.hash.slice(1));
    const answer = Math.min(Math.max(Number(asked.get("answer")) || 0, 0), data.answers.length - 1);
    const count = data.answers[answer].paths.length;
    const wanted = asked.get("path");
    const step = asked.get("step");
    show(answer, wanted !== null && Number(wanted) < count ? Number(wanted) : null);
    if (step) openEdge(step);
  }
  start();
  window.ketamech = { network, nodes, edges, data };
})();
