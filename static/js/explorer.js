// The explorer as one page: every choice asks again and swaps the answer, the panel and the list.
// Timeline and map talk to it by two events on the document: "vigil:question" tells them that the
// question has changed, "vigil:ask" with { params: { from: "2022", to: null } } changes it.
import { Focus } from "./explorer-focus.js";
import { Progress } from "./explorer-progress.js";

const PLACES = ["cursor", "open"];
const ENTRY = "input[type=text], input[type=search], input[type=number], input[type=date]";
const PAUSE = 150; // milliseconds in which several ticks become one question

function parameters(form) {
  // Repeated fields are joined, empty ones left out: the address as the server writes it.
  const asked = new Map();
  for (const [name, value] of new FormData(form)) {
    if (value.trim()) asked.set(name, asked.has(name) ? `${asked.get(name)},${value}` : value);
  }
  if (!asked.has("actor")) ["role", "lineage"].forEach((name) => asked.delete(name));
  return asked;
}

function wasChanged(form) {
  return [...form.elements].some((field) => {
    if (field.type === "checkbox") return field.checked !== field.defaultChecked;
    if (field.tagName === "SELECT") {
      return [...field.options].some((option) => option.selected !== option.defaultSelected);
    }
    return field.tagName === "INPUT" && field.type !== "hidden" && wasTyped(field);
  });
}

// A number or date that the address has wrong stands in the field as nothing: nobody typed that.
function wasTyped(field) {
  const written = field.cloneNode();
  written.value = field.defaultValue;
  return field.value !== written.value;
}

function withoutOpen(search) {
  const asked = new URLSearchParams(search);
  asked.delete("open");
  asked.sort();
  return asked.toString();
}

// What one address changes of another; null where it removes a parameter.
function changes(before, after) {
  const names = new Set([...before.keys(), ...after.keys()]);
  const changed = [...names].filter((name) => before.get(name) !== after.get(name));
  return Object.fromEntries(changed.map((name) => [name, after.get(name)]));
}

class Explorer extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("#question");
    // A question that was refused has no parts to swap: the next one makes a whole page.
    if (!this.form?.hasAttribute("data-swaps") || !window.htmx) return;
    this.dataset.scripted = "";
    this.answer = this.querySelector("#answer");
    this.progress = new Progress(this);
    this.kept = new Focus(this);
    this.shown = this.dataset.query && `?${this.dataset.query}`;
    this.addEventListener("click", (event) => this.follow(event));
    this.addEventListener("change", ({ target }) => target.form === this.form && this.later());
    this.form.addEventListener("submit", (event) => this.submitted(event));
    document.addEventListener("vigil:ask", (event) => this.ask(event.detail.params));
    window.addEventListener("popstate", () => this.turn());
    if (document.readyState === "complete") this.catchUp();
    else window.addEventListener("load", () => this.catchUp(), { once: true });
  }

  // A choice that was made before this script was there is asked now; so is the address, where
  // back or forward went on before.
  catchUp() {
    this.turn();
    if (wasChanged(this.form)) this.form.requestSubmit();
  }

  later() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.form.requestSubmit(), PAUSE);
  }

  submitted(event) {
    event.preventDefault();
    this.ask(Object.fromEntries(PLACES.map((name) => [name, null])));
  }

  ask(changed) {
    const asked = parameters(this.form);
    for (const [name, value] of Object.entries(changed)) {
      if (value === null || value === "") asked.delete(name);
      else asked.set(name, value);
    }
    this.go(new URLSearchParams([...asked]).toString());
  }

  async go(query, part = "answer") {
    clearTimeout(this.waiting);
    const path = this.form.getAttribute("action");
    const address = query ? `${path}?${query}` : path;
    const answer = await this.progress.ask(address, part, () => this.go(query, part));
    if (answer) this.swap(part, answer);
  }

  swap(part, { html, address }) {
    this.remember();
    window.history.pushState(null, "", address);
    this.shown = window.location.search;
    window.htmx.swap(`#${part}`, html, { swapStyle: "outerHTML" });
    this.restore();
    if (part === "answer") this.tell();
    else this.querySelector("#listing").scrollIntoView();
  }

  // Back and forward to another question load its page, which is whole in its address.
  turn() {
    const [before, now] = [this.shown, window.location.search];
    this.shown = now;
    if (withoutOpen(before) !== withoutOpen(now)) window.location.reload();
    else if (before !== now) this.querySelector("vigil-side-panel").turn();
  }

  follow(event) {
    const link = event.target.closest("a[data-ask], .pager a");
    const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (!link || !isPlain || event.altKey) return;
    event.preventDefault();
    const wanted = new URL(link.href).searchParams;
    // Turning a page changes the list alone.
    if (link.closest(".pager")) this.go(wanted.toString(), "listing");
    // The link was made for the question before what is ticked and not yet answered.
    else if (wasChanged(this.form)) {
      this.ask(changes(new URLSearchParams(this.answer.dataset.address), wanted));
    } else this.go(wanted.toString());
  }

  remember() {
    const at = document.activeElement;
    this.entry = at?.matches(ENTRY) && at.form === this.form ? { id: at.id, value: at.value } : null;
    this.opened = new Map([...this.querySelectorAll("details[id]")].map((d) => [d.id, d.open]));
    this.kept.remember();
  }

  restore() {
    for (const [id, open] of this.opened) {
      const details = document.getElementById(id);
      if (details) details.open = open;
    }
    const entry = this.entry && document.getElementById(this.entry.id);
    if (entry && entry.value !== this.entry.value) entry.value = this.entry.value;
    this.kept.restore();
  }

  tell() {
    const answer = this.querySelector("#answer");
    this.answer = answer;
    this.progress.answered(answer);
    if (answer.dataset.query === undefined) return;
    const shown = Object.fromEntries(new URLSearchParams(answer.dataset.address));
    const told = { query: answer.dataset.query, shown };
    document.dispatchEvent(new CustomEvent("vigil:question", { detail: told }));
  }
}

customElements.define("vigil-explorer", Explorer);
