// The server's drawing under a window of days: across, its unit is the day, so a window is a view
// box; only the axis is drawn anew. Used by timeline.js.
import { ticks } from "./timeline-days.js";

const SVG = "http://www.w3.org/2000/svg";
// As on the server: incidents/timelines/spans.py.
const [PAD, LETTER, LEAST_LETTERS] = [4, 6, 8];

function fitted(name, letters) {
  if (name.length <= letters) return name;
  return letters >= LEAST_LETTERS ? `${name.slice(0, letters - 1).trimEnd()}…` : "";
}

function made(name, attributes, text = "") {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.textContent = text;
  return element;
}

export class Drawing {
  constructor(svg, first) {
    this.first = first;
    this.plots = [...svg.querySelectorAll("svg.plot")];
    this.spans = [...svg.querySelectorAll("svg.span, svg.span-name")];
    this.names = [...svg.querySelectorAll("svg.span-name")];
    this.svg = svg;
    new ResizeObserver(() => this.name()).observe(svg);
    this.axis = svg.querySelector(".timeline-axis");
  }

  // Draws the `days` days that begin `from` days after the first.
  look(from, days) {
    for (const plot of this.plots) {
      plot.setAttribute("viewBox", `${from} 0 ${days} ${plot.viewBox.baseVal.height}`);
    }
    for (const span of this.spans) {
      // Cut at the edge, so that the name stays in sight.
      const begin = Number(span.dataset.first) - from;
      const left = Math.min(Math.max(begin, 0), days);
      const right = Math.max(begin + Number(span.dataset.days), left);
      span.setAttribute("x", `${(100 * left) / days}%`);
      span.setAttribute("width", `${(100 * (right - left)) / days}%`);
    }
    this.name();
    const { head, foot } = this.axis.dataset;
    const marks = ticks(this.first + from, this.first + from + days).flatMap(({ day, label }) => {
      const share = (day - this.first - from) / days;
      const x = `${100 * share}%`;
      return [
        made("line", { x1: x, x2: x, y1: head, y2: foot }),
        made("text", { x, y: foot, dy: 16, "text-anchor": "middle" }, label),
      ];
    });
    this.axis.replaceChildren(...marks);
    this.space();
  }

  // Names stay within the drawing; a narrow axis leaves out those that would touch the one before.
  space() {
    const room = this.svg.getBoundingClientRect();
    let end = -Infinity;
    for (const text of this.axis.querySelectorAll("text")) {
      const wanted = text.getBoundingClientRect();
      const out = Math.min(wanted.left - room.left, 0) + Math.max(wanted.right - room.right, 0);
      if (out) text.setAttribute("dx", -out);
      const { left, right } = text.getBoundingClientRect();
      if (left < end + PAD) text.remove();
      else end = right;
    }
  }

  // As much of each name as there is room for, while its span is in sight.
  name() {
    const width = this.svg.getBoundingClientRect().width;
    for (const span of this.names) {
      const isInSight = parseFloat(span.previousElementSibling.getAttribute("width")) > 0;
      const room = isInSight ? (parseFloat(span.getAttribute("width")) / 100) * width : 0;
      const text = fitted(span.dataset.name, Math.floor((room - 2 * PAD) / LETTER));
      span.querySelector("text").textContent = text;
    }
  }
}
