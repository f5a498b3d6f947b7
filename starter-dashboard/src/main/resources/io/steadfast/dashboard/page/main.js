// Ties the parts together: the feed fills the model, the board shows it, the panel goes deeper.

import { Board } from './board.js';
import { changesPage } from './changes.js';
import { detailPage } from './detail.js';
import { byId, mark, show, text } from './dom.js';
import { eventsPage, remember } from './events.js';
import { Feed } from './feed.js';
import { clock, percent, rate, span } from './format.js';
import { Model } from './model.js';
import { Panel } from './panel.js';
import { Service } from './service.js';

const model = new Model();
const board = new Board(model);
const own = { state: 'waiting', reason: undefined };

// The panel is always about this instance, whichever the board shows.
const here = { model, get live() { return own.state === 'live'; } };
const panel = new Panel({ call: detailPage(here), changes: changesPage(here), events: eventsPage() });

// Drawing waits for the next frame, however many ticks come before it; a hidden page draws nothing.
let due = false;
function draw() {
  if (!due) {
    due = true;
    requestAnimationFrame(() => {
      due = false;
      board.render();
      header();
      panel.update();
    });
  }
}

function header() {
  const shown = board.model;
  const counts = [0, 0, 0, 0];
  let asked = 0;
  let good = 0;
  let perSecond = 0;
  for (const call of shown.calls.values()) {
    counts[call.severity]++;
    perSecond += call.rate ?? 0;
    good += call.totals[0] + call.totals[1];
    asked += call.totals.reduce((sum, n) => sum + n, 0) - call.totals[6];
  }
  const trouble = counts[2] + counts[3];
  text(byId('application'), shown.header.application || 'Resilience');
  text(byId('instance'), shown.header.instance ?? '');
  text(byId('total-trouble'), String(trouble));
  mark(byId('total-trouble').parentNode, 'severity', counts[3] ? 3 : counts[2] ? 2 : 0);
  text(byId('total-rate'), rate(perSecond));
  text(byId('total-answered'), percent(good, asked));
  text(byId('changes-count'), String(shown.changes.length));
  mark(byId('show-changes'), 'some', shown.changes.length > 0);
  document.title = (trouble ? '(' + trouble + ') ' : '') + (shown.header.application || 'Resilience') + ' · resilience';
  byId('severities').querySelectorAll('button').forEach((button) => {
    const least = Number(button.dataset.least);
    text(button.querySelector('b'), String(counts.slice(least).reduce((sum, n) => sum + n, 0)));
  });
}

let lostSince = 0;
let linkReason = null;

function link(state, reason) {
  const live = state === 'live';
  if (live) {
    lostSince = 0;
  } else if (!lostSince) {
    lostSince = Date.now();
  }
  board.live = live;
  mark(document.body, 'link', live ? 'live' : board.model.at ? 'stale' : 'waiting');
  linkReason = reason ?? null;
  linkText();
}

function linkText() {
  const live = board.live;
  const known = board.model.at;
  text(byId('link-text'), live ? 'live' : known ? 'reconnecting' : 'connecting');
  for (const note of [byId('stale'), byId('panel-stale')]) {
    show(note, !live && lostSince > 0 && (known > 0 || !!linkReason || Date.now() - lostSince > 2000));
    if (!live) {
      text(note, (known ? 'Not live. What you see is from ' + clock(known - board.model.skew) + ', ' + span(Date.now() - known + board.model.skew) + ' ago. ' : 'Nothing heard yet. ')
        + (linkReason ?? 'Reconnecting since ' + clock(lostSince) + '.'));
    }
  }
}

function heard(changed) {
  board.change(changed);
  draw();
}

/** Says aloud what got bad, for those who do not look. */
function speak(event) {
  if (event.kind === 'STATE_CHANGED') {
    text(byId('spoken'), [event.call, event.policy, event.detail].filter(Boolean).join(', '));
  }
}

let service = null;

new Feed('api/stream', {
  snapshot: (data) => {
    const changed = model.snapshot(data);
    if (board.model === model) {
      heard(changed);
    }
  },
  tick: (data) => {
    const changed = model.tick(data);
    if (board.model === model) {
      heard(changed);
    }
  },
  event: (data) => {
    remember(data);
    speak(data);
    draw();
  },
  link: (state, reason) => {
    own.state = state;
    own.reason = reason;
    if (board.model === model) {
      link(state, reason);
    }
  },
});

function view(all) {
  byId('view-one').setAttribute('aria-pressed', String(!all));
  byId('view-service').setAttribute('aria-pressed', String(all));
  service ??= new Service({
    link: (state, reason) => board.model === service.model && link(state, reason),
    change: (changed) => board.model === service.model && heard(changed),
  });
  if (all) {
    service.open();
    board.show(service.model);
    link('waiting');
  } else {
    service.close();
    board.show(model);
    lostSince = 0;
    link(own.state, own.reason);
  }
  draw();
}

byId('view-one').addEventListener('click', () => board.model !== model && view(false));
byId('view-service').addEventListener('click', () => board.model === model && view(true));
byId('show-changes').addEventListener('click', () => { location.hash = 'changes'; });
byId('show-events').addEventListener('click', () => { location.hash = 'events'; });
byId('sort-now').addEventListener('click', () => board.sort(true));
byId('sort').addEventListener('change', (event) => {
  board.choice = event.target.value;
  board.sort(true);
});
byId('filter').addEventListener('input', (event) => {
  board.filter = event.target.value.trim().toLowerCase();
  board.sort(true);
});
byId('severities').addEventListener('click', (event) => {
  const button = event.target.closest('button');
  if (button) {
    board.least = Number(button.dataset.least);
    byId('severities').querySelectorAll('button').forEach((other) => other.setAttribute('aria-pressed', String(other === button)));
    board.sort(true);
  }
});

addEventListener('keydown', (event) => {
  const typing = event.target.closest?.('input, select, textarea');
  if (event.ctrlKey || event.metaKey || event.altKey || byId('panel').open) {
    return;
  }
  if (event.key === '/' && !typing) {
    event.preventDefault();
    byId('filter').focus();
    byId('filter').select();
  } else if (event.key === 'Escape' && typing === byId('filter')) {
    byId('filter').value = '';
    byId('filter').dispatchEvent(new Event('input'));
    byId('filter').blur();
  } else if (/^(Arrow(Up|Down|Left|Right)|Home|End)$/.test(event.key) && event.target.closest?.('.tile')) {
    event.preventDefault();
    board.step(event.key);
  }
});

addEventListener('themechange', () => board.redraw());
addEventListener('pageshow', () => draw());
setInterval(() => {
  linkText();
  if (!document.hidden) {
    board.clock();
    panel.update();
  }
}, 1000);
panel.follow();
