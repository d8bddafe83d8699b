/* What every part of the script shares: the data, the state, the colours, and how elements are made. */

const data = JSON.parse(document.getElementById("data").textContent);
const root = document.documentElement;
root.classList.add("js");
const at = (id) => document.getElementById(id);
const [stage, canvas, panel, find, boxes, only, say] = ["stage", "canvas", "panel", "find", "boxes", "only", "say"].map(at);
const dark = window.matchMedia("(prefers-color-scheme: dark)");
const nodeById = new Map(data.nodes.map((n) => [n.id, n]));
const edgeById = new Map(data.edges.map((e) => [e.id, e]));
const FONT = "system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif";
/* Labels are set at 14 px: below this scale they would fall under 11 px, so wide drawings scroll instead. */
const LEAST = 0.8, MOST = 1.7;
const state = { answer: 0, path: null, edge: null, box: null, zoom: null };

const scheme = () => (dark.matches ? "dark" : "light");
const hue = (name, of = scheme()) => data.hues[of][name];
const tone = (name, of = scheme()) => data.palette[name][of];
const answerNow = () => data.answers[state.answer];
const pathNow = () => (state.path === null ? null : answerNow().paths[state.path]);
const union = (paths) => ({ nodes: [...new Set(paths.flatMap((p) => p.nodes))], edges: [...new Set(paths.flatMap((p) => p.edges))] });
const counted = (n, one, many = `${one}s`) => `${n} ${n === 1 ? one : many}`;

function make(name, text = "", className = "") {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

function pushButton(text, className, act) {
  const made = make("button", text, className);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

function hoursTold(hours) {
  if (hours < 1) return `${Math.round(hours * 60)} min`;
  if (hours <= 48) return `${hours} h`;
  return hours < 336 ? `${hours / 24} d` : `${hours / 168} wk`;
}
