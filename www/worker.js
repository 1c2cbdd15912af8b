// Keeps this version of the page, so that it also starts without a network.
//
// FILES is written by `./dev build`: each file of the page with the digest of what is in it. Files
// are stored under both, so that a new version fetches only what differs, and neither version ever
// sees a file of the other. A worker without a list takes away what an earlier one has kept.

const FILES = {};
const NAMES = Object.keys(FILES);
const SCOPE = new URL("./", location);
/** One for each place that the page is served from. */
const CACHE = `shardlab ${SCOPE.pathname}`;
/** The package for other pages, and examples of those: kept when they were asked for. */
const WHEN_ASKED = /^(shardlab\.|examples\/)/;
/** Names that change with what is in the file: what a browser has of them is right. */
const HASHED = /-[0-9a-f]{12,}[._]/;

/** Where a file is stored. */
const place = (name) => `${new URL(name, SCOPE)}?${FILES[name]}`;
const stored = () => caches.open(CACHE);

/** A file as the list has it; a server that has another one by now fails. */
async function fetched(name) {
  // The page itself stands under its folder's name: some servers send whoever asks for
  // index.html there.
  const url = new URL(name === "index.html" ? "./" : name, SCOPE);
  const cache = HASHED.test(name) ? "default" : "no-cache";
  const response = await fetch(url, { cache, integrity: `sha256-${FILES[name]}` });
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  const { body, headers, redirected } = response;
  // What came by a detour is no answer to somebody who goes to a page.
  return redirected ? new Response(body, { headers }) : response;
}

async function install() {
  if (NAMES.length === 0) return skipWaiting();
  const cache = await stored();
  await Promise.all(NAMES.filter((name) => !WHEN_ASKED.test(name)).map(async (name) => {
    if (!(await cache.match(place(name)))) await cache.put(place(name), await fetched(name));
  }));
}

/** Removes what this version does not have, unless another open page may still need it. */
async function tidy() {
  if ((await clients.matchAll({ type: "window", includeUncontrolled: true })).length > 1) return;
  const cache = await stored();
  const places = new Set(NAMES.map(place));
  for (const request of await cache.keys()) {
    if (!places.has(request.url)) await cache.delete(request);
  }
}

async function activate() {
  if (NAMES.length === 0) {
    await caches.delete(CACHE);
    return registration.unregister();
  }
  await clients.claim();
  return tidy();
}

/** What is stored, else what the server has. */
async function answer(request, name) {
  const cache = await stored().catch(() => undefined);
  const known = await cache?.match(place(name));
  if (known) return known;
  const response = await fetched(name).catch(() => fetch(request));
  // Where there is no room, it is fetched again next time.
  if (response.ok) cache?.put(place(name), response.clone()).catch(() => {});
  return response;
}

/** A file that only an earlier version has, for a page that was opened by it. */
async function earlier(request) {
  const cache = await stored().catch(() => undefined);
  return (await cache?.match(request, { ignoreSearch: true })) ?? fetch(request);
}

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(activate()));
addEventListener("message", ({ data }) => {
  if (data === "take over") skipWaiting();
});
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== SCOPE.origin) return;
  if (!pathname.startsWith(SCOPE.pathname)) return;
  const name = pathname.slice(SCOPE.pathname.length) || "index.html";
  if (Object.hasOwn(FILES, name)) event.respondWith(answer(request, name));
  else if (HASHED.test(name)) event.respondWith(earlier(request));
  if (request.mode === "navigate") event.waitUntil(tidy().catch(() => {}));
});
