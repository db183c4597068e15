// Opens an incident beside the list, so that one's place in it is kept. Without this script the
// same link leads to the page of the incident.
const NARROW = "(max-width: 48rem)";

class SidePanel extends HTMLElement {
  connectedCallback() {
    this.explorer = this.closest("vigil-explorer");
    if (!this.explorer || !window.htmx) return;
    this.explorer.addEventListener("click", (event) => this.follow(event));
    this.addEventListener("click", (event) => this.leave(event));
    this.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
    this.addEventListener("htmx:afterSettle", () => this.show());
    document.addEventListener("vigil:question", () => this.empty());
    this.mark();
  }

  follow(event) {
    const link = event.target.closest("a[data-open]");
    const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (!link || !isPlain || event.altKey) return;
    event.preventDefault();
    this.opener = link.dataset.open;
    const address = new URL(window.location.href);
    address.searchParams.set("open", this.opener);
    window.htmx.ajax("GET", address.pathname + address.search, {
      source: this, target: "#side", swap: "innerHTML",
    });
  }

  show() {
    this.querySelector("#side-title")?.focus();
    this.mark();
  }

  // The row of the open incident is marked; on a phone the panel covers what is behind it.
  mark() {
    const isOpen = this.childElementCount > 0;
    const opened = isOpen && new URL(window.location.href).searchParams.get("open");
    for (const link of this.explorer.querySelectorAll("a[data-open]")) {
      if (link.dataset.open === (this.opener ?? opened) && isOpen) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    const behind = this.explorer.querySelector(".explorer-grid");
    behind.inert = isOpen && window.matchMedia(NARROW).matches;
  }

  leave(event) {
    if (!event.target.closest("a.close")) return;
    event.preventDefault();
    this.close();
  }

  close() {
    const link = this.explorer.querySelector(`a[data-open="${this.opener}"]`);
    const address = new URL(window.location.href);
    address.searchParams.delete("open");
    window.history.replaceState(window.history.state, "", address);
    this.empty();
    link?.focus();
  }

  empty() {
    this.replaceChildren();
    this.mark();
    this.opener = undefined;
  }
}

customElements.define("vigil-side-panel", SidePanel);
