// Where the keyboard stands while the explorer swaps its parts. HTMX gives the focus back to an
// element of the same id; this finds the nearest thing where there is none any more. Used by
// explorer.js.
export class Focus {
  constructor(explorer) {
    this.explorer = explorer;
    this.places = null;
  }

  // The ids of what would do instead, nearest first.
  remember() {
    const at = document.activeElement;
    if (!this.explorer.contains(at)) return;
    const near = at.closest("li")?.querySelector("input[id]");
    const fold = at.closest("details[id]");
    const turned = at.closest(".pager") && "listing-title";
    this.places = [at.id, near?.id, turned, fold?.id, "asked"].filter(Boolean);
  }

  restore() {
    const places = document.activeElement === document.body ? (this.places ?? []) : [];
    this.places = null;
    const found = places.map((id) => document.getElementById(id)).find(Boolean);
    (found?.querySelector(":scope > summary") ?? found)?.focus({ preventScroll: true });
  }
}
