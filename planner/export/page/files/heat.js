/** A slider over the columns of a heat map, and its processes as tiles. */
function heat(root, number) {
  const columns = [...root.querySelectorAll("thead th")].slice(1);
  const rows = [...root.querySelectorAll("tbody tr")].map((row) => ({
    name: row.querySelector("th").textContent,
    goal: row.dataset.goal,
    cells: [...row.querySelectorAll("td")],
  }));
  if (columns.length < 2 || !rows.length) return;
  const panel = make("div", "heat-panel");
  const line = make("div", "bar-line");
  const label = make("label", "", words.heat);
  const range = make("input");
  range.type = "range";
  range.min = "0";
  range.max = String(columns.length - 1);
  range.step = "1";
  range.value = "0";
  range.id = label.htmlFor = `heat-${number}`;
  const output = make("output");
  output.htmlFor = range.id;
  const tiles = make("ul", "tiles");
  tiles.tabIndex = 0;
  tiles.setAttribute("aria-label", words.tiles);
  const made = rows.map((row) => {
    const tile = make("li", "tile");
    const name = make("span", "called", row.name);
    name.title = row.name;
    const level = make("b");
    const note = make("small");
    tile.append(name, level, note);
    tiles.append(tile);
    return { tile, level, note };
  });

  function show() {
    const at = Number(range.value);
    let risen = 0;
    rows.forEach((row, index) => {
      const { tile, level, note } = made[index];
      const now = row.cells[at].textContent;
      const was = at ? row.cells[at - 1].textContent : now;
      const rises = Number(now) > Number(was);
      risen += rises ? 1 : 0;
      tile.className = `tile l${now}${rises ? " risen" : ""}`;
      level.textContent = now;
      const goal = fill(words.goal, { level: row.goal });
      note.textContent = rises ? `${fill(words.was, { level: was })} · ${goal}` : goal;
      row.cells.forEach((cell, column) => cell.classList.toggle("here", column === at));
    });
    const name = columns[at].textContent;
    range.setAttribute("aria-valuetext", name);
    output.textContent = at ? `${name} - ${fill(words.rises, { n: risen })}` : name;
  }

  range.addEventListener("input", show);
  line.append(label, range, output);
  panel.append(line, tiles);
  root.querySelector(".slider").append(panel);
  show();
}

document.querySelectorAll(".heat").forEach(heat);
