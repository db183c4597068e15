// <pick-one data-src="/desk/incidents/pick/actor/">: a text field that finds rows while one types
// (an ARIA combobox with a list box). Without this script the words are looked up on saving.
let made = 0;

class PickOne extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input[type=text]");
    this.value = this.querySelector("[data-value]");
    if (!this.input || this.list) return;
    this.list = document.createElement("ul");
    this.list.id = `pick-${++made}`;
    this.list.className = "pick-list";
    this.list.setAttribute("role", "listbox");
    this.list.hidden = true;
    const label = this.closest(".desk-field")?.querySelector("label");
    this.list.setAttribute("aria-label", label ? label.textContent.trim() : "");
    this.input.setAttribute("role", "combobox");
    this.input.setAttribute("aria-autocomplete", "list");
    this.input.setAttribute("aria-controls", this.list.id);
    this.input.setAttribute("aria-expanded", "false");
    this.append(this.list);
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.choose(option);
    });
  }

  typed() {
    this.value.value = "";
    delete this.dataset.chosen;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.search(), 180);
  }

  async search() {
    const words = this.input.value.trim();
    if (!words) return this.close();
    const country = document.getElementById("id_country")?.value ?? "";
    const address = `${this.dataset.src}?${new URLSearchParams({ q: words, country })}`;
    this.asked?.abort();
    this.asked = new AbortController();
    try {
      const answer = await fetch(address, { signal: this.asked.signal });
      if (!answer.ok || answer.redirected) return this.close();
      const found = await answer.text();
      if (words !== this.input.value.trim() || document.activeElement !== this.input) return;
      this.show(found);
    } catch {
      this.close(); // no connection: the words are looked up on saving
    }
  }

  show(found) {
    const parsed = new DOMParser().parseFromString(`<ul>${found}</ul>`, "text/html");
    this.list.replaceChildren(...parsed.querySelectorAll("[role=option]"));
    this.options = [...this.list.children];
    this.options.forEach((option, i) => (option.id = `${this.list.id}-${i}`));
    if (!this.options.length) {
      const none = document.createElement("li");
      none.textContent = this.dataset.none;
      none.setAttribute("role", "option");
      none.setAttribute("aria-disabled", "true");
      this.list.append(none);
    }
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.mark(-1);
  }

  mark(number) {
    this.at = number;
    this.options.forEach((option, i) => option.setAttribute("aria-selected", String(i === number)));
    const option = this.options[number];
    if (option) {
      this.input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      this.input.removeAttribute("aria-activedescendant");
    }
  }

  key(event) {
    const isOpen = !this.list.hidden && this.options?.length;
    if (event.key === "ArrowDown" && !isOpen) {
      event.preventDefault();
      return this.search();
    }
    if (!isOpen) return;
    const last = this.options.length - 1;
    if (event.key === "ArrowDown") this.mark(this.at >= last ? 0 : this.at + 1);
    else if (event.key === "ArrowUp") this.mark(this.at <= 0 ? last : this.at - 1);
    else if (event.key === "Enter" && this.at >= 0) this.choose(this.options[this.at]);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
  }

  choose(option) {
    this.value.value = option.dataset.value;
    this.dataset.chosen = "";
    this.input.value = option.dataset.label;
    this.querySelector(".entry-options")?.remove();
    this.fill(option);
    this.close();
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  // Sibling fields that the chosen row knows, where they are empty or were filled by a choice.
  fill(option) {
    const row = this.closest(".entry-row");
    for (const { name, value } of row ? option.attributes : []) {
      if (!name.startsWith("data-fill-")) continue;
      const field = row.querySelector(`[name$="-${name.slice("data-fill-".length)}"]`);
      if (!field || (field.value && field.dataset.filled !== field.value)) continue;
      field.value = value;
      field.dataset.filled = value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  close() {
    clearTimeout(this.timer);
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

customElements.define("pick-one", PickOne);
