// What is known of the calls. Snapshots replace it, ticks change it; both say which calls changed.

export const OUTCOMES = ['answered', 'retried', 'fallback', 'refused', 'timeout', 'failed', 'other'];
export const SECONDS = 60;
const LINGER = 10000;

/** A minute of outcomes: one row of seven counts a second, in a ring. */
export class Minute {
  constructor(head) {
    this.head = head; // epoch second of the last row
    this.rows = new Float64Array(SECONDS * OUTCOMES.length);
  }

  advance(second) {
    if (second - this.head >= SECONDS) {
      this.rows.fill(0);
      this.head = second;
    }
    while (this.head < second) {
      this.head++;
      this.rows.fill(0, this.at(this.head), this.at(this.head) + OUTCOMES.length);
    }
  }

  /** Where the row of a second begins. */
  at(second) {
    return (((second % SECONDS) + SECONDS) % SECONDS) * OUTCOMES.length;
  }

  set(second, counts, from) {
    this.advance(second);
    if (second > this.head - SECONDS) {
      for (let i = 0; i < OUTCOMES.length; i++) {
        this.rows[this.at(second) + i] = counts[from + i] ?? 0;
      }
    }
  }

  totals() {
    const sums = new Array(OUTCOMES.length).fill(0);
    for (let i = 0; i < this.rows.length; i++) {
      sums[i % OUTCOMES.length] += this.rows[i];
    }
    return sums;
  }
}

export class Model {
  constructor() {
    this.clear();
  }

  clear() {
    this.calls = new Map();
    this.changes = [];
    this.at = 0;
    this.skew = 0; // the server's clock minus this machine's
    this.header = { application: '', instance: '', writable: false };
  }

  /** The server's time now. */
  now() {
    return Date.now() + this.skew;
  }

  /** Takes a whole snapshot. Returns the names that changed and those that went. */
  snapshot(snapshot) {
    this.time(snapshot.at);
    this.header = { application: snapshot.application, instance: snapshot.instance, writable: snapshot.writable === true };
    this.changes = snapshot.changes ?? [];
    const second = Math.floor(snapshot.at / 1000);
    const there = new Set();
    for (const call of snapshot.calls) {
      there.add(call.name);
      const minute = new Minute(second);
      for (let i = 0; i < SECONDS; i++) {
        minute.set(second - SECONDS + 1 + i, OUTCOMES.map((outcome) => call.outcomes?.[outcome]?.[i] ?? 0), 0);
      }
      this.calls.set(call.name, this.entry(call, minute));
    }
    const gone = [...this.calls.keys()].filter((name) => !there.has(name));
    gone.forEach((name) => this.calls.delete(name));
    return { changed: [...there], gone };
  }

  tick(tick) {
    this.time(tick.at);
    if (tick.changes) {
      this.changes = tick.changes;
    }
    for (const call of tick.calls) {
      const minute = this.calls.get(call.name)?.minute ?? new Minute(Math.floor(tick.at / 1000));
      for (const column of call.columns ?? []) {
        minute.set(column[0], column, 1);
      }
      this.calls.set(call.name, this.entry(call, minute));
    }
    const gone = (tick.gone ?? []).filter((name) => this.calls.delete(name));
    return { changed: tick.calls.map((call) => call.name), gone };
  }

  entry(call, minute) {
    const before = this.calls.get(call.name);
    const fell = before && before.rank === before.severity && before.rank > call.severity;
    const lasting = before && before.rank > call.severity && (fell || this.at - before.high < LINGER);
    return {
      ...call,
      minute,
      totals: minute.totals(),
      rank: lasting ? before.rank : call.severity,
      high: lasting && !fell ? before.high : this.at, // when it was last as bad as its rank
    };
  }

  /** How bad a call counts when calls are put in order: what gets better counts as bad for a while, so that it does not hop about. */
  rank(call) {
    return call.rank > call.severity && this.at - call.high >= LINGER ? call.severity : call.rank;
  }

  time(at) {
    this.at = at;
    this.skew = at - Date.now();
  }
}
