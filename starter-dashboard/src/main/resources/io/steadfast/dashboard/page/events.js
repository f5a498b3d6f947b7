// What happened: state changes, reconfigurations, changes by hand.

import { el } from './dom.js';
import { clock, visible } from './format.js';

const KEEP = 200;
const kept = [];

export function remember(event) {
  kept.unshift(event);
  kept.length = Math.min(kept.length, KEEP);
}

const word = (kind) => String(kind ?? '').toLowerCase().replaceAll('_', ' ');

/** Events, the latest first. */
export function eventList(events, named) {
  return events.length === 0
    ? el('p', { class: 'quiet' }, 'Nothing.')
    : el('ol', { class: 'events' }, ...events.map((event) => el('li', {},
      el('time', {}, clock(event.at)),
      named && event.call ? el('a', { href: '#call=' + encodeURIComponent(event.call) }, visible(event.call)) : null,
      el('span', { class: 'quiet' }, [event.policy, event.instance && event.instance !== event.call ? event.instance : ''].filter(Boolean).join(' ')),
      el('strong', {}, word(event.kind)),
      el('span', { class: 'what' }, event.detail ?? ''))));
}

/** All events since the page was opened, in the panel. */
export function eventsPage() {
  return (body) => {
    const list = el('div');
    body.append(list);
    let shown = null;
    const update = () => {
      if (shown !== kept[0] || !list.firstChild) {
        shown = kept[0];
        list.replaceChildren(kept.length ? eventList(kept, true) : el('p', { class: 'quiet' }, 'Nothing since this page was opened.'));
      }
    };
    update();
    return { title: 'Events since this page was opened', update };
  };
}
