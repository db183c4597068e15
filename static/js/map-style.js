// What the interactive map looks like: layers for MapLibre GL, in the colours of the style sheet.
// No glyph server: the library draws letters with the reader's own fonts.
const EMPTY = { type: "FeatureCollection", features: [] };
const LEVELS = 5;
// Outlines are no finer than a tile of this zoom: nearer ones are cut out of it.
const OUTLINES = { maxzoom: 6 };

/** The palette, read from the style sheet, so that light and dark follow the page. */
export function palette(element) {
  const style = getComputedStyle(element);
  const colour = (name) => style.getPropertyValue(`--${name}`).trim();
  const several = (name) => Array.from({ length: LEVELS }, (_, n) => colour(`${name}-${n + 1}`));
  return {
    water: colour("water"),
    land: colour("land"),
    border: colour("border-line"),
    ink: colour("ink"),
    paper: colour("paper"),
    accent: colour("accent"),
    few: colour("map-few"),
    onCluster: colour("on-accent"),
    levels: several("map"),
    changes: several("map-change"),
    font: style.fontFamily,
  };
}

const byLevel = (colours, few, none) => [
  "match", ["coalesce", ["feature-state", "level"], -1],
  ...colours.flatMap((colour, n) => [n + 1, colour]),
  0, few, none,
];

const isWashed = ["boolean", ["feature-state", "washed"], false];

/** A radius in pixels that is so many kilometres on the ground: doubles with every zoom. */
const onTheGround = [
  "interpolate", ["exponential", 2], ["zoom"],
  0, ["get", "unit"], 22, ["*", ["get", "unit"], 2 ** 22],
];

export function style(colours, shapes, state) {
  const levels = state.measure === "change" ? colours.changes : colours.levels;
  const few = state.measure === "change" ? colours.few : colours.land;
  const isPlaces = state.layer === "clusters";
  const filled = (layer) => (state.layer === layer
    ? byLevel(levels, few, colours.land)
    : colours.land);
  const wash = (source) => ({
    id: `${source}-wash`, type: "fill", source,
    paint: { "fill-color": colours.accent, "fill-opacity": ["case", isWashed, 0.13, 0] },
  });
  const geojson = (data, more = {}) => ({ type: "geojson", data, ...more });
  return {
    version: 8,
    sources: {
      around: geojson(shapes.around, OUTLINES),
      countries: geojson(shapes.countries, { promoteId: "code", ...OUTLINES }),
      areas: geojson(shapes.areas, { promoteId: "code", ...OUTLINES }),
      names: geojson(shapes.names),
      places: geojson(EMPTY),
    },
    layers: [
      { id: "water", type: "background", paint: { "background-color": colours.water } },
      { id: "around", type: "fill", source: "around",
        paint: { "fill-color": colours.land, "fill-opacity": 0.55 } },
      { id: "countries", type: "fill", source: "countries",
        paint: { "fill-color": filled("countries") } },
      ...(state.layer === "areas" ? [{ id: "areas", type: "fill", source: "areas",
        paint: { "fill-color": filled("areas") } }] : []),
      ...(isPlaces ? [wash("countries"), wash("areas")] : []),
      { id: "area-lines", type: "line", source: "areas",
        minzoom: state.layer === "areas" ? 0 : 4.5,
        paint: { "line-color": colours.border, "line-width": 0.5, "line-opacity": 0.7 } },
      { id: "country-lines", type: "line", source: "countries",
        paint: { "line-color": colours.border, "line-width": 1 } },
      { id: "names", type: "symbol", source: "names",
        layout: { "text-field": ["get", "name"], "text-size": 12,
          "text-padding": 6, "text-max-width": 9 },
        paint: { "text-color": colours.ink, "text-halo-color": colours.land,
          "text-halo-width": 1.2 } },
      ...(isPlaces ? places(colours) : []),
    ],
  };
}

function places(colours) {
  const only = (kind) => ["==", ["get", "kind"], kind];
  const uncertain = {
    "circle-color": colours.accent, "circle-opacity": ["get", "veil"],
    "circle-stroke-color": colours.accent, "circle-stroke-width": 1,
    "circle-stroke-opacity": ["+", 0.12, ["*", 2.5, ["get", "veil"]]],
  };
  return [
    { id: "circle-marks", type: "circle", source: "places", filter: only("circle"), maxzoom: 6,
      paint: { ...uncertain, "circle-radius": 5 } },
    { id: "circles", type: "circle", source: "places", filter: only("circle"), minzoom: 6,
      paint: { ...uncertain, "circle-radius": onTheGround } },
    { id: "circle-numbers", type: "symbol", source: "places", minzoom: 7,
      filter: ["all", only("circle"), [">", ["get", "incidents"], 1]],
      layout: { "text-field": ["get", "text"], "text-size": 11 },
      paint: { "text-color": colours.ink, "text-halo-color": colours.paper, "text-halo-width": 1 } },
    { id: "clusters", type: "circle", source: "places", filter: only("cluster"),
      paint: { "circle-color": colours.accent, "circle-opacity": 0.82,
        "circle-stroke-color": colours.paper, "circle-stroke-width": 1,
        "circle-radius": ["get", "radius"] } },
    { id: "cluster-deaths", type: "symbol", source: "places", filter: only("cluster"),
      layout: { "text-field": ["get", "deaths"], "text-size": 10.5, "text-max-width": 30,
        "text-variable-anchor": ["top", "bottom", "left", "right"],
        "symbol-sort-key": ["-", ["get", "incidents"]],
        "text-radial-offset": ["/", ["+", ["get", "radius"], 2], 10.5] },
      paint: { "text-color": colours.ink, "text-halo-color": colours.paper,
        "text-halo-width": 1.2 } },
    { id: "cluster-numbers", type: "symbol", source: "places", filter: only("cluster"),
      layout: { "text-field": ["get", "text"], "text-size": 12, "text-allow-overlap": true },
      paint: { "text-color": colours.onCluster } },
    { id: "points", type: "circle", source: "places", filter: only("point"),
      paint: { "circle-color": colours.accent, "circle-stroke-color": colours.paper,
        "circle-stroke-width": 1.5, "circle-radius": 6 } },
  ];
}
