// All instances of the service: asked for once a second while this view is open.

import { get } from './api.js';
import { byId, el, mark, show } from './dom.js';
import { Model } from './model.js';

const EVERY = 1000;

export class Service {
  constructor(hears) {
    this.hears = hears;
    this.model = new Model();
    this.timer = null;
  }

  open() {
    this.model.clear();
    show(byId('peers'), true);
    byId('peers').replaceChildren(el('span', { class: 'quiet' }, 'Asking the instances…'));
    this.opened = true;
    this.ask();
  }

  close() {
    this.opened = false;
    clearTimeout(this.timer);
    this.abort?.abort();
    show(byId('peers'), false);
  }

  async ask() {
    const began = Date.now();
    this.abort = new AbortController();
    const patience = setTimeout(() => this.abort.abort(), 5000);
    try {
      const merged = await get('api/service/snapshot', this.abort.signal);
      if (this.opened) {
        const changed = this.model.snapshot({ ...merged, instance: '', writable: false });
        this.peers(merged.instances);
        this.hears.link('live');
        this.hears.change(changed);
      }
    } catch (refusal) {
      if (this.opened) {
        this.hears.link('lost', refusal.name === 'AbortError' ? 'The instances did not answer in time.' : refusal.message);
      }
    } finally {
      clearTimeout(patience);
      if (this.opened) {
        this.timer = setTimeout(() => this.ask(), Math.max(100, EVERY - (Date.now() - began)));
      }
    }
  }

  peers(instances) {
    const key = JSON.stringify(instances);
    if (this.key === key && byId('peers').querySelector('.peer')) {
      return;
    }
    this.key = key;
    const away = instances.filter((one) => !one.reachable);
    byId('peers').replaceChildren(
      el('span', { class: 'quiet' }, instances.length + (instances.length === 1 ? ' instance' : ' instances') + (away.length ? ', ' + away.length + ' out of reach' : '')),
      ...instances.map((one) => {
        const node = el('span', { class: 'peer', title: one.uri }, one.id, one.reachable ? null : ' – ' + (one.error ?? 'out of reach'));
        mark(node, 'reachable', one.reachable);
        return node;
      }));
  }
}
