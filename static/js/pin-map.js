// <pin-map>: our own outline of the chosen country, on which a pin sets latitude and longitude.
// Without this script coordinates are typed.
class PinMap extends HTMLElement {
  connectedCallback() {
    const field = (name) => document.getElementById(this.dataset[name]);
    this.latitude = field("latitude");
    this.longitude = field("longitude");
    this.approximate = field("approximate");
    this.country = field("country");
    this.redraw = () => this.draw();
    this.reload = () => this.load();
    this.country.addEventListener("change", this.reload);
    for (const input of [this.latitude, this.longitude]) input.addEventListener("input", this.redraw);
    this.load();
  }

  disconnectedCallback() {
    this.country.removeEventListener("change", this.reload);
  }

  async load() {
    this.replaceChildren();
    if (!this.country.value) return;
    try {
      const query = new URLSearchParams({ country: this.country.value });
      const answer = await fetch(`${this.dataset.src}?${query}`);
      if (!answer.ok || answer.redirected) return;
      const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
      this.replaceChildren(...parsed.body.children);
    } catch {
      return; // no connection: coordinates can still be typed
    }
    this.map = this.querySelector("svg");
    if (!this.map) return;
    this.map.addEventListener("click", (event) => this.pressed(event));
    this.map.addEventListener("keydown", (event) => this.key(event));
    this.draw();
  }

  get frame() {
    const { lon, lat, scale, squeeze } = this.map.dataset;
    const { width, height } = this.map.viewBox.baseVal;
    return { lon: +lon, lat: +lat, scale: +scale, squeeze: +squeeze, width, height };
  }

  pressed(event) {
    const f = this.frame;
    const point = new DOMPoint(event.clientX, event.clientY);
    const { x, y } = point.matrixTransform(this.map.getScreenCTM().inverse());
    this.put(
      f.lat + (f.height / 2 - y) / f.scale,
      f.lon + (x - f.width / 2) / (f.squeeze * f.scale),
    );
  }

  key(event) {
    const steps = { ArrowUp: [1, 0], ArrowDown: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    const size = event.shiftKey ? 0.5 : 0.05;
    const from = this.point ?? [this.frame.lat, this.frame.lon];
    this.put(from[0] + step[0] * size, from[1] + step[1] * size);
  }

  put(latitude, longitude) {
    this.latitude.value = latitude.toFixed(3);
    this.longitude.value = longitude.toFixed(3);
    if (this.approximate) this.approximate.checked = true; // a pin is no survey
    this.draw();
    this.longitude.dispatchEvent(new Event("change", { bubbles: true }));
  }

  get point() {
    const read = (input) => parseFloat(input.value.replace(",", "."));
    const pair = [read(this.latitude), read(this.longitude)];
    return pair.every(Number.isFinite) ? pair : null;
  }

  draw() {
    const pin = this.querySelector(".pin");
    if (!pin) return;
    const point = this.point;
    pin.setAttribute("visibility", point ? "visible" : "hidden");
    if (!point) return;
    const f = this.frame;
    pin.setAttribute("cx", f.width / 2 + (point[1] - f.lon) * f.squeeze * f.scale);
    pin.setAttribute("cy", f.height / 2 - (point[0] - f.lat) * f.scale);
  }
}

customElements.define("pin-map", PinMap);
