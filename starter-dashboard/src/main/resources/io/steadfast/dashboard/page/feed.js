// The stream of snapshots and ticks. The server beats twice a second; a page that has not heard a beat for two seconds says so.

const STALE_AFTER = 2000;
const GIVE_UP_AFTER = 5000;
const LONGEST_WAIT = 5000;

export class Feed {
  /** Hears `snapshot`, `tick`, `event` with their data, and `link` with 'live', 'late', 'lost' or 'refused' and a reason. */
  constructor(url, hears) {
    this.url = url;
    this.hears = hears;
    this.source = null;
    this.beat = 0; // when something last came
    this.wait = 0;
    this.state = '';
    setInterval(() => this.watch(), 500);
    addEventListener('online', () => this.again(0));
    addEventListener('pagehide', () => this.stop());
    addEventListener('pageshow', (event) => event.persisted && this.start());
    this.start();
  }

  start() {
    this.stop();
    this.opened = Date.now();
    const source = new EventSource(this.url);
    this.source = source;
    for (const kind of ['snapshot', 'tick', 'event']) {
      source.addEventListener(kind, (event) => source === this.source && this.take(kind, event.data));
    }
    source.onerror = () => source === this.source && this.again(this.longer());
  }

  stop() {
    clearTimeout(this.timer);
    this.source?.close();
    this.source = null;
  }

  take(kind, data) {
    // A tick before a snapshot would be changes to nothing.
    if (kind === 'snapshot') {
      this.fresh = this.source;
    } else if (this.fresh !== this.source) {
      return;
    }
    this.beat = Date.now();
    this.wait = 0;
    this.hears[kind](JSON.parse(data));
    this.say('live');
  }

  watch() {
    const silent = Date.now() - Math.max(this.beat, this.opened);
    if (this.source && silent > GIVE_UP_AFTER) {
      this.again(0);
    } else if (this.source && this.state === 'live' && Date.now() - this.beat > STALE_AFTER) {
      this.say('late');
    }
  }

  longer() {
    this.wait = Math.min(LONGEST_WAIT, Math.max(500, this.wait * 2));
    return this.wait * (0.75 + Math.random() / 2);
  }

  again(wait) {
    this.stop();
    this.say('lost');
    this.timer = setTimeout(() => this.start(), wait);
    if (this.wait >= 1000) {
      this.ask();
    }
  }

  /** A stream that fails does not say why; an ordinary request does. */
  async ask() {
    try {
      const answer = await fetch(this.url.replace(/stream$/, 'snapshot'), { headers: { Accept: 'application/json' } });
      if (answer.status === 401 || answer.status === 403 || answer.redirected) {
        this.say('refused', 'You are signed out or not allowed to see this. Reload the page to sign in.');
      } else if (answer.status === 503) {
        this.say('refused', 'The application serves as many streams as it may. This page tries again by itself.');
      }
    } catch { /* Unreachable: that is what 'lost' says. */ }
  }

  say(state, reason) {
    if (this.state !== state) {
      this.state = state;
      this.hears.link(state, reason);
    }
  }
}
