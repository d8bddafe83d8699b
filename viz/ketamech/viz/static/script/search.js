/* Search by name, synonym and CURIE, whatever the case, hyphens and Greek letters; near misses are offered. */

const GREEK = { "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "κ": "kappa", "μ": "mu", "µ": "mu", "σ": "sigma" };

function folded(text) {
  const plain = text.toLowerCase().replace(/[αβγδεκμµσ]/g, (letter) => GREEK[letter]);
  return plain.normalize("NFKD").replace(/[^\p{L}\p{N}]+/gu, "") || plain.trim();
}

function distance(a, b) {
  let row = [...Array(b.length + 1).keys()];
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length];
}

const index = data.nodes.map((node) => ({ node, words: node.words.map(folded) }));

function ranked(score) {
  const answer = answerNow();
  const here = (id) => id in answer.places || (answer.wide && id in answer.wide.places);
  return index.map(({ node, words }) => [score(words) + (here(node.id) ? 0 : 1000), node]).filter(([n]) => n < Infinity)
    .sort((a, b) => a[0] - b[0] || (a[1].name < b[1].name ? -1 : 1)).map(([, node]) => node);
}

function found(text) {
  return ranked((words) => least(words.map((w) => { const i = w.indexOf(text); return i < 0 ? Infinity : i + w.length / 1000; })));
}

function near(text) {
  const far = Math.max(1, Math.floor(text.length / 3));
  return ranked((words) => least(words.map((w) => { const d = distance(text, w.slice(0, text.length + far)); return d > far ? Infinity : d; }))).slice(0, 5);
}

function hitButtons(title, hits) {
  const made = make("div", "", "joined hits");
  made.append(make("p", title, "hint"));
  for (const node of hits.slice(0, 8)) made.append(pushButton(node.name, "goto", () => { openNode(node.id); reveal(); }));
  return hits.length ? [made] : [];
}

/* The panel may lie below the window: a button beside the search leads to what was found. */
function offer(text) {
  at("go").textContent = text;
  at("go").hidden = !text;
}

function search() {
  const text = folded(find.value);
  offer("");
  if (!find.value.trim()) {
    rest();
    remember();
    return;
  }
  const hits = found(text);
  if (hits.length) {
    openNode(hits[0].id, ...hitButtons("Also found", hits.slice(1)));
    offer(`Go to ${hits[0].name}`);
    return;
  }
  rest();
  const close = near(text);
  put(make("p", `Nothing here answers to “${find.value}”. The boxes of the drawing are listed below it.`, "hint"), ...hitButtons("Did you mean", close));
  offer(close.length ? "Nothing found; what is near" : "Nothing found");
  say.textContent = close.length ? `nothing found; did you mean ${close[0].name}?` : "nothing found";
  remember();
}
