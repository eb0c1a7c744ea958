const data = JSON.parse(document.getElementById("page-data").textContent);
const words = data.words;

/** A new element with a class and a text. */
function make(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

/** A button that does something. */
function button(text, action, className) {
  const made = make("button", className, text);
  made.type = "button";
  made.addEventListener("click", action);
  return made;
}

/** `pattern` with values in the place of {names}. */
function fill(pattern, values) {
  return pattern.replace(/\{(\w+)\}/g, (_whole, name) => String(values[name]));
}

/** A text as it is compared with what a person types. */
function folded(text) {
  return text.normalize("NFKC").toLowerCase();
}

/** A line that is read out when it changes. */
function live(className) {
  const made = make("span", className);
  made.setAttribute("role", "status");
  return made;
}

/** A line that is only printed: it says that not everything is shown. Empty for everything. */
function onPaper(root) {
  const made = make("p", "note on-paper");
  made.hidden = true;
  root.append(made);
  return (text) => {
    made.textContent = text;
    made.hidden = !text;
  };
}

let fields = 0;

/** A field to search in and its label; calls `action` with the words typed. */
function search(label, action) {
  const name = make("label", "word", label);
  const input = make("input");
  input.type = "search";
  input.id = name.htmlFor = `find-${++fields}`;
  let waiting = 0;
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => action(folded(input.value).split(/\s+/).filter(Boolean)), 80);
  });
  return { name, input };
}
