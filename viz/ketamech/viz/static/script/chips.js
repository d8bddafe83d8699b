/* The boxes as a list: the way in for the keyboard, one stop of Tab. */

function listBoxes({ boxes: found }) {
  const order = [...found].sort((a, b) => a.x - b.x || a.y - b.y);
  boxes.replaceChildren(...order.map((box, i) => {
    const node = nodeById.get(box.id), its = tone(node.stage);
    const chip = make("button", node.name, "chip");
    chip.type = "button";
    chip.tabIndex = i ? -1 : 0;
    chip.dataset.node = box.id;
    chip.title = node.stage;
    Object.assign(chip.style, { background: its.fill, borderColor: its.border, color: its.ink });
    const item = document.createElement("li");
    item.append(chip);
    return item;
  }));
}

function walk(chip, key) {
  const all = [...boxes.querySelectorAll(".chip")];
  const here = all.indexOf(chip);
  const next = { ArrowRight: here + 1, ArrowDown: here + 1, ArrowLeft: here - 1, ArrowUp: here - 1, Home: 0, End: all.length - 1 }[key];
  const goal = all[Math.min(Math.max(next, 0), all.length - 1)];
  chip.tabIndex = -1;
  goal.tabIndex = 0;
  goal.focus();
}

/* Along the chosen path, step by step. */
function walkPath(by) {
  const steps = pathNow().edges;
  const next = steps.indexOf(state.edge) + by;
  openEdge(steps[Math.min(Math.max(next, 0), steps.length - 1)]);
}
