// Brings a page up to date while its run goes on: asks the server that it came from, and nobody else.
(() => {
  'use strict';
  const every = 1000, calm = 5000, patience = 3;
  const reduced = matchMedia('(prefers-reduced-motion: reduce)');
  let tag = '', lost = 0, shown = 0, isPaused = false;

  const bar = document.createElement('aside');
  bar.setAttribute('aria-label', 'Live');
  Object.assign(bar.style, {
    position: 'sticky', top: '0', zIndex: '1', display: 'flex', gap: '12px', alignItems: 'center', padding: '6px 20px',
    background: 'Canvas', color: 'CanvasText', borderBottom: '1px solid GrayText', fontSize: '14px',
  });
  const words = document.createElement('span');
  words.setAttribute('role', 'status');
  const button = document.createElement('button');
  button.type = 'button';
  button.addEventListener('click', () => { isPaused = !isPaused; say(); });
  bar.append(words, button);
  document.body.prepend(bar);

  // Hints come after the rest of a page; the browser would scroll by their height each time.
  document.documentElement.style.overflowAnchor = 'none';

  function say(text) {
    button.textContent = isPaused ? 'Go on' : 'Pause';
    const now = text ?? (isPaused ? 'Paused: the run goes on, this page waits.' : lost > 1 ? 'The connection is lost; trying again.' : 'Live: this page follows the run.');
    if (words.textContent !== now) {
      words.textContent = now;
    }
  }

  function end(text) {
    button.remove();
    say(text);
  }

  const all = (selector) => [...document.querySelectorAll(selector)];
  const focusable = 'main a, main button, main summary, main [tabindex]';
  const named = (details) => details.querySelector('summary')?.textContent;

  function show(html) {
    const fresh = new DOMParser().parseFromString(html, 'text/html');
    const open = new Map(all('main details').map((d) => [named(d), d.open]));
    const across = all('main div').map((d) => d.scrollLeft);
    const focus = all(focusable).indexOf(document.activeElement);
    const [x, y] = [scrollX, scrollY];
    for (const part of ['main', 'footer']) {
      document.querySelector(part)?.replaceWith(document.adoptNode(fresh.querySelector(part)));
    }

    document.title = fresh.title;
    all('main details').forEach((d) => { d.open = open.get(named(d)) ?? d.open; });
    all('main div').forEach((d, i) => { if (across[i]) { d.scrollLeft = across[i]; } });
    all(focusable)[focus]?.focus({ preventScroll: true });
    scrollTo({ left: x, top: y, behavior: 'instant' });
    shown = Date.now();
  }

  // Who reads by selecting is not disturbed, and who wants little motion gets little.
  const isBusy = () => isPaused || !getSelection().isCollapsed || (reduced.matches && Date.now() - shown < calm);

  async function look() {
    try {
      const answer = await fetch(location.href, { cache: 'no-store', headers: tag ? { 'If-None-Match': tag } : {} });
      const hasEnded = answer.headers.get('Nonsmooth-State') === 'ended';
      if (answer.status === 200 && (hasEnded || !isBusy())) {
        show(await answer.text());
        tag = answer.headers.get('ETag') ?? '';
      } else if (answer.status !== 200 && answer.status !== 304) {
        throw new Error(answer.statusText);
      }

      lost = 0;
      if (hasEnded) {
        return end('The run has ended: this page stays as it is.');
      }
    } catch {
      if (++lost > patience) {
        return end('The connection is lost: nonsmooth has ended. This page shows what was last known.');
      }
    }

    say();
    setTimeout(look, every);
  }

  say();
  look();
})();
