/* The evidence of the drawing as plain records: read from the page, where it stands once, filters applied. */

const COLUMNS = ["step", "edge", "sign", "strength", "derived", "hypotheses", "stance", "told", "species", "model", "region", "dose", "hour", "assay", "other", "tier", "read", "summary", "citation", "doi", "pmid", "finding"];

const textOf = (item, part) => (item.querySelector(part) ? item.querySelector(part).textContent.trim() : "");

function recordOf(edge, finding, item) {
  const facts = Object.fromEntries([...item.querySelectorAll(".facts > span")].map((f) => [f.firstElementChild.textContent, f.lastChild.textContent.trim()]));
  const { species, model, region, dose, hour, assay, tier, read, context, ...others } = facts;
  const ids = [...item.querySelectorAll(".link")].map((link) => link.textContent);
  const idOf = (prefix) => (ids.find((id) => id.startsWith(prefix)) || "").slice(prefix.length);
  return {
    step: edge.words, edge: edge.key, sign: { plus: "+", minus: "-", open: "?" }[edge.sign], strength: edge.strength,
    derived: edge.derived, hypotheses: edge.hypotheses.map((i) => data.hypotheses[i].name).join("; "),
    stance: finding.stance, told: textOf(item, ".told"), species, model, region, dose, hour, assay,
    other: Object.entries(others).map(([name, value]) => `${name}: ${value}`).join("; "),
    tier, read, summary: textOf(item, ".summary"), citation: textOf(item, ".paper"),
    doi: idOf("doi:"), pmid: idOf("PMID:"), finding: textOf(item, "code"),
  };
}

function recordsNow() {
  return scene.shown.edges.flatMap((id) => {
    const edge = edgeById.get(id), items = [...at(id).querySelectorAll(".item")], its = verdictOf(id);
    return edge.findings.map((finding, i) => (its.kept[i] ? recordOf(edge, finding, items[i]) : null)).filter(Boolean);
  });
}

const SIGNS_TOLD = { "+": "raises or activates", "-": "lowers or inhibits", "?": "direction not given" };
const STANCES_TOLD = { supports: "for", refutes: "against", "no effect": "looked for and not seen" };

function headNow() {
  const path = pathNow();
  return {
    title: data.page.title, question: answerNow().question, path: path ? path.told : "", filters: filtersTold(), counts: tallyTold(),
    citation: data.page.cite, version: data.page.version, knowledge: data.page.dataVersion, licence: data.page.licence,
    note: "Not medical advice.",
  };
}

function tsvNow() {
  /* A cell that begins like a formula would be run by a spreadsheet. */
  const cell = (value) => String(value ?? "").replace(/[\t\r\n\u2028\u2029]+/g, " ").replace(/^(?=[=@]|[+-].)/, "'");
  const head = Object.entries(headNow()).filter(([, value]) => value).map(([name, value]) => `# ${name}: ${cell(value)}`);
  const legend = [["sign", SIGNS_TOLD], ["stance", STANCES_TOLD]].map(([name, told]) => `# legend, ${name}: ${Object.entries(told).map((p) => p.join(" ")).join("; ")}`);
  const rows = recordsNow().map((record) => COLUMNS.map((name) => cell(record[name])).join("\t"));
  return [...head, ...legend, COLUMNS.join("\t"), ...rows, ""].join("\n");
}

function jsonNow() {
  const answer = answerNow(), path = pathNow();
  const nodes = scene.shown.nodes.map((id) => { const { name, kind, stage: lane, words } = nodeById.get(id); return { id, name, kind, stage: lane, synonyms: words.slice(2) }; });
  const paths = (path ? [path] : answer.paths).filter((p) => p.edges.every(stands)).map((p) => ({ ...p, edges: p.edges.map((id) => edgeById.get(id).key) }));
  const made = { schema_version: 1, ...headNow(), legend: { sign: SIGNS_TOLD, stance: STANCES_TOLD }, nodes, paths, findings: recordsNow() };
  return `${JSON.stringify(made, null, 1)}\n`;
}
