// <sign-out>: whoever uses the device next finds no draft on it. Asks where something would be lost.
const KEPT = "vigil-draft:";

function copies() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(KEPT));
  } catch {
    return [];
  }
}

class SignOut extends HTMLElement {
  connectedCallback() {
    this.querySelector("form").addEventListener("submit", (event) => {
      const kept = copies();
      if (kept.length && !confirm(this.dataset.question)) return event.preventDefault();
      // A page that is left writes its copy once more: it must not.
      document.dispatchEvent(new Event("desk:leaving"));
      for (const key of copies()) localStorage.removeItem(key);
    });
  }
}

customElements.define("sign-out", SignOut);
