// What an operator may do to one policy, for how long, and what it means. Nothing is done by one stray click: an action is chosen,
// then applied, and one that takes answers or protection away from users is asked about once more.

import { path, post } from './api.js';
import { el, show, text } from './dom.js';
import { plain } from './format.js';

const TIMES = [['1m', '1 min'], ['5m', '5 min'], ['15m', '15 min'], ['1h', '1 h'], ['', 'until undone']];

const known = {
  'force-open': { label: 'Force open', says: (call) => 'Every call of ' + call + ' is refused at once.', dangerous: true },
  'force-closed': { label: 'Force closed', says: () => 'No call is refused, whatever is counted.', dangerous: true },
  reset: { label: 'Reset', says: () => 'Forgets what it has learnt and ends what was forced.', once: true },
  disable: { label: 'Disable', says: () => 'Calls go on as if this policy was not there.', dangerous: true },
  enable: { label: 'Enable', says: () => 'The policy takes part again.' },
  change: { label: 'Change a value', says: () => 'Checked as at start-up; refused with the reason if it does not fit.' },
};

// What the application says can be asked of this policy now; values are changed where they stand.
const offered = (policy) => (policy.actions ?? []).filter((action) => known[action] && action !== 'change');

let forms = 0;

export class Actions {
  constructor(detail, policy) {
    this.detail = detail;
    this.id = 'act' + forms++;
    this.buttons = el('div', { class: 'buttons', role: 'group', 'aria-label': 'Actions on ' + policy.policy });
    this.offer(policy);
    this.form = el('form', { class: 'ask', hidden: true, onsubmit: (event) => { event.preventDefault(); this.apply(); } });
    this.answer = el('p', { class: 'answer', role: 'status', hidden: true });
    this.node = el('div', { class: 'actions', hidden: true }, this.buttons, this.form, this.answer);
  }

  /** With each reading: a policy that was disabled can be enabled, and no more. */
  offer(policy) {
    this.policy = policy;
    const actions = offered(policy);
    if (this.offers !== actions.join()) {
      this.offers = actions.join();
      const focused = this.buttons.contains(document.activeElement);
      this.buttons.replaceChildren(...actions.map((action) => el('button', { type: 'button', onclick: () => this.ask(action) }, known[action].label)));
      if (focused) {
        this.buttons.querySelector('button')?.focus({ preventScroll: true });
      }
    }
  }

  writable(writable) {
    show(this.node, writable);
  }

  change(key, value) {
    this.ask('change', key, value);
  }

  ask(action, key, value) {
    this.action = action;
    this.key = key;
    this.sure = false;
    show(this.answer, false);
    const what = known[action];
    this.value = el('input', { name: 'value', id: this.id + 'v', autocomplete: 'off', spellcheck: false, value: value === null || value === undefined ? '' : plain(value) });
    this.apply_ = el('button', { type: 'submit', class: 'apply' }, what.label);
    this.problem = el('p', { class: 'problem', role: 'alert', hidden: true });
    this.warning = el('p', { class: 'warning', role: 'alert', hidden: true });
    this.form.replaceChildren(
      el('p', {}, el('strong', {}, action === 'change' ? 'Change ' + key + ' of ' + this.policy.policy : what.label + ': ' + this.policy.policy), ' ', what.says(this.detail.name)),
      ...(action === 'change' ? [el('p', {}, el('label', { for: this.id + 'v' }, key + ' '), this.value)] : []),
      ...(what.once ? [] : [this.times()]),
      this.warning, this.problem,
      el('p', { class: 'buttons' }, this.apply_, el('button', { type: 'button', onclick: () => this.cancel() }, 'Cancel')),
    );
    show(this.form, true);
    (action === 'change' ? this.value : this.form.querySelector('input') ?? this.apply_).focus();
    if (action === 'change') {
      this.value.select();
    }
    this.form.scrollIntoView({ block: 'nearest' });
  }

  times() {
    return el('fieldset', {}, el('legend', {}, 'For'), ...TIMES.map(([value, label]) => el('label', {},
      el('input', { type: 'radio', name: 'for', value, checked: value === '5m', onchange: () => this.again() }), label)));
  }

  /** Another choice of time is another question. */
  again() {
    this.sure = false;
    show(this.warning, false);
    text(this.apply_, known[this.action].label);
    this.apply_.classList.remove('danger');
  }

  cancel() {
    show(this.form, false);
    this.buttons.querySelector('button')?.focus();
  }

  async apply() {
    const what = known[this.action];
    const time = this.form.elements.for?.value;
    const lasting = time === '' && this.action !== 'enable';
    if ((what.dangerous || lasting) && !this.sure) {
      this.sure = true;
      text(this.warning, what.says(this.detail.name) + (lasting ? ' It does not end by itself.' : ' It ends by itself after ' + (TIMES.find(([value]) => value === time)?.[1] ?? time) + '.'));
      show(this.warning, true);
      text(this.apply_, 'Yes, ' + what.label.toLowerCase());
      this.apply_.classList.add('danger');
      return;
    }
    const body = { action: this.action, policy: this.policy.policy };
    if (this.action === 'change') {
      body.values = { [this.key]: this.value.value.trim() };
    }
    if (time) {
      body.for = time;
    }
    await this.send(body, what);
  }

  async send(body, what) {
    this.apply_.disabled = true;
    try {
      const { change, call } = await post(path(this.detail.name), body);
      show(this.form, false);
      text(this.answer, what.label + ': done' + (change ? ' (' + change + ')' : '') + '.');
      show(this.answer, true);
      if (call) {
        this.detail.draw(call);
      }
      this.buttons.querySelector('button')?.focus({ preventScroll: true });
    } catch (refusal) {
      this.again();
      text(this.problem, refusal.message);
      show(this.problem, true);
    } finally {
      this.apply_.disabled = false;
    }
  }
}
