// How each kind of policy looks on a tile: a word, perhaps a bar, and what matters now. Kinds this page does not know are not drawn
// on tiles; the panel shows all they say.

import { count, plain, span } from './format.js';

const short = {
  'circuit-breaker': 'breaker', retry: 'budget', 'rate-limiter': 'limiter', bulkhead: 'bulkhead',
  timeout: 'timeout', 'timeout.total': 'timeout', hedge: 'hedge', failover: 'pool',
};

const words = {
  CLOSED: 'closed', OPEN: 'open', HALF_OPEN: 'half open', FORCED_OPEN: 'forced open', DISABLED: 'disabled',
  METRICS_ONLY: 'only measuring', FORCED_CLOSED: 'forced closed',
};

const until = (instant, now) => Date.parse(instant) - now;

function breaker(state, now) {
  const name = state.state ?? '';
  const said = [];
  if (state['state-since']) {
    said.push('for ' + span(now - Date.parse(state['state-since'])));
  }
  if (state['next-trial']) {
    const left = until(state['next-trial'], now);
    said.push(left > 0 ? 'next trial in ' + span(left) : 'next trial with the next call');
  } else if (name === 'OPEN' && state['retry-after']) {
    said.push('next trial in ' + state['retry-after']);
  }
  if (name === 'HALF_OPEN' && state['trials-left'] !== undefined) {
    said.push(count(state['trials-left']) + ' trials left');
  }
  if (typeof state['failure-rate'] === 'number' && state['failure-rate'] >= 0 && name === 'CLOSED') {
    said.push(plain(Math.round(state['failure-rate'] * 10) / 10) + ' % fail');
  }
  const level = name === 'CLOSED' ? 0 : name === 'OPEN' || name === 'FORCED_OPEN' ? 3 : name === 'HALF_OPEN' ? 2 : 1;
  return { badge: words[name] ?? name.toLowerCase().replaceAll('_', ' '), level, text: said.join(' · ') };
}

function budget(state) {
  const balance = state['budget-balance'];
  if (typeof balance !== 'number') {
    return null;
  }
  const low = balance < 1;
  const spent = state['budget-retries'];
  return {
    badge: low ? 'dry' : null,
    level: low ? 2 : 0,
    text: count(Math.floor(balance)) + ' retries left' + (spent ? ' · ' + count(spent) + ' spent' : ''),
  };
}

function limiter(state) {
  const limit = state.limit ?? state['limit-for-period'];
  const left = state.available;
  if (typeof left !== 'number') {
    return state.trouble ? { badge: 'on its own', level: 1, text: state.trouble } : null;
  }
  const extra = state.waiting ? ' · ' + count(state.waiting) + ' waiting' : '';
  const none = left <= 0;
  return {
    bar: limit ? { part: (limit - left) / limit } : null,
    badge: none ? 'used up' : null,
    level: none ? 2 : 0,
    text: count(left) + (limit ? ' of ' + count(limit) : '') + ' free' + extra,
  };
}

function bulkhead(state) {
  const limit = state.limit;
  const used = state['in-flight'];
  if (typeof used !== 'number') {
    return null;
  }
  const full = limit !== undefined && used >= limit;
  const adaptive = state.algorithm ? ' (adaptive)' : '';
  return {
    bar: limit ? { part: used / limit } : null,
    badge: full ? 'full' : null,
    level: full ? 2 : 0,
    text: count(used) + ' of ' + count(limit) + adaptive + ' in flight' + (state.queued ? ' · ' + count(state.queued) + ' queued' : ''),
  };
}

function pool(state) {
  const rows = Array.isArray(state.instances) ? state.instances : [];
  const inService = rows.filter((row) => row.status === 'available').length;
  return {
    badge: state.panic ? 'panic' : inService < rows.length ? rows.length - inService + ' out' : null,
    level: state.panic ? 3 : inService < rows.length ? 1 : 0,
    text: inService + ' of ' + rows.length + ' in service',
    rows,
  };
}

function timeout(state) {
  const running = state['still-running'];
  return running ? { badge: null, level: 1, text: count(running) + ' given up on, still running' } : null;
}

function hedge(state) {
  const started = state.started;
  return started === undefined || state.delay === undefined
    ? null
    : { badge: state.paused ? 'paused' : null, level: state.paused ? 1 : 0, text: 'after ' + state.delay + ' · ' + count(started) + ' started' };
}

const kinds = {
  'circuit-breaker': breaker, retry: budget, 'rate-limiter': limiter, bulkhead, failover: pool, timeout, 'timeout.total': timeout, hedge,
};

/** The lines of a tile: each with a label, and maybe badge, level, bar, text and rows. */
export function lines(policies, now) {
  const found = [];
  for (const { policy, state } of policies ?? []) {
    // Whatever its kind: what is disabled by hand says no more than that.
    const line = state?.disabled === true ? { badge: 'disabled', level: 1, text: '' } : state ? kinds[policy]?.(state, now) : null;
    if (line) {
      found.push({ policy, label: short[policy] ?? policy, bar: null, badge: null, rows: null, ...line });
    }
  }
  return found;
}

/** State that changes by the clock alone. */
export const ticking = (policies) => policies?.some(({ state }) => state?.['state-since'] || state?.['next-trial']) ?? false;
