// One call in detail: its pipeline in order with what each policy goes by, what may be done now, and what happened lately.

import { path, get } from './api.js';
import { Actions } from './actions.js';
import { changeList } from './changes.js';
import { el, mark, show, text } from './dom.js';
import { clock, plain, span, visible } from './format.js';
import { eventList } from './events.js';
import { lines } from './policies.js';
import { Tile } from './tile.js';

const REFRESH = 2000;

export function detailPage(board) {
  return (body, name) => new Detail(body, name, board);
}

// Instants in full are hard to read; the time of day will do.
const shownState = (value) => (typeof value === 'string' && /^\d{4}-\d\d-\d\dT.*Z$/.test(value) ? clock(value) : plain(value));

class Detail {
  constructor(body, name, board) {
    this.title = visible(name);
    this.name = name;
    this.board = board;
    this.nodes = new Map();
    this.summary = el('ul', { class: 'summary' });
    this.tile = new Tile(name);
    this.summary.append(this.tile.node);
    this.tile.link.removeAttribute('href');
    this.problem = el('p', { class: 'problem', role: 'alert', hidden: true });
    this.readOnly = el('p', { class: 'quiet note', hidden: true },
      'Read only: writes are off. They need ', el('code', {}, 'management.endpoint.resilience.access=unrestricted'), ' and a user who may.');
    this.changes = el('div');
    this.methods = el('p', { class: 'methods' });
    this.pipeline = el('ol', { class: 'pipeline' });
    this.events = el('div');
    body.append(this.summary, this.problem, this.changes, el('h3', {}, 'Pipeline, outermost first'), this.readOnly,
      this.pipeline, el('h3', {}, 'Lately'), this.events);
    this.abort = new AbortController();
    this.timer = setInterval(() => this.load(), REFRESH);
    this.load();
    this.update();
    if (!this.tile.size && this.tile.canvas) {
      this.tile.size = { width: this.tile.canvas.clientWidth, height: this.tile.canvas.clientHeight };
    }
  }

  close() {
    clearInterval(this.timer);
    this.abort.abort();
  }

  async load() {
    if (document.hidden || this.loading) {
      return;
    }
    this.loading = true;
    try {
      this.draw(await get(path(this.name), this.abort.signal));
      show(this.problem, false);
    } catch (refusal) {
      if (refusal.name !== 'AbortError') {
        text(this.problem, refusal.status === 404 ? 'There is no call of this name on this instance.' : refusal.message);
        show(this.problem, true);
      }
    } finally {
      this.loading = false;
    }
  }

  /** With each tick: figures and states, which the feed has fresher than the detail. */
  update() {
    const model = this.board.model;
    const call = model.calls.get(this.name);
    show(this.summary, !!call);
    if (!call) {
      return;
    }
    if (!this.tile.size || !this.tile.size.width) {
      const canvas = this.tile.canvas;
      this.tile.size = canvas?.clientWidth ? { width: canvas.clientWidth, height: canvas.clientHeight } : null;
    }
    if (this.board.live || !this.tile.built) {
      this.tile.update(call, model.now());
    }
    show(this.readOnly, !model.header.writable);
    this.showChanges(model.changes.filter((change) => this.concerns(change)));
    for (const { policy, instance, state } of call.policies ?? []) {
      const node = this.nodes.get(policy + ' ' + instance);
      if (node) {
        this.state(node, policy, state);
      }
    }
  }

  concerns(change) {
    return change.call === this.name || this.nodes.has(change.policy + ' ' + change.instance);
  }

  showChanges(changes) {
    const key = JSON.stringify(changes) + Math.floor(this.board.model.now() / 1000);
    if (this.changesKey !== key && !this.changes.contains(document.activeElement)) {
      this.changesKey = key;
      this.changes.replaceChildren(...(changes.length ? [el('h3', {}, 'Changed by hand'), changeList(changes, this.board.model, () => this.load())] : []));
    }
  }

  draw(detail) {
    const wanted = detail.pipeline.map((policy) => policy.policy + ' ' + policy.instance);
    if (wanted.join('|') !== [...this.nodes.keys()].join('|')) {
      this.nodes.clear();
      this.pipeline.replaceChildren(
        el('li', { class: 'end' }, 'caller'),
        ...detail.pipeline.map((policy, i) => this.node(policy, wanted[i])),
        el('li', { class: 'end' }, el('div', {}, detail.methods.length === 1 ? 'the method' : 'the methods'),
          ...detail.methods.map((method) => el('code', {}, method))),
      );
    }
    detail.pipeline.forEach((policy, i) => {
      const node = this.nodes.get(wanted[i]);
      node.actions.offer(policy);
      this.state(node, policy.policy, policy.state);
      this.values(node, policy);
    });
    const key = JSON.stringify(detail.events);
    if (this.eventsKey !== key) {
      this.eventsKey = key;
      this.events.replaceChildren(eventList([...detail.events].reverse()));
    }
  }

  node(policy, key) {
    const parts = {
      badge: el('b', { class: 'badge-text', hidden: true }),
      text: el('span', { class: 'text' }),
      state: el('dl', { class: 'state' }),
      table: el('div', { class: 'scroll' }),
      set: el('table', { class: 'values' }),
      built: el('table', { class: 'values' }),
    };
    parts.more = el('details', { hidden: true }, el('summary'), parts.built);
    parts.actions = new Actions(this, policy);
    parts.node = el('li', { class: 'policy' },
      el('h4', {}, policy.policy, policy.instance !== this.name ? el('span', { class: 'quiet' }, ' ' + policy.instance) : null, parts.badge, parts.text),
      parts.state, parts.table, parts.set, parts.more, parts.actions.node);
    this.nodes.set(key, parts);
    return parts.node;
  }

  state(node, policy, state) {
    const line = lines([{ policy, state }], this.board.model.now())[0];
    mark(node.node, 'level', line?.level ?? 0);
    show(node.badge, !!line?.badge);
    text(node.badge, line?.badge ?? '');
    text(node.text, line?.text ?? '');
    const rest = Object.entries(state).filter(([key]) => key !== 'instances');
    const key = JSON.stringify(rest);
    if (node.stateKey !== key) {
      node.stateKey = key;
      node.state.replaceChildren(...rest.map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, shownState(value)))));
    }
    this.instances(node, Array.isArray(state.instances) ? state.instances : []);
  }

  instances(node, rows) {
    const key = JSON.stringify(rows);
    if (node.rowsKey === key) {
      return;
    }
    node.rowsKey = key;
    const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
    const shown = (column, value) => (column === 'remaining-ms' ? span(value) : plain(value));
    node.table.replaceChildren(...(rows.length ? [el('table', { class: 'pool' },
      el('thead', {}, el('tr', {}, ...columns.map((column) => el('th', {}, column === 'remaining-ms' ? 'remaining' : column.replace(/-ms$/, ' (ms)'))))),
      el('tbody', {}, ...rows.map((row) => {
        const tr = el('tr', {}, ...columns.map((column) => el('td', {}, column in row ? shown(column, row[column]) : '')));
        mark(tr, 'level', row.status === 'available' ? 0 : 2);
        return tr;
      })))] : []));
  }

  values(node, { values }) {
    const key = JSON.stringify(values) + this.board.model.header.writable;
    if (node.valuesKey === key) {
      return;
    }
    node.valuesKey = key;
    const row = ([name, { value, origin }]) => el('tr', { class: /^changed by/.test(origin) ? 'by-hand' : null },
      el('th', { scope: 'row' }, name), el('td', {}, plain(value)), el('td', { class: 'origin' }, origin),
      el('td', {}, this.board.model.header.writable
        ? el('button', { type: 'button', class: 'plain', 'aria-label': 'Change ' + name, onclick: () => node.actions.change(name, value) }, 'Change')
        : null));
    const all = Object.entries(values);
    const built = all.filter(([, { origin }]) => origin === 'built in');
    node.set.replaceChildren(...all.filter(([, { origin }]) => origin !== 'built in').map(row));
    node.built.replaceChildren(...built.map(row));
    show(node.more, built.length > 0);
    text(node.more.firstChild, built.length + ' built-in ' + (built.length === 1 ? 'value' : 'values'));
    node.actions.writable(this.board.model.header.writable);
  }
}
