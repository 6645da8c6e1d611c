// The gallery with JavaScript: a choice changes results and counts in place. Without it, links and a form do the same.

const gallery = document.getElementById("gallery");
const announcement = document.getElementById("announcement");
// What a visitor has opened and typed in the rail; the rail is replaced with every answer.
const kept = { open: new Set(), typed: new Map() };

/** Give a long facet a field that narrows its list while one types. */
function addFinder(details) {
  const input = document.createElement("input");
  input.type = "search";
  input.id = `find-${details.id}`;
  input.className = "facet-find";
  input.placeholder = details.dataset.find;
  input.setAttribute("aria-label", `${details.dataset.find}: ${title(details)}`);
  input.addEventListener("input", () => narrow(details, input.value));
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  details.querySelector("summary").after(input);
}

/** The facet's name, for those who can't see where the field stands. */
function title(details) {
  return details.closest("section").querySelector(".facet-title").textContent;
}

/** Compare without accents and case, as people type. */
function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

function narrow(details, text) {
  const wanted = fold(text.trim());
  for (const item of details.querySelectorAll("li")) {
    item.hidden = !fold(item.querySelector(".facet-name").textContent).includes(wanted);
  }
}

function enhance() {
  for (const details of gallery.querySelectorAll("details[data-find]")) {
    if (!details.querySelector(".facet-find")) addFinder(details);
  }
}

function remember() {
  kept.open = new Set([...gallery.querySelectorAll("details[open]")].map((details) => details.id));
  kept.typed = new Map([...gallery.querySelectorAll(".facet-find")].map((input) => [input.id, input.value]));
}

function restore() {
  for (const id of kept.open) document.getElementById(id)?.setAttribute("open", "");
  for (const [id, value] of kept.typed) {
    const input = document.getElementById(id);
    if (!input || !value) continue;
    input.value = value;
    narrow(input.closest("details"), value);
  }
}

/** Say what is shown now, and leave nobody at the top of the page because their link is gone. */
function report(from) {
  const heading = document.getElementById("results-heading");
  announcement.textContent = heading.textContent.trim();
  const lost = !document.activeElement || document.activeElement === document.body;
  if (lost && document.getElementById("filters").matches(":popover-open")) {
    document.getElementById(from)?.focus() ?? document.getElementById("filters-show").focus();
  } else if (lost) {
    heading.focus({ preventScroll: true });
  }
}

document.body.addEventListener("htmx:beforeSwap", remember);
document.body.addEventListener("htmx:afterSwap", () => {
  enhance();
  restore();
});
document.body.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.elt.id === "results") report(event.detail.requestConfig?.elt?.id);
});
// Whatever goes wrong in between: the address itself works.
for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.body.addEventListener(failure, (event) => {
    window.location.assign(event.detail.pathInfo.finalRequestPath);
  });
}
// A sheet that was open on a narrow window must not hang over a wide one.
window.matchMedia("(min-width: 62rem)").addEventListener("change", () => {
  const filters = document.getElementById("filters");
  if (filters.matches(":popover-open")) filters.hidePopover();
});

enhance();
