// The board shows itself anew, but not while it is hidden or somebody is at work on it.
(() => {
  const live = document.getElementById('live');
  const note = document.getElementById('live-note');
  if (!live || !note) return;

  // What the last press of a button came to is told once.
  const address = new URL(location.href);
  if (address.searchParams.has('retried') || address.searchParams.has('stopped')) {
    address.searchParams.delete('retried');
    address.searchParams.delete('stopped');
    history.replaceState(null, '', address);
  }

  let timer;
  const isAtWork = () => live.contains(document.activeElement) || String(getSelection()).length > 0;
  const say = (words) => { if (note.textContent !== words) note.textContent = words; };

  const show = async () => {
    if (isAtWork()) return say(note.dataset.paused);
    try {
      const answer = await fetch(location.href, { cache: 'no-store', redirect: 'manual', headers: { Accept: 'text/html' } });
      // The session is over.
      if (answer.type === 'opaqueredirect') return location.reload();
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const fresh = page.getElementById('live');
      if (!answer.ok || !fresh) return say(note.dataset.away);
      if (isAtWork()) return say(note.dataset.paused);
      live.replaceChildren(...fresh.childNodes);
      document.getElementById('as-of').textContent = page.getElementById('as-of').textContent;
      say('');
    } catch {
      say(note.dataset.away);
    }
  };

  const again = () => {
    clearTimeout(timer);
    if (!document.hidden) timer = setTimeout(() => show().finally(again), live.dataset.seconds * 1000);
  };

  document.addEventListener('visibilitychange', () => document.hidden ? clearTimeout(timer) : show().finally(again));
  again();
})();
