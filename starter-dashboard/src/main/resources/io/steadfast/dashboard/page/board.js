// The tiles: which are shown, in what order, and which of them are drawn.

import { byId, show, text } from './dom.js';
import { sorted } from './order.js';
import { Tile } from './tile.js';

const FEW = 24; // up to here, calls without trouble get a large tile, too
const SORT_EVERY = 1000;
const HANDS_OFF = 15000; // how long an idle pointer keeps tiles where they are

export class Board {
  constructor(model) {
    this.model = model;
    this.tiles = new Map();
    this.sections = ['attention', 'rest'].map((id) => {
      const section = byId(id);
      return { section, list: section.querySelector('ul'), count: section.querySelector('b') };
    });
    this.filter = '';
    this.least = 0;
    this.choice = 'trouble';
    this.live = false;
    this.sortedAt = 0;
    this.touched = 0;
    this.inside = false;
    this.dirty = new Set();
    this.seen = new IntersectionObserver((entries) => this.see(entries), { rootMargin: '150px' });
    this.measured = new ResizeObserver((entries) => this.measure(entries));
    this.hands();
  }

  /** Notes when somebody is about to click, or has the focus on a tile: then tiles stay where they are. */
  hands() {
    const calls = byId('calls');
    const touch = (inside) => () => {
      this.inside = inside;
      this.touched = Date.now();
    };
    calls.addEventListener('pointermove', touch(true), { passive: true });
    calls.addEventListener('pointerleave', touch(false));
    calls.addEventListener('keydown', touch(true));
    calls.addEventListener('focusin', touch(true));
  }

  busy() {
    return this.inside && Date.now() - this.touched < HANDS_OFF;
  }

  show(model) {
    this.model = model;
    for (const tile of this.tiles.values()) {
      this.drop(tile);
    }
    this.tiles.clear();
    this.change({ changed: [...model.calls.keys()], gone: [] });
    this.sort(true);
  }

  change({ changed, gone }) {
    for (const name of changed) {
      if (!this.tiles.has(name)) {
        const tile = new Tile(name);
        this.tiles.set(name, tile);
        this.seen.observe(tile.node);
        this.sortedAt = 0;
      }
      this.dirty.add(name);
    }
    for (const name of gone) {
      const tile = this.tiles.get(name);
      if (tile) {
        this.tiles.delete(name);
        this.drop(tile);
        this.sortedAt = 0;
      }
    }
  }

  drop(tile) {
    this.seen.unobserve(tile.node);
    if (tile.canvas) {
      this.measured.unobserve(tile.canvas);
    }
    tile.node.remove();
  }

  see(entries) {
    for (const { target, isIntersecting } of entries) {
      const tile = target.tile;
      tile.visible = isIntersecting;
      if (isIntersecting) {
        this.paint(tile);
      }
    }
  }

  measure(entries) {
    for (const { target, contentRect } of entries) {
      const tile = target.closest('.tile')?.tile;
      if (tile && contentRect.width > 0) {
        tile.size = { width: contentRect.width, height: contentRect.height };
        this.dirty.add(tile.name);
      }
    }
    this.render();
  }

  paint(tile) {
    const call = this.model.calls.get(tile.name);
    if (call) {
      const fresh = !tile.built;
      tile.update(call, this.model.now());
      if (fresh) {
        this.measured.observe(tile.canvas);
      }
    }
  }

  /** Once a frame at most: what has changed and can be seen. */
  render() {
    for (const name of this.dirty) {
      const tile = this.tiles.get(name);
      if (tile?.visible) {
        this.paint(tile);
      } else if (tile) {
        tile.stale = true;
      }
    }
    this.dirty.clear();
    if (Date.now() - this.sortedAt >= SORT_EVERY) {
      this.sort(false);
    }
  }

  /** Once a second: bars move on, times in state grow. */
  clock() {
    if (!this.live) {
      return; // what is not live must not look as if
    }
    const now = this.model.now();
    const second = Math.floor(now / 1000);
    for (const tile of this.tiles.values()) {
      const call = tile.visible && tile.built && this.model.calls.get(tile.name);
      if (call && tile.moving) {
        if (call.minute.head < second - 1) {
          call.minute.advance(second);
          call.totals = call.minute.totals();
          tile.outcomes(call);
        }
        tile.clock(call, now);
      }
    }
  }

  redraw() {
    this.tiles.forEach((tile) => this.dirty.add(tile.name));
    this.render();
  }

  matches(call) {
    const wanted = this.filter;
    return this.model.rank(call) >= this.least
      && (!wanted || call.name.toLowerCase().includes(wanted) || (call.trouble ?? '').toLowerCase().includes(wanted));
  }

  /** Puts tiles where they belong, unless hands are on them: then it says how many would move. */
  sort(now) {
    this.sortedAt = Date.now();
    const calls = sorted([...this.model.calls.values()].filter((call) => this.matches(call)), this.choice, this.model);
    const apart = this.choice === 'trouble';
    const lists = [apart ? calls.filter((call) => this.model.rank(call) > 0) : [], apart ? calls.filter((call) => this.model.rank(call) === 0) : calls];
    const large = calls.length <= FEW;
    const moves = lists.reduce((sum, list, i) => sum + this.misplaced(list, this.sections[i].list), 0);
    const held = !now && moves > 0 && this.busy() && this.sections.some(({ list }) => list.firstChild);
    this.waiting(held ? moves : 0);
    if (!held) {
      lists.forEach((list, i) => this.place(list, this.sections[i], i === 0 || large));
      show(this.sections[1].section, lists[1].length > 0);
      text(byId('rest-title').firstChild, !apart ? 'All calls ' : lists[0].length ? 'Healthy ' : 'All healthy ');
    }
    this.sections.forEach(({ count }, i) => text(count, String(lists[i].length)));
    const none = byId('nothing');
    show(none, calls.length === 0);
    text(none, this.model.calls.size === 0 ? 'No guarded calls yet.' : 'No call matches.');
    this.rove();
  }

  misplaced(calls, list) {
    let moves = Math.max(0, list.children.length - calls.length);
    calls.forEach((call, i) => { moves += list.children[i]?.tile.name === call.name ? 0 : 1; });
    return moves;
  }

  place(calls, { section, list }, large) {
    const focused = document.activeElement?.closest?.('.tile');
    const wanted = new Set(calls.map((call) => this.tiles.get(call.name)?.node));
    [...list.children].forEach((node) => wanted.has(node) || node.remove());
    let at = list.firstChild;
    for (const node of wanted) {
      if (node === at) {
        at = at.nextSibling;
      } else if (node) {
        list.insertBefore(node, at);
      }
    }
    list.classList.toggle('small', !large);
    show(section, calls.length > 0);
    if (focused?.isConnected && focused !== document.activeElement.closest('.tile')) {
      focused.tile.link.focus({ preventScroll: true }); // moving a node takes its focus away
    }
  }

  waiting(moves) {
    const button = byId('sort-now');
    show(button, moves > 0);
    text(button, 'Sort now');
    button.title = 'Tiles stay where they are while you point at them. ' + moves + ' would move.';
  }

  nodes() {
    return this.sections.flatMap(({ list }) => [...list.children]);
  }

  /** One tile takes part in the order of the Tab key; arrow keys go from tile to tile. */
  rove(to) {
    const nodes = this.nodes();
    const now = to ?? nodes.find((node) => node.tile.link.tabIndex === 0) ?? nodes[0];
    for (const node of nodes) {
      const index = node === now ? 0 : -1;
      if (node.tile.link.tabIndex !== index) {
        node.tile.link.tabIndex = index;
      }
    }
  }

  step(key) {
    const nodes = this.nodes();
    const from = document.activeElement?.closest('.tile');
    const node = !from || key === 'Home' ? nodes[0] : key === 'End' ? nodes.at(-1) : nearest(nodes, from, key);
    if (node) {
      this.rove(node);
      node.tile.link.focus();
    }
  }
}

function nearest(nodes, from, key) {
  const at = nodes.indexOf(from);
  if (key === 'ArrowRight' || key === 'ArrowLeft') {
    return nodes[at + (key === 'ArrowRight' ? 1 : -1)];
  }
  const down = key === 'ArrowDown';
  const here = from.getBoundingClientRect();
  let best = null;
  let least = Infinity;
  for (const node of nodes) {
    const there = node.getBoundingClientRect();
    const rows = down ? there.top - here.top : here.top - there.top;
    const distance = rows * 4 + Math.abs(there.left - here.left);
    if (rows > 1 && distance < least) {
      best = node;
      least = distance;
    }
  }
  return best;
}
