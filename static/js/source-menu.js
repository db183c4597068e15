// Every menu of sources follows the source rows above it, while they are being written.
const NAMES = ["source_said", "document_said", "title", "url"];

function sources() {
  const rows = document.querySelectorAll("#part-citations > .entry-row");
  return [...rows].map((row, i) => {
    const field = (name) => row.querySelector(`[name="citations-${i}-${name}"]`)?.value.trim();
    const name = NAMES.map(field).find(Boolean) ?? "";
    const short = name.length > 48 ? `${name.slice(0, 47)}…` : name;
    return { value: field("ref"), text: `S${i + 1} ${short}`.trim() };
  });
}

function refresh() {
  const wanted = sources();
  for (const menu of document.querySelectorAll("select[data-sources]")) {
    const chosen = menu.value;
    menu.replaceChildren(
      menu.options[0],
      ...wanted.map(({ value, text }) => new Option(text, value, false, value === chosen)),
    );
    menu.value = wanted.some(({ value }) => value === chosen) ? chosen : "";
  }
}

for (const name of ["input", "change"]) {
  document.addEventListener(name, (event) => {
    if (event.target.closest?.("#part-citations")) refresh();
  });
}
document.addEventListener("htmx:afterSettle", refresh);
document.addEventListener("draft:sources", refresh);
