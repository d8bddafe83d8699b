/* The panel: the evidence of one arrow, what one box joins, and longer answers. */

const HINT = panel.firstElementChild.textContent;

function put(...children) {
  panel.replaceChildren(...children);
  panel.scrollTop = 0;
}

function reveal() {
  panel.scrollIntoView({ block: "nearest" });
}

function rest() {
  Object.assign(state, { edge: null, box: null });
  put(make("p", HINT, "hint"));
}

const countsTold = (edge) => {
  const against = edge.refuting ? `, ${edge.refuting} against` : "";
  return `${edge.supporting} for${against}${edge.noEffect ? `, ${edge.noEffect} no effect` : ""}`;
};

function openEdge(id) {
  const article = at(id), edge = edgeById.get(id);
  if (!edge || !article) return;
  Object.assign(state, { edge: id, box: null });
  const copy = article.cloneNode(true);
  copy.removeAttribute("id");
  copy.hidden = false;
  put(copy, ...leftOut(copy, edge), ...onward(id));
  say.textContent = `${edge.words}: ${countsTold(edge)}`;
  markEdge(id);
  remember();
}

/* Findings that the filters leave out stand behind a button: never summed away. */
function leftOut(copy, edge) {
  const its = verdictOf(edge.id);
  const items = [...copy.querySelectorAll(".item")].filter((item, i) => !its.kept[i]);
  items.forEach((item) => { item.hidden = true; });
  if (!items.length) return [];
  const button = pushButton(`Show ${counted(items.length, "finding")} that the filters leave out`, "more-items", () => {
    items.forEach((item) => { item.hidden = false; });
    button.remove();
  });
  return [button];
}

function onward(id) {
  const path = pathNow();
  if (!path || !path.edges.includes(id)) return [];
  const here = path.edges.indexOf(id), nav = make("p", "", "onward");
  const back = pushButton("‹ Step before", "", () => { walkPath(-1); reveal(); });
  const next = pushButton("Next step ›", "", () => { walkPath(1); reveal(); });
  back.disabled = here === 0;
  next.disabled = here === path.edges.length - 1;
  const list = pushButton("Back to the paths", "to-paths", () => at("lists").scrollIntoView());
  nav.append(back, make("span", `step ${here + 1} of ${path.edges.length}`, "hint"), next, list);
  return [nav];
}

function stepButtons(title, found) {
  const made = make("div", "", "joined");
  made.append(make("p", title, "hint"));
  for (const edge of found) {
    made.append(pushButton(`${edge.words} (${countsTold(edge)})`, "goto", () => { openEdge(edge.id); reveal(); }));
  }
  return found.length ? [made] : [];
}

function edgesNow() {
  const answer = answerNow();
  return [...new Set([...union(answer.paths).edges, ...(answer.wide ? answer.wide.edges : [])])].filter(stands).map((e) => edgeById.get(e));
}

function openNode(id, ...after) {
  const node = nodeById.get(id), answer = answerNow(), shown = edgesNow();
  Object.assign(state, { box: id, edge: null });
  const names = make("p", `${node.stage}: ${node.kind}. `, "hint");
  names.append(node.words.length > 2 ? `Also ${node.words.slice(2).join(", ")}. ` : "");
  const curie = make(node.link ? "a" : "span", node.words[1]);
  if (node.link) Object.assign(curie, { href: node.link, rel: "noreferrer noopener" });
  names.append(curie);
  put(make("h3", node.name), names, ...timesTold(id), ...elsewhere(id, answer),
    ...stepButtons("What acts on it", shown.filter((e) => e.to === id)),
    ...stepButtons("What it acts on", shown.filter((e) => e.from === id)), ...after);
  say.textContent = `${node.name}, ${node.stage}`;
  mark(id);
  remember();
}

function timesTold(id) {
  const time = answerNow().times[id], absent = absentNow(id), made = [];
  if (time && time.first !== null) made.push(make("p", `First seen ${hoursTold(time.first)} after the dose. Earlier hours were not looked at, unless a finding says so.`, "hint"));
  if (absent) made.push(make("p", `Not yet there ${windowTold()}: looked for and not seen by ${absent}.`, "hint"));
  return made;
}

function elsewhere(id, answer) {
  if (id in answer.places || (answer.wide && id in answer.wide.places)) return [];
  const told = make("p", "Not in this answer; drawn in: ", "hint");
  data.answers.forEach((other, i) => {
    if (!(id in other.places) && !(other.wide && id in other.wide.places)) return;
    told.append(pushButton(other.label || "All paths", "", () => { show(i, null); openNode(id); }), " ");
  });
  return [told];
}

/* The way back is another question: the page holds only what was asked, so it hands out the command. */
function openSwap() {
  const answer = answerNow();
  rest();
  put(make("h3", "The other way round"),
    make("p", "This page holds the paths that were asked for. Ask for those from the target to the source with:", "hint"),
    make("pre", answer.swapped, "command"));
  say.textContent = "the command for the other way round";
}
