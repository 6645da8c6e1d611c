// Suggestions below a search field while one types: a combobox with a list, after the pattern of WAI-ARIA.
// Without it, or when it fails, the form searches as it does anyway.

// Milliseconds without another letter before anything is asked.
const WAIT = 160;
const boxes = new WeakMap();
let number = 0;

/** Where the count is said to those who can't see the list; it has to be there before it changes. */
const status = document.createElement("p");
status.className = "visually-hidden";
status.setAttribute("role", "status");
document.body.append(status);

function element(name, className, attributes = {}, text = "") {
  const made = document.createElement(name);
  made.className = className;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = text;
  return made;
}

class Combobox {
  constructor(input) {
    number += 1;
    this.input = input;
    this.id = `suggestions-${number}`;
    this.list = element("div", "suggestions", { id: this.id, role: "listbox" });
    this.list.hidden = true;
    this.active = -1;
    (input.closest(".field") ?? input.form).append(this.list);
    input.autocomplete = "off";
    for (const [key, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.id,
    })) input.setAttribute(key, value);
    input.addEventListener("input", () => this.ask());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => this.close());
    input.form.addEventListener("submit", () => this.close());
    // The field keeps the focus while something is chosen with a pointer.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.go(event.target.closest("[role=option]")));
  }

  get options() {
    return [...this.list.querySelectorAll("[role=option]")];
  }

  ask() {
    clearTimeout(this.timer);
    // What is still on its way answers what nobody asks any more.
    this.request?.abort();
    if (this.input.value.trim().length < 2) {
      this.close();
      return;
    }
    this.timer = setTimeout(() => this.fetch(), WAIT);
  }

  async fetch() {
    const request = (this.request = new AbortController());
    const query = new URLSearchParams(
      [...new FormData(this.input.form)].filter(([, value]) => typeof value === "string" && value),
    );
    try {
      const response = await fetch(`${this.input.dataset.suggest}?${query}`, { signal: request.signal });
      if (!response.ok) throw new Error(response.statusText);
      const found = await response.json();
      if (request.signal.aborted) return;
      this.show(found);
    } catch {
      if (!request.signal.aborted) this.close();
    }
  }

  show({ label, status: said, groups }) {
    if (document.activeElement !== this.input) return;
    this.list.setAttribute("aria-label", label);
    this.list.replaceChildren(...groups.map((group, place) => this.group(group, place)));
    this.mark(-1);
    this.open(groups.length > 0);
    status.textContent = said;
  }

  group({ label, options }, place) {
    const id = `${this.id}-${place}`;
    const made = element("div", "suggestions-group", { role: "group", "aria-labelledby": id });
    made.append(element("div", "suggestions-label", { id, role: "presentation" }, label));
    options.forEach(({ text, url, detail, lang }, row) => {
      const option = element("div", "suggestion", { role: "option", id: `${id}-${row}`, "aria-selected": "false" });
      option.dataset.url = url;
      option.append(element("span", "suggestion-text", lang ? { lang } : {}, text));
      if (detail) option.append(" ", element("span", "suggestion-detail", {}, detail));
      made.append(option);
    });
    return made;
  }

  key(event) {
    const { options } = this;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps && options.length && !event.altKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      if (this.list.hidden) this.open(true);
      // One place more than there are options: the field itself.
      const places = options.length + 1;
      this.mark(((this.active + 1 + steps[event.key] + places) % places) - 1);
    } else if (event.key === "Escape" && !this.list.hidden) {
      // The first one closes the list alone, and nothing around it.
      event.preventDefault();
      event.stopPropagation();
      this.close();
    } else if (event.key === "Enter" && !this.list.hidden && this.active >= 0) {
      event.preventDefault();
      this.go(options[this.active]);
    }
  }

  mark(place) {
    this.active = place;
    this.options.forEach((option, row) => option.setAttribute("aria-selected", String(row === place)));
    const option = this.options[place];
    if (option) {
      this.input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      this.input.removeAttribute("aria-activedescendant");
    }
  }

  go(option) {
    if (option) window.location.assign(option.dataset.url);
  }

  open(shown) {
    this.list.hidden = !shown;
    this.input.setAttribute("aria-expanded", String(shown));
  }

  close() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.mark(-1);
    this.open(false);
    status.textContent = "";
  }
}

// The rail of the gallery is replaced with every choice, so a field is met when somebody enters it.
function meet(target) {
  if (target?.matches?.("input[data-suggest]") && !boxes.has(target)) boxes.set(target, new Combobox(target));
}

document.addEventListener("focusin", (event) => meet(event.target));
meet(document.activeElement);
