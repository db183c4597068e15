// Served at /service-worker.js. Keeps the public pages that were opened, and what they are drawn
// with, for when there is no line. The network is asked first, always; what is kept is only shown
// without one. Nothing of the desk, of the API, or of somebody signed in is ever kept.
const PAGES = "vigil-pages-1";
const FILES = "vigil-files-1";
const SHELL = "/offline/";
const MOST_PAGES = 60;
const MOST_FILES = 120;
// One copy of a page is kept, in the language and size in which it was last opened.
const ANY = { ignoreVary: true };
const NEVER = /^\/(desk|admin|api|language|light|healthz|search\/suggest)(\/|$)/;
const SIGN_OUT = "/desk/sign-out/";

self.addEventListener("install", (event) => {
  event.waitUntil(keepShell().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(forgetOthers().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.method === "POST" && url.pathname === SIGN_OUT) event.waitUntil(forget());
  if (request.method !== "GET") return;
  if (url.pathname.startsWith("/static/")) event.respondWith(file(request, event));
  else if (request.mode === "navigate" && !NEVER.test(url.pathname)) event.respondWith(page(event));
});

// The page for what was never opened, with the style sheets and scripts that it names.
async function keepShell() {
  const answer = await fetch(SHELL, { cache: "no-cache", credentials: "omit" });
  const text = await answer.clone().text();
  const named = [...text.matchAll(/(?:href|src)="(\/static\/[^"]+)"/g)].map((found) => found[1]);
  await (await caches.open(PAGES)).put(SHELL, answer);
  await Promise.all(named.map((address) => file(new Request(address)).catch(() => null)));
}

async function page(event) {
  const { request } = event;
  try {
    const answer = await fetch(request);
    if (mayKeep(answer)) event.waitUntil(keep(PAGES, request, answer.clone(), MOST_PAGES));
    return answer;
  } catch {
    const pages = await caches.open(PAGES);
    return (await pages.match(request.url, ANY)) ?? (await pages.match(SHELL, ANY)) ?? Response.error();
  }
}

// A file whose name holds a digest of its content never changes; others are asked for first.
async function file(request, event) {
  const files = await caches.open(FILES);
  const kept = await files.match(request, ANY);
  if (kept && /\.[0-9a-f]{12}\./.test(request.url)) return kept;
  try {
    const answer = await fetch(request);
    if (answer.status === 200) {
      const keeping = keep(FILES, request, answer.clone(), MOST_FILES);
      if (event) event.waitUntil(keeping);
      else await keeping;
    }
    return answer;
  } catch (failure) {
    if (kept) return kept;
    throw failure;
  }
}

function mayKeep(answer) {
  const type = answer.headers.get("Content-Type") ?? "";
  const caching = answer.headers.get("Cache-Control") ?? "";
  const isPage = answer.status === 200 && type.startsWith("text/html") && !answer.redirected;
  return isPage && !/no-store|private/.test(caching);
}

// The newest last, so that the oldest are dropped first.
async function keep(name, request, answer, most) {
  const cache = await caches.open(name);
  await cache.delete(request, ANY);
  await cache.put(request, answer);
  const kept = await cache.keys();
  const old = kept.filter((one) => !one.url.endsWith(SHELL)).slice(0, Math.max(0, kept.length - most));
  await Promise.all(old.map((one) => cache.delete(one, ANY)));
}

async function forget() {
  const pages = await caches.open(PAGES);
  const kept = (await pages.keys()).filter((one) => !one.url.endsWith(SHELL));
  await Promise.all(kept.map((one) => pages.delete(one, ANY)));
}

async function forgetOthers() {
  const names = (await caches.keys()).filter((name) => name.startsWith("vigil-"));
  await Promise.all(names.filter((name) => ![PAGES, FILES].includes(name)).map((name) => caches.delete(name)));
}
