// A note opens beside its mark. Without this, or without popovers, a mark is a link to the note at the end.

// Pixels between a mark and its note, and between a note and the edge of the window.
const GAP = 8;
const EDGE = 16;
const narrow = window.matchMedia("(max-width: 40rem)");

/** The note of a mark as a popover right behind the mark, so that reading and Tab go on into it. */
function popover(mark, note) {
  const made = document.createElement("span");
  made.className = "footnote-pop";
  made.id = `${mark.id}-pop`;
  made.popover = "auto";
  made.setAttribute("role", "note");
  made.setAttribute("aria-label", mark.getAttribute("aria-label"));
  made.append(...note.cloneNode(true).childNodes);
  for (const back of made.querySelectorAll(".footnote-back")) back.remove();
  for (const named of made.querySelectorAll("[id]")) named.removeAttribute("id");
  mark.closest("sup").after(made);
  return made;
}

/** Below the mark, above it where there is no room below; on phones it is a sheet, which the style sheet places. */
function place(mark, note) {
  note.style.removeProperty("inset");
  if (narrow.matches) return;
  const at = mark.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = note;
  const left = Math.max(EDGE, Math.min(at.left + at.width / 2 - width / 2, innerWidth - width - EDGE));
  const above = at.bottom + GAP + height > innerHeight && at.top > height + GAP;
  const top = above ? at.top - GAP - height : at.bottom + GAP;
  note.style.setProperty("inset", `${top + scrollY}px auto auto ${left + scrollX}px`);
}

function enhance(mark) {
  const note = document.getElementById(decodeURIComponent(mark.hash.slice(1)));
  if (!note) return;
  let shown;
  // A press outside of an open note closes it, and the mark is outside: the click must not open it again.
  let open = false;
  mark.setAttribute("aria-expanded", "false");
  mark.addEventListener("pointerdown", () => {
    open = shown?.matches(":popover-open") ?? false;
  });
  mark.addEventListener("click", (event) => {
    if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    shown ??= prepared();
    // A click without a press comes from the keyboard.
    if (event.detail ? open : shown.matches(":popover-open")) {
      shown.hidePopover();
    } else {
      shown.showPopover();
      place(mark, shown);
    }
  });

  function prepared() {
    const made = popover(mark, note);
    mark.setAttribute("aria-controls", made.id);
    made.addEventListener("toggle", (event) => {
      mark.setAttribute("aria-expanded", String(event.newState === "open"));
    });
    made.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget && relatedTarget !== mark && !made.contains(relatedTarget)) made.hidePopover();
    });
    return made;
  }
}

if ("popover" in HTMLElement.prototype) {
  for (const mark of document.querySelectorAll("a[role=doc-noteref]")) enhance(mark);
  window.addEventListener("resize", () => {
    for (const note of document.querySelectorAll(".footnote-pop:popover-open")) note.hidePopover();
  });
}
