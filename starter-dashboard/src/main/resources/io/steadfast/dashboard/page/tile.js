// One tile. It is built when it first comes near the screen and then only told what changed.

import { el, icon, mark, show, text } from './dom.js';
import { count, millis, percent, rate, span, visible } from './format.js';
import { OUTCOMES } from './model.js';
import { lines, ticking } from './policies.js';
import { draw, peak } from './spark.js';

const severities = ['fine', 'unusual', 'some users', 'most users'];
const ROWS = 4; // of a pool, on the tile

export class Tile {
  constructor(name) {
    this.name = name;
    this.built = false;
    this.visible = false;
    this.stale = true; // has not been told the latest
    this.link = el('a', { href: '#call=' + encodeURIComponent(name), tabIndex: -1, textContent: visible(name), title: visible(name) });
    this.node = el('li', { class: 'tile' }, el('h3', {}, this.link));
    this.node.tile = this;
    this.size = null;
  }

  build() {
    this.built = true;
    this.icon = icon('i-s0', 'sev');
    this.word = el('span', { class: 'word' });
    this.since = el('span', { class: 'since' });
    this.trouble = el('p', { class: 'trouble', hidden: true });
    this.canvas = el('canvas', { role: 'img' });
    this.top = el('span', { class: 'peak' });
    this.rate = el('b');
    this.answered = el('b');
    this.p50 = el('b');
    this.p95 = el('b');
    this.p99 = el('b');
    this.mix = el('ul', { class: 'mix' });
    this.counts = OUTCOMES.map((outcome) => {
      const value = el('b');
      const by = el('span');
      const item = el('li', { class: 'share', title: outcome, hidden: true }, icon('i-' + outcome), el('span', { class: 'out-of-sight' }, outcome + ' '), value, by);
      item.dataset.outcome = outcome;
      this.mix.append(item);
      return { item, value, by };
    });
    this.policies = el('ul', { class: 'policies' });
    this.lines = [];
    const heading = this.node.firstChild;
    heading.before(el('span', { class: 'badge' }, this.icon));
    heading.after(el('p', { class: 'status' }, this.word, this.since));
    const figure = (label, value, more) => el('span', { class: 'figure ' + (more ?? '') }, el('i', {}, label), value);
    this.node.append(
      this.trouble,
      el('div', { class: 'spark' }, this.canvas, this.top),
      el('p', { class: 'figures' }, figure('rate', this.rate), figure('answered', this.answered),
        figure('p50', this.p50, 'wide'), figure('p95', this.p95, 'wide'), figure('p99', this.p99)),
      this.mix,
      this.policies,
    );
  }

  /** Shows a call as it is. */
  update(call, now) {
    if (!this.built) {
      this.build();
    }
    this.stale = false;
    const severity = call.severity;
    mark(this.node, 'severity', severity);
    if (this.icon.dataset.severity !== String(severity)) {
      this.icon.dataset.severity = severity;
      this.icon.firstChild.setAttribute('href', '#i-s' + severity);
    }
    text(this.word, severities[severity]);
    show(this.trouble, !!call.trouble);
    text(this.trouble, call.trouble ?? '');
    const [answered, retried, fallback, refused, timeout, failed] = call.totals;
    const asked = answered + retried + fallback + refused + timeout + failed;
    text(this.rate, rate(call.rate) + '/s');
    text(this.answered, percent(answered + retried, asked));
    text(this.p50, millis(call.latency?.p50));
    text(this.p95, millis(call.latency?.p95));
    text(this.p99, millis(call.latency?.p99));
    this.outcomes(call);
    this.clock(call, now);
    this.moving = asked > 0 || ticking(call.policies) || !!call.since;
  }

  outcomes(call) {
    const by = Object.entries(call.refusedBy ?? {}).filter(([, n]) => n > 0).sort((a, b) => b[1] - a[1]);
    this.counts.forEach(({ item, value, by: who }, i) => {
      const n = call.totals[i];
      // Who refused is worth knowing even where a fallback spared the users.
      const refusing = OUTCOMES[i] === 'refused' && by.length > 0;
      show(item, n > 0 || refusing);
      text(value, n > 0 || !refusing ? count(n) : '');
      if (OUTCOMES[i] === 'refused') {
        text(who, refusing ? ' by ' + by.map(([policy, m]) => (policy === 'timeout' ? 'deadline' : policy) + ' ' + count(m)).join(', ') : '');
      }
    });
  }

  /** What moves with the clock: the bars, and the times in state. */
  clock(call, now) {
    const top = peak(call.minute);
    text(this.top, top > 0 ? 'peak ' + count(top) + '/s' : 'no calls');
    text(this.since, call.since ? span(now - call.since) : '');
    const label = 'last minute: ' + OUTCOMES.map((outcome, i) => (call.totals[i] ? outcome + ' ' + count(call.totals[i]) : '')).filter(Boolean).join(', ');
    if (this.canvas.lastLabel !== label) {
      this.canvas.lastLabel = label;
      this.canvas.setAttribute('aria-label', label);
    }
    if (this.size) {
      draw(this.canvas, call.minute, now, top, this.size);
    }
    if (call.instances) {
      this.instances(call.instances);
    } else {
      this.show(lines(call.policies, now));
    }
  }

  show(wanted) {
    while (this.lines.length > wanted.length) {
      this.lines.pop().node.remove();
    }
    wanted.forEach((line, i) => {
      const row = this.lines[i] ?? this.line(i);
      mark(row.node, 'level', line.level);
      text(row.label, line.label);
      show(row.bar, !!line.bar);
      if (line.bar) {
        const part = Math.round(Math.min(1, Math.max(0, line.bar.part)) * 100) + '%';
        if (row.fill.style.width !== part) {
          row.fill.style.width = part;
        }
      }
      show(row.badge, !!line.badge);
      text(row.badge, line.badge ?? '');
      text(row.text, line.text ?? '');
      row.text.title = line.text ?? '';
      this.pool(row, line.rows);
    });
  }

  line(i) {
    const row = { label: el('span', { class: 'label' }), fill: el('i'), badge: el('b'), text: el('span', { class: 'text' }) };
    row.bar = el('span', { class: 'meter', hidden: true }, row.fill);
    row.rows = el('table', { class: 'pool', hidden: true });
    row.node = el('li', {}, row.label, el('span', { class: 'said' }, row.bar, row.badge, row.text), row.rows);
    this.lines[i] = row;
    this.policies.append(row.node);
    return row;
  }

  /** The instances of a pool, those out of service first. */
  pool(row, rows) {
    show(row.rows, !!rows?.length);
    if (!rows?.length) {
      return;
    }
    const order = [...rows].sort((a, b) => (a.status === 'available') - (b.status === 'available') || String(a.id).localeCompare(b.id));
    const shown = order.slice(0, order.length > ROWS ? ROWS - 1 : ROWS).map((one) => ({
      level: one.status === 'available' ? 0 : 2,
      cells: [one.id, one.status + (one['remaining-ms'] ? ' ' + span(one['remaining-ms']) : ''), count(one['in-flight']) + ' in flight', millis(one['expected-ms'])],
    }));
    if (order.length > ROWS) {
      shown.push({ level: 0, cells: ['and ' + (order.length - ROWS + 1) + ' more', '', '', ''] });
    }
    this.table(row.rows, shown);
  }

  /** The instances of the service, in the view of all of them. */
  instances(instances) {
    const shown = Object.entries(instances).sort(([, a], [, b]) => b.severity - a.severity);
    if (!this.lines.length) {
      this.line(0);
      text(this.lines[0].label, 'on');
    }
    const bad = shown.filter(([, one]) => one.severity > 0).length;
    text(this.lines[0].text, bad ? bad + ' of ' + shown.length + ' instances in trouble' : shown.length + (shown.length === 1 ? ' instance' : ' instances'));
    show(this.lines[0].rows, true);
    this.table(this.lines[0].rows, shown.slice(0, 8).map(([id, one]) => ({
      level: one.severity, cells: [id, severities[one.severity], rate(one.rate) + '/s', one.trouble ?? ''],
    })));
  }

  table(table, rows) {
    while (table.rows.length > rows.length) {
      table.deleteRow(-1);
    }
    rows.forEach(({ level, cells }, i) => {
      const row = table.rows[i] ?? table.insertRow();
      mark(row, 'level', level);
      cells.forEach((cell, c) => {
        const at = row.cells[c] ?? row.insertCell();
        text(at, cell);
        at.title = cell;
      });
    });
  }
}
