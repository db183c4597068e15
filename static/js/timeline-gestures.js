// What hands do on the timeline: drag to choose days, pinch or wheel to zoom. Used by timeline.js.
import { clamp } from "./timeline-days.js";

const A_CLICK = 5; // pixels that a hand may tremble

export class Gestures {
  constructor(timeline, stage) {
    this.timeline = timeline;
    this.stage = stage;
    this.pointers = new Map();
    const on = (name, does, options) => stage.addEventListener(name, does.bind(this), options);
    on("pointerdown", this.press);
    on("pointermove", this.move);
    on("pointerup", this.release);
    on("pointercancel", this.release);
    on("pointerleave", () => timeline.leave());
    on("wheel", this.wheel, { passive: false });
    // A drag that began on an incident does not open it.
    on("click", (event) => this.dragged && this.drop(event), { capture: true });
    on("dragstart", (event) => event.preventDefault());
  }

  drop(event) {
    event.preventDefault();
    event.stopPropagation();
  }

  press(event) {
    const { timeline, stage, pointers } = this;
    pointers.set(event.pointerId, event.clientX);
    this.dragged = false;
    if (pointers.size === 2) {
      const [a, b] = [...pointers.values()];
      const days = timeline.view.days;
      this.pinch = { apart: Math.abs(a - b) || 1, days, at: timeline.at((a + b) / 2) };
      this.begun = null;
    } else if (event.button === 0 && event.isPrimary) {
      const end = event.target.dataset.end;
      const { from, to } = timeline.shown;
      const at = end ? (end === "from" ? to : from) : timeline.at(event.clientX);
      this.begun = { x: event.clientX, at };
      if (!end) stage.focus({ preventScroll: true });
    }
  }

  move(event) {
    const { timeline, pointers, begun } = this;
    if (pointers.has(event.pointerId)) pointers.set(event.pointerId, event.clientX);
    if (this.pinch && pointers.size === 2) return this.spread();
    if (!begun) return timeline.point(event.clientX, event.target);
    if (!this.dragged && Math.abs(event.clientX - begun.x) < A_CLICK) return;
    this.dragged = true;
    this.stage.setPointerCapture(event.pointerId);
    const { from, days } = timeline.view;
    timeline.choose(begun.at, clamp(timeline.at(event.clientX), from, from + days));
  }

  // Letting go of a drag asks for its days; a click only chooses the period under it.
  release(event) {
    const { timeline, begun } = this;
    this.pointers.delete(event.pointerId);
    this.begun = null;
    if (this.pinch) {
      if (!this.pointers.size) this.pinch = null;
    } else if (begun && event.type === "pointercancel") {
      timeline.forget(); // the page was scrolled
    } else if (begun && this.dragged) {
      timeline.ask();
    } else if (begun && !event.target.closest("a, [data-end]")) {
      timeline.choose(begun.at, begun.at);
    }
  }

  spread() {
    const { timeline, pinch } = this;
    const [a, b] = [...this.pointers.values()];
    const box = this.stage.getBoundingClientRect();
    const wanted = (pinch.days * pinch.apart) / (Math.abs(a - b) || 1);
    const days = clamp(wanted, timeline.least, timeline.days);
    timeline.look(pinch.at - (((a + b) / 2 - box.left) / box.width) * days, days);
  }

  // The wheel belongs to the page until the drawing has the focus or Ctrl is held.
  wheel(event) {
    const { timeline, stage } = this;
    if (!event.ctrlKey && !event.metaKey && !stage.contains(document.activeElement)) return;
    event.preventDefault();
    if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      const { from, days } = timeline.view;
      timeline.look(from + Math.sign(event.deltaX) * days * 0.1, days);
    } else {
      timeline.zoom(event.deltaY > 0 ? 1.25 : 0.8, timeline.at(event.clientX));
    }
  }
}
