// The lines of a digest: shows in empty fields what an entry says by itself, which line leads, and what is
// proposed but left out, with a button that puts it back.
(() => {
  const LINE = ".impact-entry-line";
  const PROPOSED = "[data-proposed]";
  // Wagtail keeps what is deleted in the form, hidden, until the page is saved.
  const DELETED = '[data-streamfield-child][aria-hidden="true"]';
  const { address, leads } = document.currentScript.dataset;
  const known = new Map();

  const isThere = (node) => !node.closest(DELETED);
  const lines = () => [...document.querySelectorAll(LINE)].filter(isThere);
  const field = (line, name) => line.querySelector(`[name$="-value-${name}"]`);
  const lead = () => document.querySelector("#id_lead")?.value ?? "";

  async function ask(keys) {
    const missing = keys.filter((key) => key && !known.has(key));
    if (!missing.length) return;
    missing.forEach((key) => known.set(key, {}));
    try {
      const query = new URLSearchParams(missing.map((key) => ["entry", key]));
      const response = await fetch(`${address}?${query}`, { headers: { Accept: "application/json" } });
      if (!response.ok) return;
      Object.entries(await response.json()).forEach(([key, said]) => known.set(key, said));
    } catch {
      // Without an answer the fields stay as they are; what is typed counts in any case.
    }
  }

  function suggest(input, text) {
    if (input && input.placeholder !== (text ?? "")) input.placeholder = text ?? "";
  }

  function describe(line) {
    const key = field(line, "entry")?.value;
    const said = known.get(key) ?? {};
    suggest(field(line, "title"), said.title);
    suggest(field(line, "sentence"), said.sentence);
    // In the line's head, so that it is seen while the line is folded.
    const head = line.closest("[data-streamfield-child]")?.querySelector("[data-panel-heading]");
    const note = head?.querySelector(".impact-leads");
    if (!key || key !== lead()) note?.remove();
    else if (head && !note) {
      const made = document.createElement("span");
      made.className = "w-status impact-leads";
      made.textContent = leads;
      head.append(made);
    }
  }

  // Shows of all that is proposed what stands nowhere.
  function compare(panel) {
    const here = new Set([lead(), ...lines().map((line) => field(line, "entry")?.value)]);
    const rows = [...panel.querySelectorAll("[data-entry]")];
    rows.forEach((row) => (row.hidden = here.has(row.dataset.entry)));
    panel.querySelector("section").hidden = rows.every((row) => row.hidden);
  }

  async function update() {
    const panel = document.querySelector(PROPOSED);
    if (!panel && !document.querySelector(LINE)) return;
    await ask([lead(), ...lines().map((line) => field(line, "entry")?.value)]);
    lines().forEach(describe);
    const said = known.get(lead()) ?? {};
    suggest(document.querySelector("#id_lead_title"), said.title);
    suggest(document.querySelector("#id_lead_sentence"), said.summary);
    if (panel) compare(panel);
  }

  // Puts an entry back below the heading that it was proposed under, else after the last entry.
  function putBack(row) {
    const stream = document.getElementById("body-root")?.rootBlock;
    if (!stream) return;
    const kinds = stream.children.map((child) => child.type);
    const heading = stream.children.findIndex(
      (child) => child.type === "heading" && child.block.getValue() === row.dataset.heading,
    );
    let place = kinds.lastIndexOf("entry") + 1;
    if (heading >= 0) {
      const next = kinds.indexOf("heading", heading + 1);
      place = next < 0 ? kinds.length : next;
    }
    const value = JSON.parse(row.dataset.state);
    const id = crypto.randomUUID?.() ?? null;
    stream.insert({ type: "entry", value, id }, place, { animate: true, focus: true });
    row.closest(PROPOSED).querySelector("[role=status]").textContent = row.dataset.said;
  }

  let waiting = 0;
  function updateSoon() {
    clearTimeout(waiting);
    waiting = setTimeout(update, 50);
  }

  document.addEventListener("click", (event) => {
    const row = event.target.closest(`${PROPOSED} button`)?.closest("[data-entry]");
    if (row) putBack(row);
  });
  document.addEventListener("change", (event) => {
    if (event.target.id === "id_lead" || event.target.closest(LINE)) updateSoon();
  });
  new MutationObserver((changes) => {
    const isNews = ({ type, target, addedNodes, removedNodes }) =>
      type === "attributes"
        ? target.matches("[data-streamfield-child]")
        : [...addedNodes, ...removedNodes].some(
            (node) => node.nodeType === 1 && (node.matches(LINE) || node.querySelector(LINE)),
          );
    if (changes.some(isNews)) updateSoon();
  }).observe(document.documentElement, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ["aria-hidden"],
  });
  document.addEventListener("DOMContentLoaded", updateSoon);
})();
