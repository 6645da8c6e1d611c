// Puts the provider's player in place of the still picture, after a click and never before.
const HOSTS = new Set(['www.youtube-nocookie.com', 'player.vimeo.com']);

for (const frame of document.querySelectorAll('[data-video]')) {
  const link = frame.querySelector('a');
  link?.addEventListener('click', (event) => {
    // Opening in a new tab stays what it is everywhere else.
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    const address = new URL(frame.dataset.video, document.baseURI);
    if (address.protocol !== 'https:' || !HOSTS.has(address.host)) return;
    event.preventDefault();
    const player = document.createElement('iframe');
    player.className = 'video-player';
    player.title = frame.dataset.title;
    player.allow = 'autoplay; encrypted-media; fullscreen; picture-in-picture';
    player.allowFullscreen = true;
    player.referrerPolicy = 'strict-origin-when-cross-origin';
    player.src = address.href;
    frame.replaceChildren(player);
    frame.classList.add('video-playing');
    player.focus();
  });
}
