// Opens an incident beside the list, so that one's place in it is kept. Without this script the
// same link leads to the page of the incident.
const NARROW = "(max-width: 48rem)";

const openIn = (address) => new URL(address).searchParams.get("open");

class SidePanel extends HTMLElement {
  connectedCallback() {
    this.explorer = this.closest("vigil-explorer");
    if (!this.explorer?.progress) return;
    this.explorer.addEventListener("click", (event) => this.follow(event));
    this.addEventListener("click", (event) => this.leave(event));
    // From anywhere, unless Escape has closed something nearer.
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented && this.isOpen) this.close();
    });
    document.addEventListener("vigil:question", () => this.empty());
    if (this.isOpen) this.show();
  }

  get isOpen() {
    return this.childElementCount > 0;
  }

  follow(event) {
    const link = event.target.closest("a[data-open]");
    const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (!link || !isPlain || event.altKey) return;
    event.preventDefault();
    const address = new URL(window.location.href);
    address.searchParams.set("open", link.dataset.open);
    this.load(address, (canonical) => window.history.pushState(null, "", canonical));
  }

  // Back and forward between the list and its incidents leave everything else as it is. Called by
  // explorer.js.
  turn() {
    if (openIn(window.location.href)) this.load(window.location.href);
    else this.leaveRow();
  }

  async load(address, loaded) {
    const again = () => this.load(address, loaded);
    const answer = await this.explorer.progress.ask(address, "side", again);
    if (!answer) return;
    this.innerHTML = answer.html;
    loaded?.(answer.address);
    this.explorer.shown = window.location.search;
    this.show();
  }

  show() {
    this.opener = openIn(window.location.href);
    this.mark();
    this.querySelector("#side-title")?.focus({ preventScroll: true });
  }

  // The row of the open incident is marked; on a phone the panel covers what is behind it.
  mark() {
    for (const link of this.explorer.querySelectorAll("a[data-open]")) {
      if (link.dataset.open === this.opener && this.isOpen) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    const behind = this.explorer.querySelector(".explorer-grid");
    behind.inert = this.isOpen && window.matchMedia(NARROW).matches;
  }

  leave(event) {
    if (!event.target.closest("a.close")) return;
    event.preventDefault();
    this.close();
  }

  close() {
    if (openIn(window.location.href)) {
      window.history.replaceState(null, "", this.querySelector("a.close").href);
      this.explorer.shown = window.location.search;
    }
    this.leaveRow();
  }

  // The focus returns to the row that was opened; a mark of the timeline has its row in the list.
  leaveRow() {
    const opened = this.opener && CSS.escape(this.opener);
    this.empty();
    const row = this.explorer.querySelector(`a[data-open="${opened}"]:not([tabindex])`);
    (row ?? document.getElementById("asked"))?.focus();
  }

  empty() {
    this.replaceChildren();
    this.opener = null;
    this.mark();
  }
}

customElements.define("vigil-side-panel", SidePanel);
