/* What the reader does, and the start. */

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
  const other = answer !== state.answer;
  Object.assign(state, { answer, path });
  if (other) applyFilters();
  pressed();
  refill();
  frame();
  settle();
  remember();
}

/* Escape: first the search, then what is open, then the path. Filters stay until they are reset. */
function clear() {
  find.value = "";
  offer("");
  rest();
  state.zoom = null;
  show(state.answer, null);
  say.textContent = "cleared";
}

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
  const path = Number(button.dataset.path);
  show(Number(button.dataset.answer), state.path === path ? null : path);
  if (state.path !== null) say.textContent = `path ${path + 1}: ${button.querySelector(".net").textContent}`;
});
boxes.addEventListener("click", (event) => {
  const chip = event.target.closest(".chip");
  if (!chip) return;
  openNode(chip.dataset.node);
  reveal();
});
boxes.addEventListener("focusin", (event) => mark(event.target.dataset.node));
at("all").addEventListener("click", () => show(state.answer, null));
at("swap").addEventListener("click", () => { openSwap(); reveal(); });
only.addEventListener("change", () => { applyFilters(); show(state.answer, state.path); });
facets.addEventListener("change", changed);
strict.addEventListener("change", changed);
for (const slider of [early, late, strength]) slider.addEventListener("input", changed);
at("reset").addEventListener("click", resetFilters);
at("save").addEventListener("click", (event) => {
  const button = event.target.closest("[data-save]");
  if (button) SAVERS[button.dataset.save]();
});
for (const [id, factor] of [["smaller", 1 / 1.2], ["larger", 1.2]]) {
  at(id).addEventListener("click", () => {
    state.zoom = Math.min(Math.max(network.getScale() * factor, LEAST), MOST);
    frame();
    remember();
  });
}
find.addEventListener("input", search);
at("go").addEventListener("click", reveal);
const typing = (target) => target.matches("input, select");
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const chip = event.target.closest(".chip");
  if (event.key === "/" && !(typing(event.target) && event.target.type === "search")) {
    event.preventDefault();
    find.focus();
  } else if (event.key === "Escape") {
    clear();
  } else if (event.key === "Enter" && event.target === find) {
    reveal();
  } else if (chip && /^(Arrow|Home|End)/.test(event.key)) {
    event.preventDefault();
    walk(chip, event.key);
  } else if (/^Arrow(Left|Right)$/.test(event.key) && !typing(event.target) && event.target !== stage && state.path !== null) {
    event.preventDefault();
    walkPath(event.key === "ArrowRight" ? 1 : -1);
  }
});
dark.addEventListener("change", () => { refill(); frame(); });
window.addEventListener("resize", refit);
window.addEventListener("hashchange", () => { if (location.hash !== written) recall(); });
window.addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((d) => { d.open = true; }));

fill();
recall();
/* For tests and the console: the boxes without the joints of the arrows. */
const shownBoxes = new vis.DataView(nodes, { filter: (n) => nodeById.has(n.id) });
window.ketamech = { network, nodes: shownBoxes, edges, badges, data, scene: () => scene, picture: pictureNow, table: tsvNow, json: jsonNow };
