// <draft-keeper>: a page that saves itself. What is typed goes to this device at once and to the
// server soon after; the copy on the device is removed when the server has it.
const LOCAL_MS = 300;
const SERVER_MS = 1200;
const RETRY_MS = 15000;
const OLDEST_MS = 7 * 24 * 3600 * 1000;

class DraftKeeper extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.state = this.querySelector("[data-state]");
    this.changes = 0;
    this.form.addEventListener("input", () => this.changed(false));
    this.form.addEventListener("change", () => this.changed(true));
    this.form.addEventListener("htmx:afterSettle", (event) => {
      if (event.target.matches(".entry-part")) this.changed(true);
    });
    this.form.addEventListener("focusout", () => this.isDue && this.plan());
    this.form.addEventListener("submit", (event) => this.sent(event));
    document.addEventListener("desk:leaving", () => this.leave());
    addEventListener("online", () => this.isDue && this.plan(0));
    addEventListener("pagehide", () => this.isDue && this.copy());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden" && this.isDue) {
        this.copy();
        this.save(true);
      }
    });
    if ("typed" in this.dataset) this.changed(this.dataset.typed === "restored");
    else this.offer();
  }

  get key() {
    return `vigil-draft:${this.dataset.person}:${this.dataset.incident}`;
  }

  values() {
    const data = new FormData(this.form);
    data.delete("csrfmiddlewaretoken");
    return new URLSearchParams(data).toString();
  }

  changed(isDone) {
    this.changes += 1;
    this.isDue = true;
    clearTimeout(this.copying);
    this.copying = setTimeout(() => this.copy(), LOCAL_MS);
    if (isDone) this.plan();
  }

  copy() {
    clearTimeout(this.copying);
    try {
      localStorage.setItem(this.key, JSON.stringify({ at: Date.now(), values: this.values() }));
    } catch {
      // A private window may keep nothing; the server still does.
    }
  }

  plan(wait = SERVER_MS) {
    clearTimeout(this.planned);
    this.planned = setTimeout(() => this.save(false), wait);
  }

  // A source that is still being described would be entered half.
  get isDescribingSource() {
    const row = document.activeElement?.closest("#part-citations .entry-row");
    return Boolean(row) && document.hasFocus();
  }

  async save(isLast) {
    clearTimeout(this.planned);
    if (this.saving || !this.isDue || (this.isDescribingSource && !isLast)) return;
    const seen = this.changes;
    this.saving = this.send(seen, isLast);
    await this.saving;
    this.saving = null;
    if (this.isDue && this.changes !== seen) this.plan();
  }

  async send(seen, isLast) {
    let answer;
    try {
      answer = await fetch(this.dataset.autosave, {
        method: "POST",
        body: new FormData(this.form),
        redirect: "manual",
        keepalive: isLast,
      });
    } catch {
      this.say(this.dataset.offline);
      clearTimeout(this.planned);
      this.planned = setTimeout(() => this.save(false), RETRY_MS);
      return;
    }
    if (answer.type === "opaqueredirect") return this.say(this.dataset.signedOut);
    const type = answer.headers.get("Content-Type") ?? "";
    if (!type.startsWith("application/json")) return this.say(this.dataset.offline);
    if (answer.ok) this.told(await answer.json(), seen);
    else this.say(this.dataset.offline);
  }

  told(said, seen) {
    document.dispatchEvent(new Event("desk:active"));
    document.getElementById("notes").innerHTML = said.notes;
    if (!said.saved) return this.say(said.conflict ? said.reason : `${this.dataset.kept} ${said.reason}`);
    const isFirst = this.dataset.incident === "new";
    if (isFirst) localStorage.removeItem(this.key);
    this.form.elements.edition.value = said.edition;
    this.form.elements.base.value = said.base;
    this.form.action = said.action;
    this.dataset.autosave = said.autosave;
    this.dataset.incident = said.incident;
    if (isFirst) {
      history.replaceState(null, "", said.action);
      this.watchDuplicates(said.duplicates);
    }
    if (said.sources && !this.isDescribingSource) this.showSources(said.sources);
    if (this.changes === seen) {
      this.isDue = false;
      clearTimeout(this.copying);
      localStorage.removeItem(this.key);
    }
    this.say(`${this.dataset.saved} ${said.at}`);
  }

  // The list of possible duplicates leaves out the draft itself now, and offers what to do.
  watchDuplicates(address) {
    const list = document.getElementById("duplicates");
    if (!list || !window.htmx) return;
    list.addEventListener("htmx:configRequest", (event) => {
      if (event.target === list) event.detail.path = address;
    });
    window.htmx.ajax("POST", address, { source: list, target: list });
  }

  // New documents are known now; their rows say so.
  showSources(html) {
    const part = document.getElementById("part-citations");
    part.outerHTML = html;
    window.htmx?.process(document.getElementById("part-citations"));
    document.dispatchEvent(new Event("draft:sources"));
  }

  // Signing out: nothing is written any more, here or there.
  leave() {
    this.isDue = false;
    clearTimeout(this.copying);
    clearTimeout(this.planned);
  }

  say(text) {
    this.state.textContent = text;
  }

  async sent(event) {
    this.copy();
    sessionStorage.setItem("vigil-sent", this.key);
    clearTimeout(this.planned);
    if (!this.saving) {
      this.isDue = false;
      return;
    }
    event.preventDefault();
    const button = event.submitter;
    await this.saving;
    this.isDue = false;
    this.form.requestSubmit(button);
  }

  // The copy of an earlier visit, unless that visit ended with a save.
  offer() {
    const sent = sessionStorage.getItem("vigil-sent");
    if (sent) {
      localStorage.removeItem(sent);
      sessionStorage.removeItem("vigil-sent");
    }
    this.sweep();
    const copy = JSON.parse(localStorage.getItem(this.key) ?? "null");
    if (!copy) return;
    if (copy.values === this.values()) return localStorage.removeItem(this.key);
    const box = this.querySelector("[data-restore]");
    const when = new Date(copy.at).toLocaleString(document.documentElement.lang);
    this.querySelector("[data-restore-text]").textContent = `${this.dataset.copy} ${when}`;
    box.hidden = false;
    this.querySelector("[data-restore-no]").addEventListener("click", () => {
      localStorage.removeItem(this.key);
      box.hidden = true;
    });
    this.querySelector("[data-restore-yes]").addEventListener("click", () => this.restore(copy));
  }

  // Copies do not stay on a device for ever.
  sweep() {
    for (const key of Object.keys(localStorage).filter((key) => key.startsWith("vigil-draft:"))) {
      const { at } = JSON.parse(localStorage.getItem(key));
      if (Date.now() - at > OLDEST_MS) localStorage.removeItem(key);
    }
  }

  restore(copy) {
    const form = document.createElement("form");
    form.method = "post";
    form.action = this.form.action;
    const pairs = [...new URLSearchParams(copy.values), ["restore", "1"]];
    pairs.push(["csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value]);
    for (const [name, value] of pairs) {
      const input = document.createElement("input");
      input.type = "hidden";
      input.name = name;
      input.value = value;
      form.append(input);
    }
    document.body.append(form);
    form.submit();
  }
}

customElements.define("draft-keeper", DraftKeeper);
