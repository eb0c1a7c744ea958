const LONG = 9;
const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });

/** Columns to sort by, and a field to search in where a table is long. */
function table(root) {
  const body = root.querySelector("tbody");
  const heads = [...root.querySelectorAll("thead th")];
  const rows = [...body.rows];
  if (rows.length < 2) return;
  heads.forEach((head, column) => {
    const title = head.querySelector(".clip");
    const text = title.textContent;
    const one = button("", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      sort(column, down);
    });
    one.title = fill(words.sort, { column: text });
    one.append(title);
    head.append(one);
  });

  function sort(column, down) {
    const keys = new Map(rows.map((row) => [row, key(row.cells[column])]));
    const sign = down ? -1 : 1;
    rows.sort((one, other) => compare(keys.get(one), keys.get(other), sign));
    body.append(...rows);
  }

  if (rows.length < LONG) return;
  const status = live("status");
  const tell = onPaper(root);
  let texts;
  const { name, input } = search(words.search, (typed) => {
    texts ??= rows.map((row) => folded(row.textContent));
    filter(typed);
  });
  const all = [...rows];

  function filter(typed) {
    let shown = 0;
    all.forEach((row, index) => {
      const here = typed.every((word) => texts[index].includes(word));
      if (row.hidden === here) row.hidden = !here;
      shown += here ? 1 : 0;
    });
    status.textContent = fill(words.rows, { n: shown, total: all.length });
    tell(typed.length ? status.textContent : "");
  }

  const line = make("div", "find");
  line.append(name, input, status);
  root.prepend(line);
}

/** What a cell is sorted by: a number where it is one, else its text. */
function key(cell) {
  const text = cell.dataset.value ?? cell.textContent;
  return text === "" || Number.isNaN(Number(text)) ? text : Number(text);
}

/** Numbers before texts, empty cells last whichever way. */
function compare(one, other, sign) {
  if (one === "" || other === "") return (one === "") - (other === "");
  if (typeof one !== typeof other) return sign * (typeof one === "number" ? -1 : 1);
  return sign * (typeof one === "number" ? one - other : collator.compare(one, other));
}

document.querySelectorAll(".table").forEach(table);
