// Says in each section of a yearly report how many stories it holds and shows, as the editor chooses.
// Screen readers hear it when a choice changes the numbers. Names the buttons that add to a list.
(() => {
  const SECTION = ".impact-counted";
  // Wagtail keeps what is deleted in the form, hidden, until the page is saved.
  const CHILD = "[data-streamfield-child]";
  const DELETED = `${CHILD}[aria-hidden="true"]`;
  const ADD = "[data-streamfield-list-add]";
  const address = document.currentScript.dataset.address;

  const isThere = (node) => !node.closest(DELETED);
  const field = (section, name) => section.querySelector(`[name$="-${name}"]`);

  // The keys that are chosen in a list of the section.
  const chosen = (section, list) =>
    [...section.querySelectorAll(`[data-contentpath="${list}"] input[name$="-value"]`)]
      .filter((input) => input.value && isThere(input))
      .map((input) => [list, input.value]);

  // The categories that have a section.
  const named = () =>
    [...document.querySelectorAll(`${SECTION} [name$="-category"]`)]
      .filter((each) => each.value && isThere(each))
      .map((each) => ["except", each.value]);

  // What to ask for a section; null while it is about nothing.
  function question(section) {
    const about = ["category", "tag"].find((name) => field(section, name));
    const key = about && field(section, about).value;
    if (about && !key) return null;
    const choices = [...chosen(section, "first"), ...chosen(section, "left_out")];
    const limit = field(section, "limit")?.value;
    return new URLSearchParams([
      ...(about ? [[about, key]] : named()),
      ...choices,
      ...(limit ? [["limit", limit]] : []),
    ]);
  }

  function output(section) {
    let found = section.querySelector(":scope > .impact-count");
    if (!found) {
      found = document.createElement("p");
      found.className = "impact-count";
      section.prepend(found);
    }
    return found;
  }

  async function update(section) {
    const year = document.querySelector("#id_year")?.value;
    const asked = /^\d{4}$/.test(year ?? "") ? question(section) : null;
    const place = output(section);
    const url = asked ? `${address.replace("/0/", `/${year}/`)}?${asked}` : "";
    if (place.dataset.asked === url) return;
    place.dataset.asked = url;
    const text = url ? await answer(url) : "";
    // A slow answer to an earlier choice is none to this one.
    if (place.dataset.asked !== url) return;
    place.textContent = text;
    // From now on, changes are spoken; the first words of a dozen sections at once would be noise.
    place.setAttribute("role", "status");
  }

  // Without an answer nothing is said: a number of before would be wrong.
  async function answer(url) {
    try {
      const response = await fetch(url, { headers: { Accept: "application/json" } });
      return response.ok ? (await response.json()).text : "";
    } catch {
      return "";
    }
  }

  // Wagtail calls all of these buttons "Add"; who can't see where they stand hears to what.
  function nameButton(button) {
    const label = button.closest("[data-contentpath]")?.querySelector(":scope > label");
    if (label) button.setAttribute("aria-label", `${button.title}: ${label.textContent.trim()}`);
  }

  // Who adds a row to a list goes on there: Wagtail means to, but chooses a button that is hidden.
  function enter(row) {
    if (document.activeElement?.matches(ADD)) row.querySelector(".chooser.blank .unchosen button")?.focus();
  }

  let waiting = 0;
  function updateSoon() {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      document.querySelectorAll(SECTION).forEach((section) => isThere(section) && update(section));
      document.querySelectorAll(`${ADD}:not([aria-label])`).forEach(nameButton);
    }, 50);
  }

  const isWatched = (node) =>
    node.nodeType === 1 && [SECTION, CHILD, ADD].some((each) => node.matches(each) || node.querySelector(each));

  document.addEventListener("change", (event) => {
    if (event.target.id === "id_year" || event.target.closest(SECTION)) updateSoon();
  });
  new MutationObserver((changes) => {
    const isNews = ({ type, target, addedNodes, removedNodes }) =>
      type === "attributes" ? target.matches(CHILD) : [...addedNodes, ...removedNodes].some(isWatched);
    if (!changes.some(isNews)) return;
    updateSoon();
    const rows = changes
      .flatMap(({ addedNodes }) => [...addedNodes])
      .filter((node) => node.nodeType === 1 && node.matches(CHILD));
    // A row slides open; nothing in it takes the focus before it has begun to.
    setTimeout(() => rows.forEach(enter), 50);
  }).observe(document.documentElement, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ["aria-hidden"],
  });
  document.addEventListener("DOMContentLoaded", updateSoon);
})();
