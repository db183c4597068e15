// The marks of the interactive map: how large they are, and what one of them stands for.
const TILE = 512; // pixels of the whole world at zoom 0
const EQUATOR_KM = 40075;
const SMALLEST = 8;
const LARGEST = 30;
const MANY = 40; // so many incidents deserve the largest circle where no place has more
const LETTER = 3.6; // half the width of a digit
const VEILS = 1.5; // of all circles of uncertainty together
const EDGE = 1e-5; // degrees around a single place

/** GeoJSON of the server with what the style needs: radius in pixels, texts. */
export function sized(found, words) {
  const counts = found.features.map(({ properties }) => properties.incidents ?? 1);
  const most = Math.max(MANY, ...counts);
  const circles = found.features.filter(({ properties }) => properties.kind === "circle").length;
  const number = new Intl.NumberFormat(document.documentElement.lang || "en");
  for (const { properties: p, geometry, bbox } of found.features) {
    p.kind ??= "point";
    p.box = bbox?.join(",");
    if (!geometry) continue;
    const incidents = p.incidents ?? 1;
    p.text = incidents > 1 ? number.format(incidents) : "";
    const room = p.text && p.text.length * LETTER + 3;
    p.radius = Math.max(SMALLEST, LARGEST * Math.sqrt(incidents / most), room);
    p.deaths = deaths(p.killed, number, words);
    const squeeze = Math.cos((geometry.coordinates[1] * Math.PI) / 180);
    // Many circles on top of one another must not hide the land.
    p.veil = Math.min(0.14, VEILS / circles);
    p.unit = ((p.radius_km ?? 0) * TILE) / (EQUATOR_KM * squeeze);
  }
  return found;
}

/** "killed: 34–50", with ≥ where some incident has no highest figure; empty where none has any. */
function deaths(killed, number, words) {
  if (!killed || (!killed.low && !killed.best && !killed.high)) return "";
  const low = number.format(killed.low);
  if (killed.high === null) return words.killed.replace("{n}", `≥ ${low}`);
  const span = killed.high === killed.low ? low : `${low}–${number.format(killed.high)}`;
  return words.killed.replace("{n}", span);
}

/** What the server says of the incidents behind a mark. */
export async function incidentsOf({ properties, geometry }, { host, state, known, words, cut }) {
  const [lng, lat] = geometry.coordinates;
  const around = [lng - EDGE, lat - EDGE, lng + EDGE, lat + EDGE];
  const own = properties.box?.split(",").map(Number) ?? around;
  const query = new URLSearchParams(state.question);
  query.set("bbox", (cut(own) ?? own).map((side) => side.toFixed(6)).join(","));
  query.set("known", properties.kind === "cluster" ? known : (properties.precision ?? "exact"));
  const answer = await fetch(`${host.dataset.here}?${query}`).catch(() => null);
  const page = new DOMParser().parseFromString(answer?.ok ? await answer.text() : "", "text/html");
  const here = page.querySelector(".map-here") ?? page.createElement("p");
  here.textContent ||= words.failed;
  return document.adoptNode(here);
}

/** One line of the table, for a country or an area. */
export function lineOf(row) {
  const heads = row.closest("table").querySelectorAll("thead th");
  const line = document.createElement("div");
  line.className = "map-here";
  const title = document.createElement("p");
  title.append(row.querySelector("a").cloneNode(true));
  const list = document.createElement("dl");
  for (const [n, cell] of [...row.cells].entries()) {
    if (n === 0) continue;
    const [term, value] = [document.createElement("dt"), document.createElement("dd")];
    term.textContent = heads[n].textContent.trim();
    value.textContent = cell.textContent.trim();
    list.append(term, value);
  }
  line.append(title, list);
  return line;
}

/** Boxes are west, south, east, north in degrees. */
export const contains = (outer, inner) =>
  outer[0] <= inner[0] && outer[1] <= inner[1] && outer[2] >= inner[2] && outer[3] >= inner[3];

/** A box with a quarter of itself on every side. */
export function padded([west, south, east, north]) {
  const [wide, high] = [(east - west) / 4, (north - south) / 4];
  return [
    Math.max(west - wide, -180), Math.max(south - high, -90),
    Math.min(east + wide, 180), Math.min(north + high, 90),
  ];
}
