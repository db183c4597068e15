// Asks the server for parts of the explorer, and says what happens: that it asks, that no answer
// came, what was found. Used by explorer.js and side-panel.js.
const PATIENCE = 400; // milliseconds: a quick answer needs no word
const REFUSED = 400; // with the reason in the answer's place

export class Progress {
  constructor(explorer) {
    this.explorer = explorer;
    this.words = explorer.dataset;
    this.running = new Map();
    this.status = document.createElement("div");
    this.status.setAttribute("role", "status");
    this.text = document.createElement("p");
    this.again = document.createElement("button");
    Object.assign(this.again, { type: "button", textContent: this.words.wordsAgain });
    this.again.addEventListener("click", () => this.repeat());
    this.status.append(this.text, this.again);
    this.say("");
    explorer.append(this.status);
  }

  say(text, kind = "visually-hidden") {
    this.status.className = kind;
    this.text.textContent = text;
    this.again.hidden = kind !== "progress failed";
  }

  /** The page's `part` as the server answers it, and its address; null where it failed or was
   *  overtaken by a later one. `repeat` asks again. */
  async ask(address, part, repeat) {
    const line = part === "side" ? part : "question";
    this.running.get(line)?.abort();
    const asked = new AbortController();
    this.running.set(line, asked);
    this.begin(part, repeat);
    try {
      const headers = { "HX-Request": "true", "HX-Target": part };
      const answer = await fetch(address, { headers, signal: asked.signal });
      const html = await answer.text();
      if (answer.ok || answer.status === REFUSED) {
        this.end();
        return { html, address: answer.headers.get("HX-Push-Url") };
      }
      this.fail(answer.status);
    } catch {
      if (!asked.signal.aborted) this.fail();
    }
    return null;
  }

  begin(part, repeat) {
    this.repeat = repeat;
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.say(this.words.wordsWaiting, "progress"), PATIENCE);
    this.busy(part === "side" ? null : "true");
  }

  end() {
    clearTimeout(this.waiting);
    this.busy(null);
    this.say("");
  }

  busy(state) {
    for (const part of this.explorer.querySelectorAll(".results")) part.ariaBusy = state;
  }

  // `status` of the answer, or none where none came.
  fail(status) {
    this.end();
    const { wordsRefused, wordsUnreached, wordsKept } = this.words;
    const what = status ? wordsRefused.replace("{n}", status) : wordsUnreached;
    this.say(`${what} ${wordsKept}`, "progress failed");
  }

  /** Says what was found to those who do not see it. */
  answered(answer) {
    const question = answer.querySelector(".question")?.textContent.trim() ?? "";
    const none = this.explorer.querySelector(".none-found, .empty strong")?.textContent.trim();
    const [label, value] = ["dt", ".value"].map(
      (part) => answer.querySelector(`.stat ${part}`)?.textContent.trim(),
    );
    this.say(`${question} ${none ?? (value ? `${label}: ${value}` : "")}`);
  }
}
