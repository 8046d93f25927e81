// The words that tell how far off a promise is go on with the time: by the desk's clock, at the turn of a minute, and not while nobody looks.
// What the page said when it came stays where there is no script; where dates stand in it, it said so in the same words.
(() => {
  const list = document.querySelector('[data-now][data-words]');
  if (!list) return;
  const minute = 60_000;
  const words = JSON.parse(list.dataset.words);
  // What the reader's own clock says does not matter. A page that the browser had kept says when it was written, not when it is shown: then her clock is all there is.
  const isKept = performance.getEntriesByType?.('navigation')[0]?.type === 'back_forward';
  const ahead = isKept ? 0 : Date.parse(list.dataset.now) - Date.now();
  const dates = [...list.querySelectorAll('[data-away]')].map((place) => ({ place, at: Date.parse(place.dataset.away) }));

  // As Distance.cs has it.
  const tell = (side, length) => {
    const minutes = Math.floor(length / minute);
    const days = Math.floor(minutes / 1440);
    const parts = [[days, side.day], [Math.floor(minutes / 60) % 24, side.hour], [days > 0 ? 0 : minutes % 60, side.minute]]
      .filter(([count]) => count > 0).map(([count, word]) => `${count} ${count === 1 ? word.one : word.many}`);
    return side.frame.replace('{0}', () => parts.join(' ') || side.none);
  };

  const passed = (place) => {
    const promise = place.closest('li');
    promise.querySelector('.state').className = 'state bad';
    let note = promise.querySelector('.note');
    if (!note) {
      note = document.createElement('p');
      note.className = 'note';
      promise.append(note);
    }
    note.textContent = words.overdue;
  };

  let timer;
  const show = () => {
    clearTimeout(timer);
    if (document.hidden) return;
    let next = minute;
    for (const date of dates) {
      const left = date.at - (Date.now() + ahead);
      const text = left >= 0 ? tell(words.ahead, left) : tell(words.behind, -left);
      if (date.place.textContent !== text) date.place.textContent = text;
      if (left < 0 && !date.isPassed) {
        date.isPassed = true;
        passed(date.place);
      }
      // When the words are others: a moment after the full minute towards it, at the full minute since it.
      next = Math.min(next, left >= 0 ? (left % minute) + 1 : minute - (-left % minute));
    }
    if (dates.length > 0) timer = setTimeout(show, Math.max(next, 50));
  };

  document.addEventListener('visibilitychange', show);
  addEventListener('pageshow', show);
  show();
})();
