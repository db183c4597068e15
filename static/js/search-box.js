// <search-box data-src="/search/suggest/">: proposes while one types (an ARIA combobox with a list
// box) and takes the focus on "/". Without this script the form opens the search page.
const WAIT_MS = 150;
const TYPING = "input, textarea, select, [contenteditable]";

class SearchBox extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input[type=search]");
    if (!this.input || this.list) return;
    this.list = document.createElement("ul");
    this.list.id = "search-suggestions";
    this.list.className = "suggestions";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", this.dataset.label);
    this.list.hidden = true;
    this.append(this.list);
    const about = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false" };
    for (const [name, value] of Object.entries(about)) this.input.setAttribute(name, value);
    this.input.setAttribute("aria-controls", this.list.id);
    this.input.setAttribute("aria-keyshortcuts", "/");
    this.input.autocomplete = "off";
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => this.close());
    // The focus stays in the field, so that the list is still there when the click arrives.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.open(event.target.closest("[role=option]")));
    this.shortcut = (event) => this.summoned(event);
    document.addEventListener("keydown", this.shortcut);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.shortcut);
  }

  summoned(event) {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.(TYPING)) return;
    event.preventDefault();
    this.input.focus();
    this.input.select();
  }

  typed() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), WAIT_MS);
  }

  async ask() {
    const words = this.input.value.trim();
    if (words.length < 2) return this.close();
    this.asked?.abort();
    this.asked = new AbortController();
    try {
      const address = `${this.dataset.src}?${new URLSearchParams({ q: words })}`;
      const answer = await fetch(address, { signal: this.asked.signal });
      if (!answer.ok) return this.close();
      const found = await answer.text();
      if (words === this.input.value.trim() && document.activeElement === this.input) this.show(found);
    } catch {
      this.close(); // no connection, or asked anew: the form still works
    }
  }

  show(found) {
    const parsed = new DOMParser().parseFromString(`<ul>${found}</ul>`, "text/html");
    this.list.replaceChildren(...parsed.querySelectorAll("[role=option]"));
    this.options = [...this.list.children];
    this.options.forEach((option, n) => (option.id = `${this.list.id}-${n}`));
    this.list.hidden = !this.options.length;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    this.mark(-1);
  }

  mark(number) {
    this.at = number;
    this.options.forEach((option, n) => option.setAttribute("aria-selected", String(n === number)));
    const option = this.options[number];
    if (option) {
      this.input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      this.input.removeAttribute("aria-activedescendant");
    }
  }

  key(event) {
    if (this.list.hidden) {
      if (event.key !== "ArrowDown") return;
      event.preventDefault();
      this.ask();
      return;
    }
    const last = this.options.length - 1;
    if (event.key === "ArrowDown") this.mark(this.at >= last ? 0 : this.at + 1);
    else if (event.key === "ArrowUp") this.mark(this.at <= 0 ? last : this.at - 1);
    else if (event.key === "Enter" && this.at >= 0) this.open(this.options[this.at]);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
  }

  open(option) {
    if (option) location.assign(option.dataset.url);
  }

  close() {
    clearTimeout(this.timer);
    this.asked?.abort();
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

customElements.define("search-box", SearchBox);
