(() => {
  "use strict";
  const entries = JSON.parse(document.getElementById("index").textContent);
  const box = document.getElementById("q");
  const hits = document.getElementById("hits");
  const said = document.getElementById("said");
  const MOST = 40;
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
  const find = () => {
    const asked = fold(bare(box.value));
    hits.replaceChildren();
    said.textContent = "";
    if (!asked) return;
    const words = asked.split(" ");
    const found = entries.map((_, i) => [rank(i, asked, words), i]).filter(([r]) => r >= 0);
    found.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    for (const [, i] of found.slice(0, MOST)) {
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
    said.textContent = found.length ? `${found.length} found${more}` : "Nothing answers to this; all pages are listed below.";
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
