/* The scene as an SVG picture in light colours, with title, legend, citation and version inside. */

const SVG = "http://www.w3.org/2000/svg";
const LIGHT = "light";

/* Characters that XML cannot hold. */
const clean = (text) => String(text).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");

function draw(parent, name, attributes = {}, text = null) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, clean(value));
  if (text !== null) made.textContent = clean(text);
  parent.append(made);
  return made;
}

const write = (parent, x, y, text, more = {}) => draw(parent, "text", { x, y, "font-family": FONT, "font-size": 14, fill: hue("ink", LIGHT), "dominant-baseline": "central", ...more }, text);

/* Break a text into lines of a width. */
function folding(text, wide, font) {
  const lines = [""];
  for (const word of text.split(/\s+/)) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (widthOf(longer, font) <= wide || !lines.at(-1)) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

function drawHeads(svg, its, box) {
  its.heads.forEach((head, i) => {
    const left = Math.max(head.x - data.column / 2, box.left), right = Math.min(head.x + data.column / 2, box.right);
    draw(svg, "rect", { x: left, y: box.top, width: right - left, height: box.bottom - box.top, fill: hue(i % 2 ? "card" : "band", LIGHT) });
    head.stages.forEach((name, line) => {
      const y = box.top + 18 + line * HEAD, start = head.x - (widthOf(name, `600 14px ${FONT}`) + 16) / 2;
      draw(svg, "circle", { cx: start + 5, cy: y, r: 5, fill: tone(name, LIGHT).fill, stroke: tone(name, LIGHT).border, "stroke-width": 1.5 });
      write(svg, start + 16, y, name, { fill: hue("soft", LIGHT), "font-weight": 600 });
    });
  });
}

function drawArrow(svg, arrow) {
  const curves = arrow.plainEnds ? [arrow.plainEnds] : curvesOf(arrow);
  const told = (pairs) => pairs.map((p) => p.map((n) => Number(n.toFixed(1))).join(" ")).join(", ");
  const d = `M ${told([curves[0][0]])} ${curves.map(([, b, c, e]) => `C ${told([b, c, e])}`).join(" ")}`;
  const line = { d, fill: "none" };
  if (arrow.disputed) draw(svg, "path", { ...line, stroke: hue("halo", LIGHT), "stroke-width": arrow.width + 7 });
  draw(svg, "path", { ...line, stroke: arrow.hue, "stroke-width": arrow.width, ...(arrow.dashes ? { "stroke-dasharray": arrow.dashes.join(" ") } : {}) });
  drawTip(svg, curves.at(-1)[0], curves.at(-1)[3], arrow.sign, arrow.hue);
}

function drawTip(svg, from, to, sign, colour) {
  const far = Math.hypot(to[0] - from[0], to[1] - from[1]) || 1;
  const [ux, uy] = [(to[0] - from[0]) / far, (to[1] - from[1]) / far];
  const spot = (along, across) => `${(to[0] - along * ux - across * uy).toFixed(1)} ${(to[1] - along * uy + across * ux).toFixed(1)}`;
  if (sign === "plus") draw(svg, "path", { d: `M ${spot(0, 0)} L ${spot(11, 4.5)} L ${spot(11, -4.5)} Z`, fill: colour });
  else if (sign === "minus") draw(svg, "path", { d: `M ${spot(1, 6)} L ${spot(1, -6)}`, stroke: colour, "stroke-width": 2.4 });
  else draw(svg, "circle", { cx: spot(4, 0).split(" ")[0], cy: spot(4, 0).split(" ")[1], r: 4, fill: colour });
}

function drawBox(svg, box) {
  draw(svg, "rect", {
    x: box.x - box.wide / 2, y: box.y - box.high / 2, width: box.wide, height: box.high, rx: 5, fill: box.fill, stroke: box.border,
    "stroke-width": box.quiet ? 1 : 1.5, ...(box.later === null ? {} : { "stroke-dasharray": "4 3" }),
  });
  box.lines.forEach((line, i) => write(svg, box.x, box.y + (i - (box.lines.length - 1) / 2) * 14, line, { "text-anchor": "middle", fill: box.ink }));
}

function drawBadge(svg, badge) {
  badge.lines.forEach((text, i) => write(svg, badge.x, badge.y + (i ? 15 * i : -14), text, {
    "text-anchor": "middle", fill: hue(i ? "bad" : "good", LIGHT), stroke: hue("card", LIGHT), "stroke-width": 4, "stroke-linejoin": "round", "paint-order": "stroke",
  }));
}

/* The legend in rows; gives the height it took. */
function drawLegend(svg, left, top, wide) {
  const rows = [
    ["raises or activates", { sign: "plus" }], ["lowers or inhibits", { sign: "minus", dashes: [8, 5] }], ["direction not given", { sign: "open", dashes: [2, 5] }],
    ["disputed", { sign: "plus", disputed: true }], ["thin: derived from experiments", { sign: "plus", thin: true }],
    [`${GLYPHS.for} findings for, ${GLYPHS.against} against, ${GLYPHS.none} no effect seen`, null],
    ...(scene.boxes.some((b) => b.later !== null) ? [["dashed box: first seen later", null]] : []),
  ];
  let x = left, y = top;
  for (const [text, sample] of rows) {
    const room = (sample ? 46 : 0) + widthOf(text, `13px ${FONT}`) + 24;
    if (x + room > left + wide && x > left) [x, y] = [left, y + 22];
    if (sample) {
      const arrow = { points: [[x, y], [x + 36, y]], backward: true, disputed: false, dashes: null, width: sample.thin ? 1.2 : 2.2, hue: hue(sample.sign, LIGHT), ...sample };
      drawArrow(svg, arrow);
    }
    write(svg, x + (sample ? 46 : 0), y, text, { "font-size": 13, fill: hue("soft", LIGHT) });
    x += room;
  }
  return y - top + 24;
}

function pictureNow() {
  const its = sceneOf(LIGHT), box = edgesOf(its), head = headNow();
  const wide = Math.max(box.right - box.left, 720), inner = wide - 32;
  const places = new Map(its.boxes.map((b) => [b.id, b]));
  const svg = document.createElementNS(SVG, "svg");
  draw(svg, "title", {}, head.title);
  draw(svg, "desc", {}, [head.question, head.path, head.filters, head.counts, head.citation].filter(Boolean).join(". "));
  const ground = draw(svg, "rect", { fill: hue("card", LIGHT) });
  let y = 26;
  for (const line of folding(head.title, inner, `20px ${FONT}`)) { write(svg, 16, y, line, { "font-size": 20 }); y += 26; }
  for (const text of [head.question, head.filters && `Filters: ${head.filters} (${head.counts})`].filter(Boolean)) {
    for (const line of folding(text, inner, `13px ${FONT}`)) { write(svg, 16, y, line, { "font-size": 13, fill: hue("soft", LIGHT) }); y += 18; }
  }
  const drawn = draw(svg, "g", { transform: `translate(${((wide - (box.right - box.left)) / 2 - box.left).toFixed(1)} ${y + 4 - box.top})` });
  drawHeads(drawn, its, box);
  for (const arrow of its.arrows) {
    if (its.plain) {
      const [a, b] = [places.get(arrow.from), places.get(arrow.to)], ends = [[a.x + a.wide / 2, a.y], [b.x - b.wide / 2, b.y]];
      arrow.plainEnds = [ends[0], ends[0], ends[0], ends[1]];
    }
    drawArrow(drawn, arrow);
  }
  its.boxes.forEach((b) => drawBox(drawn, b));
  its.badges.forEach((b) => drawBadge(drawn, b));
  y += 4 + box.bottom - box.top + 22;
  y += drawLegend(svg, 16, y, inner);
  for (const line of folding(`${head.citation}. ${head.note} Cite it together with the papers themselves.`, inner, `13px ${FONT}`)) {
    write(svg, 16, y, line, { "font-size": 13 });
    y += 18;
  }
  const high = Math.ceil(y + 6);
  for (const [name, value] of Object.entries({ width: wide, height: high })) { ground.setAttribute(name, value); svg.setAttribute(name, value); }
  svg.setAttribute("viewBox", `0 0 ${wide} ${high}`);
  return { text: new XMLSerializer().serializeToString(svg), wide, high };
}
