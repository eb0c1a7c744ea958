/** Bars from which a chart has a window of its own, with its head always in sight. */
const MANY = 40;

/** Filters, keys, details and dependencies of a time line. */
function timeline(root, told) {
  const chart = root.querySelector(".chart");
  const board = root.querySelector(".board");
  const rows = [...chart.querySelectorAll(".bar")];
  const groups = [...chart.querySelectorAll(".group")];
  const bars = told.bars.map((bar, index) => ({
    ...bar,
    row: rows[index],
    phase: rows[index].closest(".group").dataset.phase,
    streams: rows[index].dataset.streams.split(" "),
    folded: folded(bar.name),
    neededBy: [],
  }));
  bars.forEach((bar, index) => bar.needs.forEach((need) => bars[need].neededBy.push(index)));
  const chosenFilters = { phase: new Set(), stream: new Set(), words: [] };
  const status = live("status");
  const heard = live("heard");
  const tell = onPaper(root);
  const panel = make("section", "panel");
  const ties = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  let chosen = -1;
  let reached = 0;

  function visible(bar) {
    const { phase, stream, words: typed } = chosenFilters;
    return (
      (!phase.size || phase.has(bar.phase)) &&
      (!stream.size || bar.streams.some((one) => stream.has(one))) &&
      typed.every((word) => bar.folded.includes(word))
    );
  }

  function filter() {
    let shown = 0;
    for (const bar of bars) {
      const here = visible(bar);
      if (bar.row.hidden === here) bar.row.hidden = !here;
      shown += here ? 1 : 0;
    }
    const filtered = chosenFilters.phase.size || chosenFilters.stream.size || chosenFilters.words.length;
    for (const group of groups) group.hidden = Boolean(filtered) && !group.querySelector(".bar:not([hidden])");
    status.textContent = fill(words.shown, { n: shown, total: bars.length });
    tell(filtered ? status.textContent : "");
    if (chosen >= 0 && bars[chosen].row.hidden) clear();
    if (bars[reached] && bars[reached].row.hidden) reach(bars.findIndex((bar) => !bar.row.hidden), false);
    draw();
  }

  function toggles(kind, word, choices) {
    const group = make("div", "group-of");
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", word);
    const buttons = make("span", "choices");
    group.append(make("span", "word", word), buttons);
    for (const [value, name] of choices) {
      const one = button(name, () => {
        const on = one.getAttribute("aria-pressed") !== "true";
        one.setAttribute("aria-pressed", String(on));
        if (on) chosenFilters[kind].add(value);
        else chosenFilters[kind].delete(value);
        filter();
      });
      one.title = name;
      one.dataset[kind] = value;
      one.setAttribute("aria-pressed", "false");
      buttons.append(one);
    }
    return group;
  }

  function controls() {
    const holder = root.querySelector(".controls");
    holder.setAttribute("role", "group");
    holder.setAttribute("aria-label", words.filter);
    if (told.phases.length > 1) {
      holder.append(toggles("phase", words.phases, told.phases.map((phase) => [String(phase.number), phase.name])));
    }
    if (told.streams.length > 1) {
      holder.append(toggles("stream", words.workstreams, told.streams.map((name, index) => [String(index), name])));
    }
    const line = make("div", "group-of");
    const { name, input } = search(words.find, (typed) => {
      chosenFilters.words = typed;
      filter();
    });
    const reset = button(words.reset, () => {
      for (const pressed of holder.querySelectorAll("[aria-pressed=true]")) pressed.setAttribute("aria-pressed", "false");
      chosenFilters.phase.clear();
      chosenFilters.stream.clear();
      chosenFilters.words = [];
      input.value = "";
      filter();
    });
    const choices = make("span", "choices");
    choices.append(input, reset, status, heard);
    line.append(name, choices);
    holder.append(line);
    return reset;
  }

  /** A list of other bars, each a button that leads to it. */
  function list(title, indices, none) {
    const part = document.createDocumentFragment();
    part.append(make("p", "subhead", title));
    if (!indices.length) {
      part.append(make("p", "", none));
      return part;
    }
    const names = make("ul");
    for (const index of indices) {
      const item = make("li");
      item.append(button(bars[index].name, () => go(index)));
      names.append(item);
    }
    part.append(names);
    return part;
  }

  function show(index) {
    panel.classList.toggle("pinned", chosen >= 0);
    const heading = make("p", "panel-title", index < 0 ? words.details : bars[index].name);
    if (index < 0) {
      panel.replaceChildren(heading, make("p", "", words.point));
      return;
    }
    const bar = bars[index];
    panel.replaceChildren(heading, ...bar.detail.map((line) => make("p", "", line)));
    panel.append(list(words.needs, bar.needs, words.no_needs), list(words.needed, bar.neededBy, words.not_needed));
    if (index === chosen) panel.append(button(words.clear, () => { const back = chosen; clear(); reach(back, true); }, "clear"));
  }

  function mark(index, className, word) {
    const row = bars[index].row;
    row.classList.add(className);
    row.querySelector(".name").prepend(make("span", "tag", word));
  }

  function unmark() {
    for (const tag of chart.querySelectorAll(".tag")) tag.remove();
    for (const row of chart.querySelectorAll(".before, .after")) row.classList.remove("before", "after");
    for (const row of chart.querySelectorAll("[aria-selected=true]")) row.setAttribute("aria-selected", "false");
    chart.classList.remove("choosing");
  }

  function choose(index) {
    unmark();
    chosen = index;
    const bar = bars[index];
    chart.classList.add("choosing");
    bar.row.setAttribute("aria-selected", "true");
    bar.needs.forEach((need) => mark(need, "before", words.is_needed));
    bar.neededBy.forEach((other) => mark(other, "after", words.is_needing));
    show(index);
    draw();
    const names = (found) => found.map((one) => bars[one].name).join(words.comma) || "-";
    heard.textContent = fill(words.chosen, { name: bar.name, needs: names(bar.needs), needed: names(bar.neededBy) });
  }

  function clear() {
    if (chosen < 0) return;
    chosen = -1;
    unmark();
    show(-1);
    draw();
    heard.textContent = words.cleared;
  }

  /** Makes a bar the one that is reached with the tab key. */
  function reach(index, focus) {
    if (index < 0) return;
    if (bars[reached]) bars[reached].row.tabIndex = -1;
    reached = index;
    bars[index].row.tabIndex = 0;
    if (focus) bars[index].row.focus();
  }

  function go(index) {
    if (bars[index].row.hidden) reset.click();
    reach(index, true);
    choose(index);
  }

  /** Arrows from what the chosen bar needs to it, and from it to what needs it. */
  function draw() {
    ties.replaceChildren();
    if (chosen < 0) return;
    const box = chart.getBoundingClientRect();
    ties.setAttribute("height", chart.scrollHeight);
    const place = (index) => {
      const at = bars[index].row.querySelector("rect").getBoundingClientRect();
      const y = at.top - box.top + chart.scrollTop + at.height / 2;
      return { left: at.left - box.left, right: at.right - box.left, y };
    };
    const tie = (from, to) => {
      if (bars[from].row.hidden || bars[to].row.hidden) return;
      const start = place(from);
      const end = place(to);
      const out = start.right + 8;
      const into = end.left - 8;
      const above = end.y + (start.y < end.y ? -11 : 11);
      const way = out <= into + 3 ? `H${out}V${end.y}` : `H${out}V${above}H${into}V${end.y}`;
      const path = `M${start.right} ${start.y}${way}H${end.left - 5}`;
      const head = `M${end.left} ${end.y}l-7 -3.5v7z`;
      for (const [shape, className] of [[path, "line"], [head, "head"]]) {
        const made = document.createElementNS("http://www.w3.org/2000/svg", "path");
        made.setAttribute("d", shape);
        made.setAttribute("class", className);
        ties.append(made);
      }
    };
    bars[chosen].needs.forEach((need) => tie(need, chosen));
    bars[chosen].neededBy.forEach((other) => tie(chosen, other));
  }

  function move(event) {
    const index = Number(event.target.dataset.index);
    const shown = bars.map((_bar, place) => place).filter((place) => !bars[place].row.hidden);
    const here = shown.indexOf(index);
    const to = {
      ArrowDown: here + 1, ArrowUp: here - 1, PageDown: here + 10, PageUp: here - 10, Home: 0, End: shown.length - 1,
    }[event.key];
    if (to !== undefined) reach(shown[Math.max(0, Math.min(to, shown.length - 1))], true);
    else if (event.key === "Enter" || event.key === " ") (index === chosen ? clear : choose)(index);
    else return;
    event.preventDefault();
  }

  if (!bars.length) return;
  const reset = controls();
  root.classList.add("interactive");
  root.classList.toggle("tall", bars.length > MANY);
  chart.setAttribute("role", "listbox");
  chart.setAttribute("aria-label", words.timeline);
  ties.setAttribute("class", "ties");
  ties.setAttribute("aria-hidden", "true");
  chart.append(ties);
  panel.setAttribute("aria-label", words.details);
  panel.tabIndex = 0;
  board.append(panel);
  for (const group of groups) {
    const head = group.querySelector(".phase");
    group.setAttribute("role", "group");
    group.setAttribute("aria-labelledby", head.id);
    head.setAttribute("role", "presentation");
    group.querySelector("ul").setAttribute("role", "presentation");
  }
  rows.forEach((row, index) => {
    row.setAttribute("role", "option");
    row.setAttribute("aria-selected", "false");
    row.tabIndex = index ? -1 : 0;
  });
  const rowOf = (event) => event.target.closest(".bar");
  chart.addEventListener("click", (event) => {
    const row = rowOf(event);
    if (!row) return;
    const index = Number(row.dataset.index);
    reach(index, true);
    (index === chosen ? clear : choose)(index);
  });
  chart.addEventListener("keydown", (event) => { if (rowOf(event)) move(event); });
  chart.addEventListener("focusin", (event) => { if (rowOf(event)) show(Number(rowOf(event).dataset.index)); });
  chart.addEventListener("mouseover", (event) => { if (rowOf(event)) show(Number(rowOf(event).dataset.index)); });
  chart.addEventListener("mouseleave", () => show(chosen));
  board.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || chosen < 0) return;
    const back = chosen;
    clear();
    reach(back, true);
  });
  new ResizeObserver(draw).observe(chart);
  show(-1);
  filter();
}

document.querySelectorAll(".timeline").forEach((root, index) => timeline(root, data.timelines[index]));
