// Days since 1970 in UTC, their periods, and the marks of an axis. Used by timeline.js.
const DAY = 86_400_000;
const MOST_TICKS = 7;
const MONTHS = { month: 1, quarter: 3, year: 12 };
const STEPS = [
  ["day", 1], ["day", 2], ["week", 1], ["week", 2], ["month", 1], ["month", 2], ["quarter", 1],
  ["quarter", 2], ["year", 1], ["year", 2], ["year", 5], ["year", 10], ["year", 20],
  ["year", 50], ["year", 100], ["year", 500], ["year", 2000],
];

export const clamp = (value, least, most) => Math.min(Math.max(value, least), most);
export const read = (iso) => Date.parse(iso) / DAY;
export const write = (day) => new Date(day * DAY).toISOString().slice(0, 10);

// The first day of the period that holds `day`, moved on by some periods; weeks begin on Monday.
export function boundary(day, interval, moved = 0) {
  if (interval === "day") return day + moved;
  const date = new Date(day * DAY);
  if (interval === "week") return day - ((date.getUTCDay() + 6) % 7) + 7 * moved;
  const months = MONTHS[interval];
  const month = (Math.floor(date.getUTCMonth() / months) + moved) * months;
  return Date.UTC(date.getUTCFullYear(), month, 1) / DAY;
}

const formats = new Map();

export function words(day, shape) {
  const { lang } = document.documentElement;
  const language = lang === "en" ? "en-GB" : lang; // the server's order: 21 July 2022
  const key = JSON.stringify([language, shape]);
  if (!formats.has(key)) {
    formats.set(key, new Intl.DateTimeFormat(language, { ...shape, timeZone: "UTC" }));
  }
  return formats.get(key).format(new Date(day * DAY));
}

export const spoken = (day) => words(day, { day: "numeric", month: "long", year: "numeric" });

function isRound(day, interval, every) {
  const date = new Date(day * DAY);
  const number = interval === "year" ? date.getUTCFullYear() : date.getUTCMonth() / MONTHS[interval];
  return number % every === 0;
}

function starts(from, to, interval, every) {
  const found = [];
  let day = boundary(Math.floor(from), interval);
  for (let place = 0; day < to && found.length <= MOST_TICKS; place += 1) {
    const kept = interval in MONTHS ? isRound(day, interval, every) : place % every === 0;
    if (kept && day >= from) found.push(day);
    day = boundary(day, interval, 1);
  }
  return found;
}

// At most seven marks from `from` to before `to`, at the shortest round step that allows it.
export function ticks(from, to) {
  let marks = [];
  let interval = "day";
  for (const [step, every] of STEPS) {
    interval = step;
    marks = starts(from, to, step, every);
    if (marks.length <= MOST_TICKS) break;
  }
  return marks.map((day, place) => ({ day, label: label(day, interval, place === 0) }));
}

function label(day, interval, isFirst) {
  const date = new Date(day * DAY);
  const isCoarse = interval in MONTHS;
  if (isCoarse && date.getUTCMonth() === 0) return String(date.getUTCFullYear());
  const isNewYear = date.getUTCMonth() === 0 && date.getUTCDate() < 8;
  const shape = { month: "short", ...(isCoarse ? {} : { day: "numeric" }) };
  return words(day, isFirst || isNewYear ? { ...shape, year: "numeric" } : shape);
}
