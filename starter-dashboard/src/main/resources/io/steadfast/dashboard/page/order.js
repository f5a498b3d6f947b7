// In which order calls stand. Ties end with the name, so that an order never depends on what came first.

import { OUTCOMES } from './model.js';

const lost = (call) => {
  const asked = call.totals.reduce((sum, n) => sum + n, 0) - call.totals[OUTCOMES.indexOf('other')];
  return asked === 0 ? 0 : 1 - (call.totals[0] + call.totals[1]) / asked;
};

// Figures are compared by size class, or two calls with like figures would swap places with every tick.
const size = (n) => Math.round(Math.log(Math.max(n, 0.01)) * 2);

const by = {
  trouble: (model) => (call) => [-model.rank(call), call.since ?? Infinity],
  name: () => () => [],
  rate: () => (call) => [-size(call.rate ?? 0)],
  lost: () => (call) => [-Math.ceil(lost(call) * 20)],
  p99: () => (call) => [-size(call.latency?.p99 ?? 0)],
};

/** The calls in order. */
export function sorted(calls, choice, model) {
  const key = (by[choice] ?? by.trouble)(model);
  return calls
    .map((call) => ({ call, key: key(call) }))
    .sort((a, b) => {
      for (let i = 0; i < a.key.length; i++) {
        if (a.key[i] !== b.key[i]) {
          return a.key[i] < b.key[i] ? -1 : 1;
        }
      }
      return a.call.name < b.call.name ? -1 : a.call.name > b.call.name ? 1 : 0;
    })
    .map(({ call }) => call);
}
