// The map that can be moved: MapLibre GL over the server's own data. Loaded once, when needed.
const NOTHING = { type: "FeatureCollection", features: [] };
const MARGIN = { top: 24, right: 24, bottom: 24, left: 24 };

let library = null;

/** The library with its worker and style sheet, and the outlines; all fetched once. */
function parts(data) {
  library ??= Promise.all([
    import(data.library),
    import(data.style),
    import(data.marks),
    import(data.topojson),
    fetch(data.outlines).then((answer) => answer.json()),
    new Promise((resolve, reject) => {
      const link = document.createElement("link");
      Object.assign(link, { rel: "stylesheet", href: data.stylesheet });
      link.addEventListener("load", resolve);
      link.addEventListener("error", reject);
      document.head.append(link);
    }),
  ]);
  return library;
}

function shapesOf(topology, names) {
  const collection = (name) => {
    const found = self.topojson.feature(topology, topology.objects[name]);
    for (const one of found.features) one.properties = { ...one.properties, code: one.id };
    return found;
  };
  return {
    around: collection("around"),
    countries: collection("countries"),
    areas: collection("areas"),
    names,
  };
}

export async function draw(host, canvas) {
  const [gl, look, marks, , topology] = await parts(host.dataset);
  gl.setWorkerUrl(host.dataset.worker);
  const told = (id) => JSON.parse(host.querySelector(id).textContent);
  const shapes = shapesOf(topology, told("#map-names"));
  return new Drawn(host, canvas, { gl, look, marks, shapes, words: told("#map-words") });
}

class Drawn {
  constructor(host, canvas, parts) {
    Object.assign(this, parts, { host, state: host.state, popup: null });
    const { gl, words } = parts;
    this.map = new gl.Map({
      container: canvas,
      style: this.style(),
      bounds: this.state.bounds,
      fitBoundsOptions: { padding: MARGIN },
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      renderWorldCopies: false,
      // On a telephone one finger moves the page, two move the map.
      cooperativeGestures: window.matchMedia("(pointer: coarse)").matches,
      locale: words,
      minZoom: 1,
      maxZoom: 13,
      maxBounds: [-60, -60, 95, 65],
      fadeDuration: 0,
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.keyboard.disableRotation();
    this.map.addControl(new gl.NavigationControl({ showCompass: false }), "top-right");
    this.map.addControl(new gl.ScaleControl({ maxWidth: 90 }), "bottom-left");
    this.map.getCanvas().addEventListener("keydown", (event) => this.key(event));
    this.map.on("moveend", () => this.refresh());
    this.map.on("click", (event) => this.tell(event.point, event.lngLat));
    this.map.on("mousemove", (event) => this.point(event.point));
    this.scheme = window.matchMedia("(prefers-color-scheme: dark)");
    this.recolour = () => this.restyle();
    this.scheme.addEventListener("change", this.recolour);
    this.leave = (event) => event.key === "Escape" && this.close(event);
    host.addEventListener("keydown", this.leave);
    this.map.on("style.load", () => {
      this.isStyled = true;
      this.fill();
    });
  }

  remove() {
    this.scheme.removeEventListener("change", this.recolour);
    this.host.removeEventListener("keydown", this.leave);
    this.asked?.abort();
    this.map.remove();
  }

  style() {
    this.colours = this.look.palette(this.host);
    return this.look.style(this.colours, this.shapes, this.state);
  }

  restyle() {
    this.isStyled = false;
    this.map.setStyle(this.style(), { diff: false });
  }

  /** A new question: other figures, perhaps another layer, and what it is about in sight. */
  show(state) {
    const before = this.state;
    this.state = state;
    const hadFocus = this.popup?.getElement()?.contains(document.activeElement);
    this.popup?.remove();
    if (hadFocus) this.map.getCanvas().focus({ preventScroll: true });
    if (before.bounds.join() !== state.bounds.join()) this.whole();
    if (before.layer !== state.layer || before.measure !== state.measure) this.restyle();
    else if (this.isStyled) this.fill();
  }

  fill() {
    for (const source of ["countries", "areas"]) this.map.removeFeatureState({ source });
    for (const code of this.state.washed) this.mark(code, { washed: true });
    if (this.state.layer === "clusters") {
      this.fetched = null;
      this.refresh();
    } else {
      for (const { outline, level } of this.state.rows) if (outline) this.mark(outline, { level });
    }
    this.host.dataset.shown = this.state.layer;
  }

  mark(code, state) {
    // ISO 3166 codes have three letters, the ids of areas more.
    this.map.setFeatureState({ source: code.length === 3 ? "countries" : "areas", id: code }, state);
  }

  whole() {
    const [west, south, east, north] = this.state.bounds;
    this.map.fitBounds([[west, south], [east, north]], { padding: MARGIN, animate: false });
  }

  /** What is in sight as a `bbox`. */
  box(digits = 2) {
    const sides = this.map.getBounds().toArray().flat();
    return sides.map((side) => side.toFixed(digits)).join(",");
  }

  get zoom() {
    return Math.max(0, Math.round(this.map.getZoom()));
  }

  async refresh() {
    if (this.state.layer !== "clusters" || !this.map.getSource("places")) return;
    const wanted = this.cut(this.inSight());
    const zoom = this.zoom;
    if (!wanted) this.map.getSource("places").setData(NOTHING);
    if (!wanted || (this.fetched?.zoom === zoom && this.marks.contains(this.fetched.box, wanted))) return;
    const query = new URLSearchParams(this.state.question);
    const box = this.cut(this.marks.padded(wanted));
    query.set("bbox", box.map((side) => side.toFixed(4)).join(","));
    query.set("zoom", zoom);
    query.set("layer", "clusters");
    this.asked?.abort();
    this.asked = new AbortController();
    try {
      const answer = await fetch(`${this.host.dataset.features}?${query}`, {
        signal: this.asked.signal,
      });
      if (!answer.ok) throw new Error(`${answer.status}`);
      const found = await answer.json();
      this.fetched = { zoom, box };
      this.known = found.gathered.join(",");
      this.map.getSource("places")?.setData(this.marks.sized(found, this.words));
      this.map.once("idle", () => { this.host.dataset.places = found.features.length; });
    } catch (error) {
      if (error.name === "AbortError") return;
      this.fetched = null;
      this.map.getSource("places")?.setData(NOTHING);
      this.host.fail(true);
    }
  }

  inSight() {
    const [[west, south], [east, north]] = this.map.getBounds().toArray();
    return [Math.max(west, -180), Math.max(south, -90), Math.min(east, 180), Math.min(north, 90)];
  }

  /** A box cut to the box that the question asks about; null where nothing is left. */
  cut(box) {
    const limits = this.state.box ?? [-180, -90, 180, 90];
    const [w, s, e, n] = box.map((side, i) => Math[i < 2 ? "max" : "min"](side, limits[i]));
    return w < e && s < n ? [w, s, e, n] : null;
  }

  targets(point, reach = 0) {
    const around = [[point.x - reach, point.y - reach], [point.x + reach, point.y + reach]];
    const layers = ["points", "clusters", "circle-marks", "circles"]
      .filter((layer) => this.map.getLayer(layer));
    return this.map.queryRenderedFeatures(around, { layers });
  }

  rowAt(point) {
    const layers = [this.state.layer === "areas" ? "areas" : "countries"];
    const [found] = this.map.queryRenderedFeatures([point.x, point.y], { layers });
    return found && this.state.rows.find(({ outline }) => outline === found.properties.code);
  }

  point(point) {
    const found = this.targets(point).length || this.rowAt(point);
    this.map.getCanvas().style.cursor = found ? "pointer" : "";
  }

  key(event) {
    if (event.key !== "Enter") return;
    const { lng, lat } = this.map.getCenter();
    this.tell(this.map.project([lng, lat]), [lng, lat], 40);
  }

  /** Say what is at a point: the incidents of a circle, or the line of the table. */
  async tell(point, place, reach = 2) {
    const [found] = this.targets(point, reach);
    if (found) {
      const { host, state, known, words } = this;
      const cut = (box) => this.cut(box);
      const content = await this.marks.incidentsOf(found, { host, state, known, words, cut });
      this.open(found.geometry.coordinates, content);
      return;
    }
    const row = this.rowAt(point);
    if (row) this.open(place, this.marks.lineOf(row.element));
    // A popup that this click has closed takes its focus along.
    else queueMicrotask(() => this.map.getCanvas().focus({ preventScroll: true }));
  }

  close(event) {
    if (!this.popup?.isOpen()) return;
    event.preventDefault();
    this.popup.remove();
    this.map.getCanvas().focus();
  }

  open(place, content) {
    this.popup?.remove();
    this.popup = new this.gl.Popup({ maxWidth: "20rem" })
      .setLngLat(place)
      .setDOMContent(content)
      .addTo(this.map);
  }
}
