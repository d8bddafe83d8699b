/* Which findings, arrows and paths are asked for. What a finding does not report neither fits nor fails. */

const FACETS = { stance: "Stance", species: "Species", tier: "Tier", region: "Region", compound: "Compound" };
const BEYOND = data.stops.length;
const asked = Object.fromEntries([...Object.keys(FACETS), "hypothesis"].map((name) => [name, new Set()]));
Object.assign(asked, { from: 0, to: BEYOND, strength: 0, strict: false });

const valuesOf = (finding, name) => (finding[name] === undefined ? [] : [finding[name]].flat());
const timed = () => asked.from > 0 || asked.to < BEYOND;
const filtering = () => timed() || asked.strength > 0 || asked.hypothesis.size > 0 || Object.keys(FACETS).some((name) => asked[name].size > 0);

function fitOf(finding) {
  let open = false;
  for (const name of Object.keys(FACETS)) {
    if (!asked[name].size) continue;
    const values = valuesOf(finding, name);
    if (!values.length) open = true;
    else if (!values.some((v) => asked[name].has(v))) return "unfit";
  }
  if (timed()) {
    if (!finding.time) open = true;
    else if (asked.to < BEYOND && finding.time[0] > data.stops[asked.to]) return "unfit";
    else if (finding.time[1] < data.stops[asked.from]) return "unfit";
  }
  return open ? "unknown" : "fits";
}

/* A node looked for in vain at the end of the window goes; one first seen later only fades, since nobody looked. */
function absentNow(id) {
  const time = answerNow().times[id];
  const found = time && asked.to < BEYOND ? time.absent.find(([hour]) => hour === data.stops[asked.to]) : null;
  return found ? found[1] : null;
}

function laterThanNow(id) {
  const time = answerNow().times[id];
  return time && asked.to < BEYOND && time.first !== null && time.first > data.stops[asked.to] ? time.first : null;
}

function judged(edge) {
  const fits = edge.findings.map(fitOf);
  const kept = fits.map((fit) => fit === "fits" || (fit === "unknown" && !asked.strict));
  const stands =
    kept.some(Boolean) &&
    edge.strength >= asked.strength &&
    (!asked.hypothesis.size || edge.hypotheses.some((i) => asked.hypothesis.has(data.hypotheses[i].slug))) &&
    !absentNow(edge.from) &&
    !absentNow(edge.to);
  const count = (stance) => edge.findings.filter((f, i) => kept[i] && f.stance === stance).length;
  return {
    stands, kept, open: fits.filter((fit, i) => fit === "unknown" && kept[i]).length,
    supports: count("supports"), refutes: count("refutes"), noEffect: count("no effect"),
  };
}

let verdicts = new Map();
const verdictOf = (id) => verdicts.get(id);
const stands = (id) => verdictOf(id).stands;

function judge() {
  verdicts = new Map(data.edges.map((e) => [e.id, judged(e)]));
}

/* The arrows that the present answer can draw. */
function drawable() {
  const answer = answerNow();
  return [...new Set([...union(answer.paths).edges, ...(!only.checked && answer.wide ? answer.wide.edges : [])])];
}

/* "63 of 120 findings", of the arrows that can be drawn. */
function tally() {
  const answer = answerNow(), ids = drawable();
  const total = ids.reduce((sum, id) => sum + edgeById.get(id).findings.length, 0);
  const left = ids.filter(stands);
  const findings = left.reduce((sum, id) => sum + verdictOf(id).kept.filter(Boolean).length, 0);
  const open = left.reduce((sum, id) => sum + verdictOf(id).open, 0);
  const paths = answer.paths.filter((p) => p.edges.every(stands)).length;
  const gone = Object.keys(answer.times).filter((id) => absentNow(id) && id in answer.places);
  return { findings, total, arrows: left.length, allArrows: ids.length, paths, allPaths: answer.paths.length, open, gone };
}

function tallyTold() {
  const t = tally();
  if (!filtering()) return `all ${counted(t.total, "finding")}, ${counted(t.allArrows, "arrow")}, ${counted(t.allPaths, "path")}`;
  const parts = [`${t.findings} of ${t.total} findings`, `${t.arrows} of ${t.allArrows} arrows`, `${t.paths} of ${t.allPaths} paths`];
  const open = t.open ? `; ${t.open} of these findings do${t.open === 1 ? "es" : ""} not report all that is asked` : "";
  return parts.join(", ") + open;
}

/* The filters in words, for the head of what is saved. */
function filtersTold() {
  const told = [];
  for (const [name, title] of Object.entries(FACETS)) if (asked[name].size) told.push(`${title.toLowerCase()} ${[...asked[name]].sort().join(" or ")}`);
  if (asked.hypothesis.size) told.push(`held by ${data.hypotheses.filter((h) => asked.hypothesis.has(h.slug)).map((h) => h.name).join(" or ")}`);
  if (asked.strength > 0) told.push(`strength from ${asked.strength} up`);
  if (timed()) told.push(windowTold());
  if (asked.strict && told.length) told.push("unreported left out");
  return told.join("; ");
}

function windowTold() {
  if (!timed()) return "at any time";
  const from = asked.from > 0 ? `from ${hoursTold(data.stops[asked.from])}` : "";
  const to = asked.to < BEYOND ? `by ${hoursTold(data.stops[asked.to])}` : "";
  return `${[from, to].filter(Boolean).join(" and ")} after the dose`;
}
