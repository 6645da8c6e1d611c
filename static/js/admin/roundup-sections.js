// Says in each section of a yearly report how many stories it holds, as the editor chooses.
// Screen readers hear it when a choice changes the number.
(() => {
  const SECTION = ".impact-counted";
  const address = document.currentScript.dataset.address;

  const field = (section, name) => section.querySelector(`[name$="-${name}"]`);

  function question(section) {
    const category = field(section, "category");
    const tag = field(section, "tag");
    if (category) return category.value ? new URLSearchParams({ category: category.value }) : null;
    if (tag) return tag.value ? new URLSearchParams({ tag: tag.value }) : null;
    // All other stories: those of categories that have no section.
    const named = [...document.querySelectorAll(`${SECTION} [name$="-category"]`)];
    return new URLSearchParams(named.filter((each) => each.value).map((each) => ["except", each.value]));
  }

  function output(section) {
    let found = section.querySelector(":scope > .impact-count");
    if (!found) {
      found = document.createElement("p");
      found.className = "impact-count";
      found.setAttribute("role", "status");
      section.prepend(found);
    }
    return found;
  }

  async function update(section) {
    const year = document.querySelector("#id_year")?.value;
    const asked = /^\d{4}$/.test(year ?? "") ? question(section) : null;
    const place = output(section);
    if (!asked) {
      place.textContent = "";
      return;
    }
    const url = `${address.replace("/0/", `/${year}/`)}?${asked}`;
    place.dataset.asked = url;
    const response = await fetch(url, { headers: { Accept: "application/json" } });
    // A slow answer to an earlier choice is none to this one.
    if (response.ok && place.dataset.asked === url) {
      const { text } = await response.json();
      if (place.textContent !== text) place.textContent = text;
    }
  }

  const updateAll = () => document.querySelectorAll(SECTION).forEach(update);

  document.addEventListener("change", (event) => {
    if (event.target.id === "id_year" || event.target.closest(SECTION)) updateAll();
  });
  new MutationObserver((changes) => {
    const nodes = changes.flatMap((change) => [...change.addedNodes, ...change.removedNodes]);
    if (nodes.some((node) => node.nodeType === 1 && (node.matches(SECTION) || node.querySelector(SECTION)))) {
      updateAll();
    }
  }).observe(document.documentElement, { childList: true, subtree: true });
  document.addEventListener("DOMContentLoaded", updateAll);
})();
