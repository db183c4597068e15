// <vigil-map>: keeps the map in step with the question, and turns the server's drawing into a map
// that can be moved, once that comes into sight. Without WebGL the drawing stays.
const hasWebGL = () => {
  try {
    return Boolean(document.createElement("canvas").getContext("webgl2"));
  } catch {
    return false;
  }
};

class VigilMap extends HTMLElement {
  connectedCallback() {
    this.tools = this.querySelector(".map-tools");
    this.canvas = this.querySelector(".canvas");
    this.addEventListener("click", (event) => this.pressed(event));
    this.canvas.addEventListener("wheel", (event) => this.wheel(event), { capture: true });
    // `shown` has the presentation as well: layer, measure, baseline.
    this.follow = ({ detail }) => this.update(new URLSearchParams(detail.shown ?? detail.query));
    document.addEventListener("vigil:question", this.follow);
    if (!hasWebGL()) return;
    if (navigator.connection?.saveData) this.querySelector(".map-wait").hidden = false;
    else this.waitUntilSeen();
  }

  disconnectedCallback() {
    document.removeEventListener("vigil:question", this.follow);
    this.watch?.disconnect();
    this.drawn?.remove();
    this.drawn = null;
  }

  waitUntilSeen() {
    this.watch = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      this.watch.disconnect();
      this.load();
    }, { rootMargin: "200px" });
    this.watch.observe(this);
  }

  get said() {
    return this.querySelector(".map-said");
  }

  /** What the server says about the map: question, layer, bounds, and the table's rows. */
  get state() {
    const { question, layer, measure, bounds, washed } = this.said.dataset;
    const box = new URLSearchParams(question).get("bbox");
    const rows = [...this.said.querySelectorAll("tr[data-outline]")].map((row) => ({
      outline: row.dataset.outline,
      level: Number(row.dataset.level),
      element: row,
    }));
    return {
      question,
      layer,
      measure,
      bounds: bounds.split(",").map(Number),
      washed: washed ? washed.split(",") : [],
      box: box ? box.split(",").map(Number) : null,
      rows,
    };
  }

  async load() {
    this.querySelector(".map-wait").hidden = true;
    try {
      const { draw } = await import(this.dataset.drawer);
      this.canvas.hidden = false;
      this.drawn = await draw(this, this.canvas);
    } catch (error) {
      // The drawing of the server stays, which shows the same.
      this.canvas.hidden = true;
      console.warn(error);
      return;
    }
    this.classList.add("is-live");
    this.tools.hidden = false;
    this.show();
  }

  async update(query) {
    this.current = query;
    this.asked?.abort();
    const asked = new AbortController();
    this.asked = asked;
    this.setAttribute("aria-busy", "true");
    this.fail(false);
    try {
      const answer = await fetch(`${this.dataset.panel}?${query}`, { signal: asked.signal });
      if (!answer.ok) {
        this.fail(true);
        return;
      }
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector(".map-said");
      if (!fresh) return;
      fresh.querySelector("details").open = this.said.querySelector("details").open;
      const hadFocus = this.said.contains(document.activeElement);
      this.said.replaceWith(document.adoptNode(fresh));
      if (hadFocus) fresh.querySelector("summary").focus({ preventScroll: true });
      this.show();
    } catch (error) {
      if (error.name !== "AbortError") this.fail(true);
    } finally {
      // A later question keeps the map busy.
      if (asked === this.asked) this.removeAttribute("aria-busy");
    }
  }

  /** Whether to say that the map does not show the question. */
  fail(hasFailed) {
    this.querySelector(".map-failed").hidden = !hasFailed;
  }

  show() {
    this.querySelector('[data-do="anywhere"]').hidden = !this.state.box;
    this.drawn?.show(this.state);
  }

  pressed(event) {
    const does = event.target.closest("[data-do]")?.dataset.do;
    if (does === "load") this.load();
    else if (does === "again") this.again();
    else if (does === "whole") this.drawn.whole();
    else if (does === "anywhere") this.ask({ bbox: null });
    else if (does === "here") this.ask({ bbox: this.drawn.box() });
  }

  // As on the timeline, the wheel belongs to the page until the map has the focus or Ctrl is held.
  wheel(event) {
    const isMeant = event.ctrlKey || event.metaKey || this.canvas.contains(document.activeElement);
    if (!isMeant) event.stopPropagation();
  }

  again() {
    if (this.current) this.update(this.current);
    else {
      this.fail(false);
      this.drawn?.refresh();
    }
  }

  ask(params) {
    document.dispatchEvent(new CustomEvent("vigil:ask", { detail: { params } }));
  }
}

customElements.define("vigil-map", VigilMap);
