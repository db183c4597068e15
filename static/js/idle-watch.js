// <idle-watch>: says before an idle session ends that it will, and lets the person stay.
// All tabs of the desk share one session, so they share the moment of the last activity.
const KEY = "vigil-desk-active";

class IdleWatch extends HTMLElement {
  connectedCallback() {
    this.soon = this.querySelector("[data-soon]");
    this.over = this.querySelector("[data-over]");
    this.querySelector("[data-stay]").addEventListener("click", () => this.stay());
    document.addEventListener("htmx:afterOnLoad", () => this.active());
    document.addEventListener("desk:active", () => this.active());
    document.addEventListener("visibilitychange", () => this.show());
    addEventListener("storage", (event) => event.key === KEY && this.show());
    this.active();
  }

  active() {
    this.last = Date.now();
    try {
      localStorage.setItem(KEY, String(this.last));
    } catch {
      // A private window may keep nothing; then each tab knows its own activity only.
    }
    this.show();
  }

  get left() {
    let shared = 0;
    try {
      shared = Number(localStorage.getItem(KEY));
    } catch {
      // As above.
    }
    return Math.max(this.last, shared) + this.dataset.seconds * 1000 - Date.now();
  }

  show() {
    clearTimeout(this.waiting);
    const { left } = this;
    const warned = this.dataset.warned * 1000;
    this.soon.hidden = left > warned || left <= 0;
    this.over.hidden = left > 0;
    if (left > 0) this.waiting = setTimeout(() => this.show(), left > warned ? left - warned : left);
  }

  async stay() {
    const answer = await fetch(this.dataset.awake, { redirect: "manual" }).catch(() => null);
    if (answer?.status === 204) this.active();
    else this.over.hidden = !(this.soon.hidden = answer !== null);
  }
}

customElements.define("idle-watch", IdleWatch);
