// The side panel. What it shows is in the address, so that it can be linked to: #call=…, #changes, #events.

import { byId, text } from './dom.js';

export class Panel {
  /** Pages by name; each is `(body, argument) => ({ title, close?, update? })`. */
  constructor(pages) {
    this.pages = pages;
    this.dialog = byId('panel');
    this.body = byId('panel-body');
    this.page = null;
    byId('panel-close').addEventListener('click', () => this.leave());
    this.dialog.addEventListener('cancel', (event) => {
      event.preventDefault();
      this.leave();
    });
    this.dialog.addEventListener('click', (event) => event.target === this.dialog && this.leave());
    addEventListener('hashchange', () => this.follow());
  }

  follow() {
    const [name, ...rest] = location.hash.slice(1).split('=');
    let argument;
    try {
      argument = decodeURIComponent(rest.join('='));
    } catch {
      argument = '';
    }
    this.page?.close?.();
    this.page = null;
    const page = this.pages[name];
    if (!page) {
      this.dialog.close();
      return;
    }
    this.body.replaceChildren();
    this.page = page(this.body, argument);
    text(byId('panel-title'), this.page.title);
    if (!this.dialog.open) {
      this.from = document.activeElement;
      this.dialog.showModal();
      byId('panel-title').focus({ preventScroll: true });
    }
    this.dialog.scrollTop = 0;
  }

  leave() {
    history.pushState(null, '', location.pathname + location.search);
    this.page?.close?.();
    this.page = null;
    this.dialog.close();
    if (this.from?.isConnected) {
      this.from.focus({ preventScroll: true });
    }
  }

  update(news) {
    this.page?.update?.(news);
  }
}
