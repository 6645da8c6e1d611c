// Writes what is chosen into the lines to copy; without it the words beside them say how.
const offer = document.querySelector('[data-embed]');

if (offer) {
  const choices = offer.querySelector('.embed-choices');
  const code = offer.querySelector('textarea');
  const look = offer.querySelector('.embed-actions a');
  const copy = offer.querySelector('button');
  const status = offer.querySelector('[role="status"]');
  const lines = code.value;

  const write = () => {
    const chosen = [...choices.querySelectorAll('select')].filter((select) => select.value);
    chosen.sort((one, other) => one.name.localeCompare(other.name));
    const query = chosen.map((select) => `${select.name}=${select.value}`);
    look.href = query.length ? `${offer.dataset.embed}?${query.join('&')}` : offer.dataset.embed;
    const src = query.length ? `${offer.dataset.embed}?${query.join('&amp;')}` : offer.dataset.embed;
    code.value = lines.replace(`src="${offer.dataset.embed}"`, () => `src="${src}"`);
    status.textContent = '';
  };

  choices.addEventListener('change', write);
  code.addEventListener('focus', () => code.select());
  copy.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(code.value);
      status.textContent = copy.dataset.copied;
    } catch {
      // Not allowed, or not over HTTPS: the lines are marked, to be copied by hand.
      code.focus();
    }
  });
  choices.hidden = false;
  copy.hidden = false;
  offer.querySelector('.embed-words').hidden = true;
  // A browser may have kept what was chosen before.
  write();
}
