/* The filters as controls: a list of boxes to tick for each facet, and sliders for hours and strength. */

const facets = at("facets"), early = at("from"), late = at("to"), strength = at("strength"), strict = at("strict");

function fill() {
  for (const [name, title] of Object.entries(FACETS)) {
    const counts = new Map();
    for (const edge of data.edges) for (const finding of edge.findings) for (const value of valuesOf(finding, name)) counts.set(value, (counts.get(value) || 0) + 1);
    if (counts.size) facets.append(group(name, title, [...counts].map(([value, count]) => [value, value, count])));
  }
  const held = data.hypotheses.map((h, i) => [h.slug, h.name, data.edges.filter((e) => e.hypotheses.includes(i)).length]).filter(([, , count]) => count);
  if (held.length) facets.append(group("hypothesis", "Hypothesis", held));
}

function group(name, title, rows) {
  const made = make("fieldset", "", "facet");
  made.append(make("legend", title));
  const list = make("div", "", "choices");
  rows.sort((a, b) => b[2] - a[2] || (a[1] < b[1] ? -1 : 1));
  for (const [value, text, count] of rows) {
    const label = make("label", "", "check"), box = make("input");
    Object.assign(box, { type: "checkbox", value, name });
    label.append(box, make("span", text), make("span", `${count}`, "n"));
    list.append(label);
  }
  made.append(list);
  return made;
}

function readControls() {
  for (const name of [...Object.keys(FACETS), "hypothesis"]) asked[name].clear();
  for (const box of facets.querySelectorAll("input:checked")) asked[box.name].add(box.value);
  Object.assign(asked, { from: Number(early.value), to: Number(late.value), strength: Number(strength.value), strict: strict.checked });
}

function writeControls() {
  for (const box of facets.querySelectorAll("input")) box.checked = asked[box.name].has(box.value);
  early.value = asked.from;
  late.value = asked.to;
  strength.value = asked.strength;
  strict.checked = asked.strict;
}

/* How many findings (or steps of a hypothesis) of the present answer have each value. */
function countChoices() {
  const here = drawable().map((id) => edgeById.get(id)), findings = here.flatMap((e) => e.findings);
  for (const box of facets.querySelectorAll("input")) {
    const count = box.name === "hypothesis"
      ? here.filter((e) => e.hypotheses.some((i) => data.hypotheses[i].slug === box.value)).length
      : findings.filter((f) => valuesOf(f, box.name).includes(box.value)).length;
    box.parentElement.lastElementChild.textContent = `${count}`;
  }
}

/* Everything on the page that the filters rule, beside the drawing. */
function applyFilters() {
  judge();
  countChoices();
  const told = tallyTold(), { gone } = tally();
  at("window").textContent = windowTold();
  early.setAttribute("aria-valuetext", asked.from ? hoursTold(data.stops[asked.from]) : "from the dose on");
  late.setAttribute("aria-valuetext", asked.to < BEYOND ? hoursTold(data.stops[asked.to]) : "no end");
  at("floor").textContent = asked.strength ? `from ${asked.strength} up` : "any";
  at("kept").textContent = told;
  at("reset").disabled = !filtering() && !asked.strict;
  at("gone").textContent = gone.length ? `Not yet there ${windowTold()}: ${gone.map((id) => `${nodeById.get(id).name}, looked for and not seen by ${absentNow(id)}`).join("; ")}.` : "";
  for (const edge of data.edges) {
    const its = verdictOf(edge.id), article = at(edge.id);
    article.hidden = !its.stands;
    article.querySelectorAll(".item").forEach((item, i) => { item.hidden = !its.kept[i]; });
  }
  for (const row of document.querySelectorAll("#table tbody tr")) row.hidden = !stands(row.dataset.row);
  for (const button of document.querySelectorAll(".path")) {
    const lost = data.answers[button.dataset.answer].paths[button.dataset.path].edges.filter((id) => !stands(id)).length;
    button.parentElement.classList.toggle("lost", lost > 0);
    button.querySelector(".lost-steps").textContent = lost ? ` · ${counted(lost, "step")} left out by the filters` : "";
  }
  return told;
}

function changed() {
  readControls();
  if (asked.from > asked.to) asked.from = asked.to;
  writeControls();
  const told = applyFilters();
  refill();
  frame();
  if (state.edge) openEdge(state.edge);
  say.textContent = told;
  remember();
}

function resetFilters() {
  for (const name of [...Object.keys(FACETS), "hypothesis"]) asked[name].clear();
  Object.assign(asked, { from: 0, to: BEYOND, strength: 0, strict: false });
  writeControls();
  changed();
}
