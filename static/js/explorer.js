// The explorer as one page: every choice asks again and swaps the answer, the panel and the list.
// Timeline and map talk to it by two events on the document: "vigil:question" tells them that the
// question has changed, "vigil:ask" with { params: { from: "2022", to: null } } changes it.
const PLACES = ["cursor", "open"];
const ENTRY = "input[type=text], input[type=search], input[type=number], input[type=date]";

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

class Explorer extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("#question");
    // A question that was refused has no parts to swap: the next one makes a whole page.
    if (!this.form?.hasAttribute("hx-get") || !window.htmx) return;
    this.dataset.scripted = "";
    this.answer = this.querySelector("#answer");
    this.addEventListener("click", (event) => this.follow(event));
    this.addEventListener("change", (event) => this.askFromOutside(event));
    document.addEventListener("vigil:ask", (event) => this.ask(event.detail.params));
    document.body.addEventListener("htmx:configRequest", (event) => this.prepare(event));
    document.body.addEventListener("htmx:beforeSwap", () => this.remember());
    document.body.addEventListener("htmx:afterSwap", () => this.restore());
    if (document.readyState === "complete") this.catchUp();
    else window.addEventListener("load", () => this.catchUp(), { once: true });
  }

  // A choice that was made before this script was there is asked now.
  catchUp() {
    if (wasChanged(this.form)) this.form.requestSubmit();
  }

  go(query, target = "#answer") {
    const path = this.form.getAttribute("action");
    const address = query ? `${path}?${query}` : path;
    window.htmx.ajax("GET", address, { source: this, target, swap: "outerHTML" });
  }

  ask(changes) {
    const asked = parameters(this.form);
    for (const [name, value] of Object.entries(changes)) {
      if (value === null || value === "") asked.delete(name);
      else asked.set(name, value);
    }
    this.go(new URLSearchParams([...asked]).toString());
  }

  follow(event) {
    const link = event.target.closest("a[data-ask], .pager a");
    const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (!link || !isPlain || event.altKey) return;
    event.preventDefault();
    // Turning a page changes the list alone.
    this.toTop = Boolean(link.closest(".pager"));
    this.go(new URL(link.href).search.slice(1), this.toTop ? "#listing" : "#answer");
  }

  // Controls of the panels stand outside the form that they belong to.
  askFromOutside({ target }) {
    if (target.form === this.form && !this.form.contains(target)) this.form.requestSubmit();
  }

  prepare({ detail }) {
    if (detail.elt !== this.form) return;
    if (!detail.parameters.actor) ["role", "lineage"].forEach((name) => delete detail.parameters[name]);
    for (const name of PLACES) delete detail.parameters[name];
  }

  remember() {
    const at = document.activeElement;
    this.entry = at?.matches(ENTRY) && at.form === this.form ? { id: at.id, value: at.value } : null;
    this.opened = new Map([...this.querySelectorAll("details[id]")].map((d) => [d.id, d.open]));
  }

  // HTMX tells of every swapped part by itself: what was remembered is restored once, and one
  // answer is told once.
  restore() {
    for (const [id, open] of this.opened ?? []) {
      const details = document.getElementById(id);
      if (details) details.open = open;
    }
    const entry = this.entry && document.getElementById(this.entry.id);
    if (entry && entry.value !== this.entry.value) entry.value = this.entry.value;
    this.opened = this.entry = null;
    if (this.toTop) this.querySelector("#listing").scrollIntoView();
    this.toTop = false;
    const answer = this.querySelector("#answer");
    if (answer === this.answer) return;
    this.answer = answer;
    if (answer.dataset.query === undefined) return;
    const shown = Object.fromEntries(new URLSearchParams(answer.dataset.address));
    const told = { query: answer.dataset.query, shown };
    document.dispatchEvent(new CustomEvent("vigil:question", { detail: told }));
  }
}

customElements.define("vigil-explorer", Explorer);
