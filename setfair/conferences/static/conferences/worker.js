// Keeps one circle's console on this device, for a room without network (decision 155). It lies under the address of that console and sees
// nothing else. What is kept of people is sealed under a key that goes first when anything is wiped; files of the house lie beside it.
const HERE = new URL(registration.scope).pathname;
const NAME = `along ${HERE}`;
const SHELL = `${HERE}kept/`;
const PATIENCE = 6000;
const FILES = /(?:src|href)="(\/static\/[^"]+)"/g;
const FONTS = /url\(["']?([^"')]+\.woff2)["']?\)/g;
const channel = new BroadcastChannel(NAME);
let away = false;

// Only an answer of the house says this of itself: the page of a hotel's network does not.
const ours = (answer) => (answer.headers.get("Content-Security-Policy") ?? "").includes("trusted-types");
const within = (asked, time = PATIENCE) => Promise.race([asked, new Promise((_, late) => setTimeout(() => late(new Error("late")), time))]);

let base = null;
function opened() {
  base ??= new Promise((done, failed) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("kept");
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
  return base;
}
async function stored(store, mode, act) {
  const step = (await opened()).transaction(store, mode);
  const asked = act(step.objectStore(store));
  return new Promise((done, failed) => {
    step.oncomplete = () => done(asked.result);
    step.onerror = step.onabort = () => failed(step.error);
  });
}
const put = (name, value) => stored("kept", "readwrite", (all) => all.put(value, name));
const get = (name) => stored("kept", "readonly", (all) => all.get(name));

// The key cannot be read out of the browser, by us neither.
async function key() {
  const held = await get("key");
  if (held) return held;
  const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  await put("key", made);
  return made;
}
async function seal(name, words) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  await put(name, { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key(), new TextEncoder().encode(JSON.stringify(words))) });
}
async function unsealed(name) {
  const held = await get(name);
  if (!held) return null;
  return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv: held.iv }, await key(), held.data)));
}

// What was kept, unless its time is over.
async function told() {
  const kept = await unsealed("told").catch(() => null);
  if (!kept || (Date.now() < Date.parse(kept.until) && Date.now() > kept.kept - 86_400_000)) return kept;
  await wipe();
  return null;
}

async function files(cache) {
  const page = await fetch(SHELL, { cache: "no-store", redirect: "manual" });
  if (!page.ok || !ours(page)) throw new Error("no page");
  const wanted = [...(await page.clone().text()).matchAll(FILES)].map((found) => found[1]);
  for (const name of new Set(wanted)) {
    const file = await fetch(name);
    if (!file.ok) throw new Error(name);
    if (name.endsWith(".css")) for (const [, font] of (await file.clone().text()).matchAll(FONTS)) await cache.add(new URL(font, file.url));
    await cache.put(name, file);
  }
  await cache.put(SHELL, page);
}

// Asks the house where the circle stands. Whoever may not any more keeps nothing here.
async function look() {
  const answer = await within(fetch(`${HERE}along/`, { cache: "no-store", redirect: "manual" })).catch(() => null);
  if (!answer || answer.type === "opaqueredirect") return { net: Boolean(answer), out: Boolean(answer) };
  if (!ours(answer) || answer.status >= 500) return { net: false };
  if (answer.status === 404) return { net: true, gone: await wipe() };
  const [now, before] = [await answer.json(), await told()];
  if (before && before.me !== now.me) return { net: true, other: true };
  if (!["planned", "live"].includes(now.stage)) return { net: true, over: await wipe() };
  if (now.house !== before?.house) await files(await caches.open(NAME));
  await seal("told", { ...now, kept: Date.now() });
  channel.postMessage("told");
  return { net: true };
}

// Kept is what can be read back: the words, the page and each of its files.
async function state() {
  const [kept, cache] = [await told(), await caches.open(NAME)];
  const page = kept && await cache.match(SHELL);
  if (!page) return { kept: false };
  for (const [, name] of (await page.text()).matchAll(FILES)) if (!await cache.match(name)) return { kept: false };
  return { kept: true, until: kept.until };
}

async function keep({ taken }) {
  await put("taken", taken);
  const found = await look();
  return { ...found, ...await state() };
}

async function wipe() {
  await put("key", null).catch(() => null);
  await stored("kept", "readwrite", (all) => all.clear()).catch(() => null);
  await caches.delete(NAME);
  channel.postMessage("wiped");
  return true;
}

async function page(request) {
  const answer = await within(fetch(request)).catch(() => null);
  away = !answer || (answer.type !== "opaqueredirect" && !ours(answer));
  const kept = away && await told() && await (await caches.open(NAME)).match(SHELL);
  return kept || answer || Response.error();
}

async function file(request) {
  const kept = async () => (await caches.open(NAME)).match(request, { ignoreVary: true });
  return (away && await kept()) || fetch(request).catch(async () => (await kept()) ?? Response.error());
}

const doing = { keep, look, state, wipe, read: told };
addEventListener("message", (event) => {
  const said = doing[event.data.what](event.data).catch((reason) => ({ failed: reason.name }));
  event.waitUntil(said.then((words) => event.ports[0]?.postMessage(words)));
});
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin || request.method !== "GET") return;
  if (request.mode === "navigate" && pathname.startsWith(HERE)) event.respondWith(page(request));
  else if (pathname.startsWith("/static/")) event.respondWith(file(request));
});
