// Renews the page's inner part when something changes. The page is complete without this script.
(() => {
  'use strict';

  const board = document.getElementById('board');
  const link = document.getElementById('link');
  const news = document.getElementById('news');
  const everyMs = 1000; // at most one renewal in this time
  const againMs = 5000;
  let timer = 0;
  let last = 0;
  let stale = false;

  // What the reader has unfolded, where the focus is and pictures that are the same outlive a renewal.
  const swap = (html) => {
    const folds = new Map([...board.querySelectorAll('details[id]')].map((d) => [d.id, d.open]));
    const active = document.activeElement;
    const href = board.contains(active) ? active.getAttribute('href') : null;
    const summary = board.contains(active) && active.closest('details[id]');
    const pictures = new Map([...board.querySelectorAll('picture')].map((p) => [p.innerHTML, p]));
    board.innerHTML = html; // escaped by the server
    for (const picture of board.querySelectorAll('picture')) {
      const same = pictures.get(picture.innerHTML);
      if (same) picture.replaceWith(same);
    }
    for (const details of board.querySelectorAll('details[id]')) {
      if (folds.has(details.id)) details.open = folds.get(details.id);
    }
    if (href) [...board.querySelectorAll('a')].find((a) => a.getAttribute('href') === href)?.focus({ preventScroll: true });
    else if (summary) document.getElementById(summary.id)?.querySelector('summary')?.focus({ preventScroll: true });
    const down = board.querySelectorAll('.card:not(.resolved)').length;
    document.title = document.title.replace(/^\(\d+\) /, '');
    if (down > 0 && location.pathname === '/') document.title = `(${down}) ${document.title}`;
  };

  const renew = async () => {
    timer = 0;
    last = Date.now();
    try {
      const answer = await fetch(board.dataset.part, { cache: 'no-store' });
      if (!answer.ok) return;
      if (answer.headers.get('Outcry-Version') !== board.dataset.version) location.reload();
      else swap(await answer.text());
    } catch {
      // The stream notices that the server is gone, and says so.
    }
  };

  const soon = () => {
    if (document.hidden) stale = true;
    else if (!timer) timer = setTimeout(renew, Math.max(0, last + everyMs - Date.now()));
  };

  const say = (state, text) => {
    link.className = `link ${state}`;
    link.textContent = text;
  };

  // A browser comes again by itself after a broken connection, but not after an answer that is an error, as of a proxy.
  let events;
  let lostAt = 0;
  const listen = () => {
    events = new EventSource('/api/v1/events');
    events.onopen = () => { lostAt = 0; say('live', 'Live'); soon(); };
    events.onerror = () => {
      lostAt ||= Date.now();
      say('lost', `Connection lost at ${new Date(lostAt).toISOString().slice(11, 16)} UTC, trying again. What stands here is as old.`);
      if (events.readyState === EventSource.CLOSED) setTimeout(listen, againMs);
    };
    events.addEventListener('tick', soon);
    events.onmessage = (message) => {
      const { type, data } = JSON.parse(message.data);
      const kind = type.split('.').pop();
      if (kind !== 'changed') news.textContent = `${data.name}: ${kind}`;
      soon();
    };
  };
  listen();
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && stale) { stale = false; soon(); }
  });
  addEventListener('pagehide', () => events.close());
  addEventListener('pageshow', (e) => { if (e.persisted) location.reload(); });
})();
