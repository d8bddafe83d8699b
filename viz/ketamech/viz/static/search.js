(() => {
  "use strict";
  const entries = JSON.parse(document.getElementById("index").textContent);
  const box = document.getElementById("q");
  const hits = document.getElementById("hits");
  const said = document.getElementById("said");
  const MOST = 40, CLOSE = 8;
  const greek = { "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "κ": "kappa", "μ": "mu", "σ": "sigma", "ω": "omega" };
  const fold = (text) => text.normalize("NFKD").toLowerCase().replace(/[αβγδκμσω]/g, (c) => greek[c])
    .replace(/[\u0300-\u036f]/g, "").replace(/[^a-z0-9.:/]+/g, " ").trim();
  /* A DOI or PubMed number as it is copied: with its web address or its prefix. */
  const bare = (text) => text.trim()
    .replace(/^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:\s*)(?=10\.)/i, "")
    .replace(/^(?:https?:\/\/pubmed\.ncbi\.nlm\.nih\.gov\/|pmid[:\s]\s*)(\d+)\/?$/i, "$1");
  const folded = entries.map(([name, , , more]) => [fold(name), more.map(fold)]);
  const rank = (i, asked, words) => {
    const [name, more] = folded[i];
    if (name === asked || more.includes(asked)) return 0;
    if (name.startsWith(asked)) return 1;
    if (more.some((m) => m.startsWith(asked))) return 2;
    const all = [name, ...more].join(" ");
    if (all.includes(asked)) return 3;
    return words.every((w) => all.includes(w)) ? 4 : -1;
  };
  /* Letters to change until the asked text is a name (or, half a letter worse, the beginning of one). */
  const distance = (asked, name) => {
    let row = [...Array(name.length + 1).keys()];
    for (let i = 1; i <= asked.length; i += 1) {
      const next = [i];
      for (let j = 1; j <= name.length; j += 1) next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (asked[i - 1] === name[j - 1] ? 0 : 1)));
      row = next;
    }
    return Math.min(row[name.length], Math.min(...row) + 0.5);
  };
  const near = (asked) => {
    const far = asked.length < 4 ? 0 : Math.min(3, Math.max(1, Math.floor(asked.length / 4))) + 0.5;
    const least = ([name, more]) => Math.min(...[name, ...more].map((n) => distance(asked, n.slice(0, asked.length + 4))));
    return folded.map((names, i) => [far ? least(names) : Infinity, i]).filter(([d]) => d <= far)
      .sort((a, b) => a[0] - b[0] || a[1] - b[1]).slice(0, CLOSE);
  };
  const find = () => {
    const asked = fold(bare(box.value));
    hits.replaceChildren();
    said.textContent = "";
    if (!asked) return;
    const words = asked.split(" ");
    const found = entries.map((_, i) => [rank(i, asked, words), i]).filter(([r]) => r >= 0);
    found.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    const close = found.length ? [] : near(asked);
    for (const [, i] of [...found.slice(0, MOST), ...close]) {
      const [name, kind, address] = entries[i];
      const line = document.createElement("li");
      const link = document.createElement("a");
      link.href = address;
      link.textContent = name;
      const word = document.createElement("span");
      word.className = "kind";
      word.textContent = kind;
      line.append(link, word);
      hits.append(line);
    }
    const more = found.length > MOST ? `, the first ${MOST} shown` : "";
    const none = close.length ? "Nothing answers to this; did you mean one of these?" : "Nothing answers to this; all pages are listed below.";
    said.textContent = found.length ? `${found.length} found${more}` : none;
  };
  document.getElementById("search").hidden = false;
  box.addEventListener("input", find);
  box.addEventListener("keydown", (event) => {
    const first = hits.querySelector("a");
    if (event.key === "Enter" && first) first.click();
    if (event.key === "Escape") { box.value = ""; find(); }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && document.activeElement !== box) { event.preventDefault(); box.focus(); }
  });
  find();
})();
