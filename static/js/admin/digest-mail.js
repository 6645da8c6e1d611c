// The page of a digest as a mail: its width and colours, what is copied, and how many people get it.
const frame = document.querySelector("[data-mail-frame]");
const choices = document.querySelector("[data-mail-choices]");

if (frame && choices) {
  const chosen = (name) => choices.querySelector(`[name="mail-${name}"]:checked`).value;
  const show = () => {
    frame.width = chosen("width");
    fit();
    const { mailFrame, mailFor } = frame.dataset;
    const address = `${mailFrame}?scheme=${chosen("scheme")}&for=${mailFor}`;
    if (frame.getAttribute("src") !== address) frame.src = address;
  };
  // As long as the mail is, with links that open beside the editor.
  const fit = () => {
    const inside = frame.contentDocument;
    if (!inside?.body) return;
    inside.querySelectorAll("a[href]").forEach((link) => link.setAttribute("target", "_blank"));
    frame.height = 0;
    frame.height = inside.documentElement.scrollHeight;
  };
  frame.addEventListener("load", fit);
  if (frame.parentElement.clientWidth < 640) {
    choices.querySelector('[name="mail-width"][value="320"]').checked = true;
  }
  choices.hidden = false;
  choices.addEventListener("change", show);
  // A browser may have kept what was chosen before.
  show();
}

document.querySelectorAll("[data-mail-copy]").forEach((button) => {
  const content = document.getElementById(button.dataset.mailCopy);
  const status = button.parentElement.querySelector('[role="status"]');
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(content.value);
      status.textContent = button.dataset.copied;
    } catch {
      // Not allowed, or not over HTTPS: it is marked, to be copied by hand.
      content.focus();
      content.select();
      status.textContent = button.dataset.byHand;
    }
  });
});

const count = document.querySelector("[data-mail-count]");

if (count) {
  const field = document.querySelector("[data-mail-recipients]");
  let asked = 0;
  const ask = async () => {
    const number = ++asked;
    count.textContent = count.dataset.asking;
    let text = count.dataset.unknown;
    try {
      const query = new URLSearchParams({ recipients: field?.value ?? "" });
      const response = await fetch(`${count.dataset.mailCount}?${query}`, {
        headers: { Accept: "application/json" },
      });
      if (response.ok) text = (await response.json()).text;
    } catch {
      // Without an answer the number is not known.
    }
    // The last question counts, whichever answer comes last.
    if (number === asked) count.textContent = text;
  };
  field?.addEventListener("change", ask);
  ask();
}
