// Starts the service worker on public pages, says when there is no connection, and lists on
// /offline/ the pages that this device has kept (<kept-pages>).
const PAGES = "vigil-pages-1";
const SHELL = "/offline/";
const ANY = { ignoreVary: true };
const isDesk = location.pathname.startsWith("/desk/") || location.pathname.startsWith("/admin/");

if ("serviceWorker" in navigator && !isDesk) {
  // Without it (a private window, an old browser) every page still works with a connection.
  navigator.serviceWorker.register("/service-worker.js").catch(() => {});
}

function tell() {
  const notice = document.querySelector("[data-offline]");
  if (notice) notice.hidden = navigator.onLine;
}

addEventListener("online", tell);
addEventListener("offline", tell);
tell();

class KeptPages extends HTMLElement {
  async connectedCallback() {
    this.list = this.querySelector("ul");
    this.button = this.querySelector("button");
    this.button?.addEventListener("click", () => this.forget());
    if ("caches" in window) await this.show();
  }

  async show() {
    const pages = await caches.open(PAGES);
    const kept = (await pages.keys()).filter((one) => new URL(one.url).pathname !== SHELL);
    const rows = await Promise.all(kept.reverse().map((one) => this.row(pages, one)));
    this.list.replaceChildren(...rows);
    this.button.hidden = !rows.length;
    this.querySelector("[data-none]").hidden = Boolean(rows.length);
  }

  async row(pages, request) {
    const answer = await pages.match(request, ANY);
    const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
    const when = new Date(answer.headers.get("Date") ?? "");
    const link = document.createElement("a");
    link.href = request.url;
    link.textContent = parsed.title.trim().replace(/\s+/g, " ") || request.url;
    const row = document.createElement("li");
    row.append(link);
    if (!Number.isNaN(when.getTime())) {
      const note = document.createElement("span");
      note.className = "note";
      note.textContent = when.toLocaleString(document.documentElement.lang);
      row.append(" ", note);
    }
    return row;
  }

  async forget() {
    const pages = await caches.open(PAGES);
    for (const one of await pages.keys()) {
      if (new URL(one.url).pathname !== SHELL) await pages.delete(one, ANY);
    }
    await this.show();
  }
}

customElements.define("kept-pages", KeptPages);
