// <live-part data-src data-seconds>: fetches its part again while the page is looked at.
// A person who is at work in it is not disturbed: the part waits while the focus or a selection
// is inside. Without JavaScript the page shows the moment as of which it was made.
class LivePart extends HTMLElement {
  connectedCallback() {
    this.shown = this.querySelector("[data-part]");
    this.box = this.querySelector("input[type=checkbox]");
    this.querySelector(".live-switch").hidden = false;
    this.box.addEventListener("change", () => this.plan());
    document.addEventListener("visibilitychange", () => this.plan());
    this.plan();
  }

  disconnectedCallback() {
    clearTimeout(this.waiting);
  }

  plan() {
    clearTimeout(this.waiting);
    if (!this.box.checked || document.hidden || !this.isConnected) return;
    this.waiting = setTimeout(() => this.refresh(), this.dataset.seconds * 1000);
  }

  get isInUse() {
    const selection = getSelection();
    const isSelected = !selection.isCollapsed && this.shown.contains(selection.anchorNode);
    return isSelected || this.shown.contains(document.activeElement);
  }

  async refresh() {
    if (!this.isInUse) {
      const answer = await fetch(this.dataset.src, { redirect: "manual" }).catch(() => null);
      // Signed out: the page stays as it was, and the notice about the session says why.
      if (answer?.type === "opaqueredirect" || answer?.status === 403) return;
      const text = answer?.ok ? await answer.text() : null;
      if (text !== null && !this.isInUse) this.shown.innerHTML = text;
    }
    this.plan();
  }
}

customElements.define("live-part", LivePart);
