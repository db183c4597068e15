// Finds values of a long facet by name: a field in place of the link to the whole list.
const PAUSE = 200;

class FacetSearch extends HTMLElement {
  connectedCallback() {
    const field = document.createElement("input");
    field.type = "search";
    field.placeholder = this.dataset.label;
    field.setAttribute("aria-label", this.dataset.label);
    field.autocomplete = "off";
    field.addEventListener("input", () => this.later(field.value));
    // What is written here is no part of the question.
    field.addEventListener("change", (event) => event.stopPropagation());
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault();
    });
    this.status = document.createElement("span");
    this.status.className = "visually-hidden";
    this.status.setAttribute("role", "status");
    this.prepend(field, this.status);
  }

  later(words) {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.find(words), PAUSE);
  }

  async find(words) {
    this.running?.abort();
    this.running = new AbortController();
    const address = new URL(this.dataset.src, window.location.href);
    if (words.trim()) address.searchParams.set("find", words.trim());
    try {
      const answer = await fetch(address, {
        headers: { "HX-Request": "true" },
        signal: this.running.signal,
      });
      if (answer.ok) this.show(await answer.text());
      else this.fail();
    } catch (error) {
      if (error.name !== "AbortError") this.fail();
    }
  }

  show(html) {
    const found = new DOMParser().parseFromString(html, "text/html").querySelector(".values");
    this.closest(".facet").querySelector(".values").replaceWith(found);
    this.status.className = "visually-hidden";
    this.status.textContent = found.dataset.said;
  }

  fail() {
    this.status.className = "";
    this.status.textContent = this.dataset.failed;
  }
}

customElements.define("vigil-facet-search", FacetSearch);
