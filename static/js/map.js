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
    // One change of the page may be told several times.
    if (String(query) === this.current) return;
    this.current = String(query);
    this.asked?.abort();
    this.asked = new AbortController();
    this.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(`${this.dataset.panel}?${query}`, { signal: this.asked.signal });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector(".map-said");
      if (!fresh) return;
      fresh.querySelector("details").open = this.said.querySelector("details").open;
      this.said.replaceWith(document.adoptNode(fresh));
      this.show();
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    } finally {
      this.removeAttribute("aria-busy");
    }
  }

  show() {
    this.querySelector('[data-do="anywhere"]').hidden = !this.state.box;
    this.drawn?.show(this.state);
  }

  pressed(event) {
    const does = event.target.closest("[data-do]")?.dataset.do;
    if (does === "load") this.load();
    else if (does === "whole") this.drawn.whole();
    else if (does === "anywhere") this.ask({ bbox: null });
    else if (does === "here") this.ask({ bbox: this.drawn.box() });
  }

  ask(params) {
    document.dispatchEvent(new CustomEvent("vigil:ask", { detail: { params } }));
  }
}

customElements.define("vigil-map", VigilMap);
