// <vigil-timeline>: the server-drawn timeline brought to life. Wheel, pinch and keys zoom; dragging
// or two handles choose days, which the explorer then asks for ("vigil:ask", see explorer.js).
// Across, the drawing's unit is the day: zooming changes view boxes and draws nothing anew but the
// axis. Without this script the links below the drawing and in its table narrow the days.
import { boundary, clamp, read, spoken, write } from "./timeline-days.js";
import { Drawing } from "./timeline-drawing.js";
import { Gestures } from "./timeline-gestures.js";

const LEAST_DAYS = 7;
const KEYS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 };

// The handle that asked, and when: the drawing that replaces this one takes the focus back.
const ANSWERED = 10_000; // milliseconds
let asker = { end: null, at: 0 };

class Timeline extends HTMLElement {
  connectedCallback() {
    if (this.stage) return; // moved, not made
    this.stage = this.querySelector(".timeline-stage");
    this.readout = this.querySelector(".timeline-readout");
    this.first = read(this.dataset.first);
    this.days = Number(this.dataset.days);
    this.view = { from: 0, days: this.days };
    this.chosen = null;
    this.isOne = this.querySelectorAll(".timeline-table table").length === 1;
    this.drawing = new Drawing(this.querySelector(".timeline-drawing"), this.first);
    this.periods = this.said();
    this.equip();
    this.tools.addEventListener("click", (event) => this.does(event.target.closest("button")));
    new Gestures(this, this.stage);
    this.show();
    const isAnswer = performance.now() - asker.at < ANSWERED;
    if (asker.end && isAnswer) this.handles[asker.end].focus({ preventScroll: true });
    asker = { end: null, at: 0 };
  }

  // What the table twin says of each period, by its first day.
  said() {
    const found = new Map();
    for (const row of this.querySelectorAll(".timeline-table tr[data-first]")) {
      const heads = row.closest("table").tHead.rows[0].cells;
      const numbers = [...row.cells].slice(1).filter((c) => c.classList.contains("num"));
      const words = numbers
        .filter((cell) => cell.textContent.trim() !== "0")
        .map((cell) => `${heads[cell.cellIndex].textContent.trim()}: ${cell.textContent.trim()}`);
      const name = row.closest("[role=region]").getAttribute("aria-label");
      const first = read(row.dataset.first);
      const label = row.cells[0].textContent.trim();
      const entry = found.get(first) ?? { label, sets: [] };
      entry.sets.push(`${this.isOne ? "" : `${name}: `}${words.join(" · ")}`);
      found.set(first, entry);
    }
    return found;
  }

  equip() {
    this.tools = this.querySelector("template").content.firstElementChild.cloneNode(true);
    this.stage.before(this.tools);
    const made = (tag, name) => {
      const element = document.createElement(tag);
      element.className = name;
      this.stage.append(element);
      return element;
    };
    this.cursor = made("div", "cursor");
    this.cursor.hidden = true;
    this.band = made("div", "chosen");
    this.handles = {};
    for (const end of ["from", "to"]) {
      const handle = made("div", "handle");
      handle.dataset.end = end;
      handle.tabIndex = 0;
      handle.setAttribute("role", "slider");
      handle.setAttribute("aria-label", end === "from" ? this.dataset.wordsFrom : this.dataset.wordsTo);
      handle.setAttribute("aria-valuemin", "0");
      handle.setAttribute("aria-valuemax", String(this.days));
      handle.addEventListener("keydown", (event) => this.key(event, end));
      this.handles[end] = handle;
    }
    this.stage.tabIndex = -1;
    this.stage.classList.add("is-live");
  }

  does(button) {
    const middle = this.view.from + this.view.days / 2;
    if (button?.dataset.does === "in") this.zoom(0.5, middle);
    if (button?.dataset.does === "out") this.zoom(2, middle);
    if (button?.dataset.does === "whole") this.whole();
    if (button?.dataset.does === "ask") this.ask("from");
  }

  // Days from the left edge of the drawing at a place of the window.
  at(clientX) {
    const box = this.stage.getBoundingClientRect();
    return this.view.from + ((clientX - box.left) / box.width) * this.view.days;
  }

  // Choices keep to periods, and to days where the drawing shows few periods.
  get step() {
    const interval = this.dataset.interval;
    const length = boundary(this.first, interval, 1) - boundary(this.first, interval);
    return this.view.days < 6 * length ? "day" : interval;
  }

  choose(one, other) {
    const [from, to] = [Math.min(one, other), Math.max(one, other)];
    const low = boundary(Math.floor(this.first + from), this.step) - this.first;
    const high = boundary(Math.max(Math.ceil(this.first + to) - 1, this.first + low), this.step, 1);
    this.chosen = { from: clamp(low, 0, this.days - 1), to: clamp(high - this.first, 1, this.days) };
    this.show();
    this.say(this.wording(this.chosen));
  }

  key(event, end) {
    const by = KEYS[event.key];
    const place = this.shown[end];
    if (by) this.put(end, boundary(this.first + Math.ceil(place), this.step, by) - this.first);
    else if (event.key === "Home") this.put(end, 0);
    else if (event.key === "End") this.put(end, this.days);
    else if (event.key === "+" || event.key === "=") this.zoom(0.5, place);
    else if (event.key === "-") this.zoom(2, place);
    else if (event.key === "Enter" && this.chosen) this.ask(end);
    else if (event.key === "Escape" && this.chosen) this.forget();
    else return;
    event.preventDefault();
  }

  put(end, place) {
    const { from, to } = this.shown;
    this.chosen = end === "from"
      ? { from: clamp(place, 0, Math.ceil(to) - 1), to: Math.ceil(to) }
      : { from: Math.floor(from), to: clamp(place, Math.floor(from) + 1, this.days) };
    const into = this.chosen[end];
    const { from: left, days } = this.view;
    if (into < left || into > left + days) this.look(into - days / 2, days);
    this.show();
    this.say(this.wording(this.chosen));
  }

  get least() {
    return Math.min(LEAST_DAYS, this.days);
  }

  // What the handles stand for: the chosen days, else all that are in sight.
  get shown() {
    return this.chosen ?? { from: this.view.from, to: this.view.from + this.view.days };
  }

  zoom(factor, around) {
    const days = clamp(this.view.days * factor, this.least, this.days);
    this.look(around - ((around - this.view.from) / this.view.days) * days, days);
  }

  look(from, days) {
    this.view = { from: clamp(from, 0, this.days - days), days };
    this.show();
  }

  forget() {
    this.chosen = null;
    this.show();
  }

  whole() {
    this.chosen = null;
    this.look(0, this.days);
  }

  wording({ from, to }) {
    const first = Math.floor(this.first + from);
    const last = Math.ceil(this.first + to) - 1;
    return last > first ? `${spoken(first)} – ${spoken(last)}` : spoken(first);
  }

  say(text) {
    this.readout.textContent = text;
  }

  // Says what is under the pointer: an incident, a campaign, or what the period holds.
  point(clientX, target) {
    const { interval, wordsNone } = this.dataset;
    const at = this.at(clientX);
    const day = this.first + Math.floor(at);
    const first = boundary(day, interval);
    const period = this.periods.get(first);
    this.cursor.hidden = false;
    this.cursor.style.left = this.percent(at);
    const title = target.closest("a")?.querySelector("title");
    if (title) return this.say(title.textContent);
    const empty = { from: first - this.first, to: boundary(day, interval, 1) - this.first };
    if (period) return this.say(`${period.label} — ${period.sets.join("; ")}`);
    return this.say(`${this.wording(empty)}: ${wordsNone}`);
  }

  leave() {
    this.cursor.hidden = true;
  }

  percent(place) {
    return `${(100 * (place - this.view.from)) / this.view.days}%`;
  }

  show() {
    const { from, days } = this.view;
    this.drawing.look(from, days);
    for (const [end, handle] of Object.entries(this.handles)) {
      const place = this.shown[end];
      const day = Math.max(Math.ceil(this.first + place) - (end === "to" ? 1 : 0), this.first);
      handle.style.left = this.percent(clamp(place, from, from + days));
      handle.classList.toggle("is-set", this.chosen !== null);
      handle.setAttribute("aria-valuenow", String(Math.round(place)));
      handle.setAttribute("aria-valuetext", spoken(day));
    }
    const left = clamp(this.shown.from, from, from + days);
    const right = clamp(this.shown.to, from, from + days);
    this.band.hidden = this.chosen === null;
    this.band.style.left = this.percent(left);
    this.band.style.width = `${(100 * (right - left)) / days}%`;
    const isWhole = days === this.days;
    const isIdle = isWhole && this.chosen === null;
    const off = { in: days <= this.least, out: isWhole, whole: isIdle, ask: isIdle };
    for (const button of this.tools.querySelectorAll("button")) {
      button.disabled = off[button.dataset.does];
    }
  }

  ask(end = null) {
    const { from, to } = this.shown;
    asker = { end, at: performance.now() };
    const [first, last] = [Math.floor(this.first + from), Math.ceil(this.first + to) - 1];
    const params = { from: write(first), to: write(Math.max(first, last)), begun: null };
    document.dispatchEvent(new CustomEvent("vigil:ask", { detail: { params } }));
  }
}

customElements.define("vigil-timeline", Timeline);
