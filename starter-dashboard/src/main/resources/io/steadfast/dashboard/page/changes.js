// What operators have changed and is still in force, each with its time left and a way back.

import { path, post } from './api.js';
import { el, show, text } from './dom.js';
import { clock, plain, span, visible } from './format.js';

const words = { 'force-open': 'forced open', 'force-closed': 'forced closed', reset: 'reset', disable: 'disabled', enable: 'enabled', change: 'changed' };

function what(change) {
  const values = Object.entries(change.values ?? {});
  const said = values.map(([key, value]) => {
    const before = change.before?.[key];
    return key + ' ' + (before === undefined || before === null ? '' : plain(before) + ' → ') + plain(value);
  });
  return (words[change.action] ?? change.action) + (change.action === 'change' ? ': ' + said.join(', ') : '');
}

/** A list of changes; `undone` is run after one was taken back. */
export function changeList(changes, model, undone) {
  return el('ul', { class: 'changes' }, ...changes.map((change) => {
    const problem = el('p', { class: 'problem', role: 'alert', hidden: true });
    const undo = el('button', { type: 'button', disabled: !model.header.writable, 'aria-label': 'Undo ' + change.id }, 'Undo');
    undo.addEventListener('click', async () => {
      undo.disabled = true;
      try {
        await post(path(change.call), { action: 'undo', policy: change.policy, values: { id: change.id } });
        undo.blur();
        undone?.();
      } catch (refusal) {
        undo.disabled = false;
        text(problem, refusal.message);
        show(problem, true);
      }
    });
    return el('li', {},
      el('div', {},
        el('p', {}, el('a', { href: '#call=' + encodeURIComponent(change.call) }, visible(change.call)), ' ', el('span', { class: 'quiet' }, change.policy + (change.instance && change.instance !== change.call ? ' ' + change.instance : '')), ' ', el('strong', {}, what(change))),
        el('p', { class: 'quiet' }, change.id + ', ' + (change.by ? 'by ' + change.by + ', ' : '') + 'since ' + clock(change.at) + ', '
          + (change.until ? span(Date.parse(change.until) - model.now()) + ' left' : 'until undone')),
        problem),
      undo);
  }));
}

/** All changes in force, in the panel. */
export function changesPage(board) {
  return (body) => {
    const list = el('div');
    body.append(list);
    let key = '';
    const update = () => {
      const model = board.model;
      const now = JSON.stringify(model.changes) + Math.floor(model.now() / 1000);
      if (key !== now && !list.contains(document.activeElement)) {
        key = now;
        list.replaceChildren(model.changes.length
          ? changeList(model.changes, model)
          : el('p', { class: 'quiet' }, 'Nothing is changed by hand. Changes are made in a call’s panel; they end by themselves after the time chosen, and can be undone here.'));
      }
    };
    update();
    return { title: 'Changes in force', update };
  };
}
