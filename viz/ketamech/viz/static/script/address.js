/* All state stands in the address, so that a link leads to what its sender saw. */

const LISTS = [...Object.keys(FACETS), "hypothesis"];
let written = "";

function remember() {
  const parts = new URLSearchParams();
  parts.set("answer", state.answer);
  if (state.path !== null) parts.set("path", state.path);
  if (state.edge) parts.set("step", edgeById.get(state.edge).key);
  if (state.box) parts.set("box", state.box);
  if (!only.checked) parts.set("only", "0");
  if (state.zoom) parts.set("zoom", state.zoom.toFixed(2));
  if (find.value) parts.set("find", find.value);
  for (const name of LISTS) for (const value of [...asked[name]].sort()) parts.append(name, value);
  if (asked.from > 0) parts.set("from", `${Number(data.stops[asked.from].toFixed(3))}h`);
  if (asked.to < BEYOND) parts.set("to", `${Number(data.stops[asked.to].toFixed(3))}h`);
  if (asked.strength > 0) parts.set("strength", asked.strength);
  if (asked.strict) parts.set("strict", "1");
  written = `#${parts}`;
  history.replaceState(null, "", written);
}

/* The stop nearest to an hour that someone may have typed. */
function stopOf(text, fallback) {
  const found = /^(\d+(?:\.\d+)?)h$/.exec(text || "");
  if (!found) return fallback;
  const off = data.stops.map((stop) => Math.abs(stop - Number(found[1])));
  return off.indexOf(least(off));
}

function recall() {
  const from = new URLSearchParams(location.hash.slice(1));
  const whole = (name, count) => (/^\d+$/.test(from.get(name) || "") && Number(from.get(name)) < count ? Number(from.get(name)) : null);
  state.answer = whole("answer", data.answers.length) || 0;
  const path = whole("path", answerNow().paths.length);
  const step = data.edges.find((e) => e.key === from.get("step"));
  const box = nodeById.has(from.get("box")) ? from.get("box") : null;
  const zoom = Number(from.get("zoom"));
  only.checked = from.get("only") !== "0";
  state.zoom = zoom >= LEAST && zoom <= MOST ? zoom : null;
  for (const name of LISTS) {
    const known = new Set([...facets.querySelectorAll("input")].filter((i) => i.name === name).map((i) => i.value));
    asked[name] = new Set(from.getAll(name).filter((value) => known.has(value)));
  }
  const floor = Number(from.get("strength"));
  Object.assign(asked, {
    from: stopOf(from.get("from"), 0), to: stopOf(from.get("to"), BEYOND),
    strength: floor > 0 && floor <= 1 ? floor : 0, strict: from.get("strict") === "1",
  });
  find.value = from.get("find") || "";
  writeControls();
  if (filtering()) at("filters").open = true;
  rest();
  applyFilters();
  show(state.answer, path);
  if (step) openEdge(step.id);
  else if (box) openNode(box);
  else if (find.value) search();
}
