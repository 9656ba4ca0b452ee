// Keeps one circle's console on this device, for a room without network (decision 155). It lies under the address of that console and sees
// nothing else. What is kept of people is sealed under a key that goes first when anything is wiped; files of the house lie beside it.
const HERE = new URL(registration.scope).pathname;
const NAME = `along ${HERE}`;
const SHELL = `${HERE}kept/`;
const PATIENCE = 6000;
const FILES = /(?:src|href)="(\/static\/[^"]+)"/g;
const FONTS = /url\(["']?([^"')]+\.woff2)["']?\)/g;
const channel = new BroadcastChannel(NAME);
const QUIET = 15_000;
const AT_ONCE = 500;
const RAN_OUT_LASTS = 3 * 3_600_000;
let [away, gone, full, sending] = [false, 0, false, null];

// Only an answer of the house says this of itself: the page of a hotel's network does not.
const ours = (answer) => (answer.headers.get("Content-Security-Policy") ?? "").includes("trusted-types");
const within = (asked, time = PATIENCE) => Promise.race([asked, new Promise((_, late) => setTimeout(() => late(new Error("late")), time))]);

let base = null;
function opened() {
  base ??= new Promise((done, failed) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("kept");
      asked.result.createObjectStore("presses", { keyPath: "at", autoIncrement: true });
    };
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
const waiting = () => stored("presses", "readonly", (all) => all.getAll());
const drop = (at) => stored("presses", "readwrite", (all) => all.delete(at));
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

// A press is ids and codes, and no word but a sealed one. Room for presses is held free by a page of nothing, which goes first.
async function add(press) {
  const asked = () => stored("presses", "readwrite", (all) => all.add(press));
  try {
    return await asked().catch(() => put("room", null).then(asked));
  } catch {
    full = true;
    channel.postMessage("told");
    return null;
  }
}

// What was kept, unless its time is over.
async function told() {
  const kept = await unsealed("told").catch(() => null);
  if (!kept || (Date.now() < Date.parse(kept.until) && Date.now() > kept.kept - 86_400_000)) return kept;
  await hush();
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
async function look(but) {
  const answer = await within(fetch(`${HERE}along/`, { cache: "no-store", redirect: "manual" })).catch(() => null);
  if (!answer || !ours(answer) || answer.status >= 500) return { net: false };
  away = false;
  if (answer.status === 401) return { net: true, out: true, gone: await signedOut((await answer.json()).why) };
  if (answer.status === 404) return (await waiting()).length ? { net: true, other: true, gone: await hush() } : { net: true, gone: await wipe() };
  const [now, me, left] = [await answer.json(), await get("me"), (await waiting()).filter((press) => press.at !== but).length];
  if (me && me !== now.me) return left ? { net: true, other: true, gone: await hush() } : { net: true, gone: await wipe() };
  if (!left) await learn(now);
  return { net: true, token: now.token };
}

// Nobody is in here any more. In the middle of a circle what was told may be read on for a while where the time of a stay was over, and nothing
// that was written here; where somebody ended it nothing may (decision 167).
async function signedOut(why) {
  const kept = await told();
  if (why !== "ran_out" || kept?.stage !== "live" || Date.now() > kept.kept + RAN_OUT_LASTS) return hush();
  const since = gone;
  await put("seals", null);
  if (since === gone) await seal("told", { ...kept, until: new Date(Math.min(Date.parse(kept.until), kept.kept + RAN_OUT_LASTS)).toISOString() });
  return since === gone ? false : hush();
}

// It takes a while where files are fetched. Whatever was taken away meanwhile stays away.
async function learn(now) {
  if (!["planned", "live"].includes(now.stage)) return wipe();
  const since = gone;
  if (!await get("taken") || await get("shut")) return null;
  const before = await told();
  if (now.house !== before?.house) await files(await caches.open(NAME));
  const { seals, ...rest } = now;
  if (since === gone) await hold(seals);
  if (since === gone) await seal("told", { ...rest, kept: Date.now() });
  if (since === gone) await put("me", now.me);
  if (since !== gone) return await get("taken") ? hush() : wipe();
  channel.postMessage("told");
}

// What waits goes to one door, in its order; what has come in is let go. One sending at a time.
function send() {
  sending ??= sent().finally(() => { sending = null; });
  return sending;
}
async function sent() {
  if (await get("shut")) return { net: false };
  const found = await look();
  const all = await waiting();
  const young = all.findIndex((press) => press.passed && Date.now() - press.pressed < QUIET);
  const presses = all.slice(0, young < 0 ? AT_ONCE : young);
  if (!found.token || !presses.length) return found;
  const body = JSON.stringify({ presses: presses.map(({ pressed, ...press }) => ({ ...press, ago: Date.now() - pressed })) });
  for (const one of presses) if (one.words && !one.sent) await stored("presses", "readwrite", (all) => all.put({ ...one, sent: true }));
  const headers = { "Content-Type": "application/json", "X-CSRFToken": found.token };
  const answer = await fetch(`${HERE}bring/`, { method: "POST", body, headers, redirect: "manual" }).catch(() => null);
  if (!answer?.ok || !ours(answer)) return { net: false };
  const { done, told: now } = await answer.json();
  for (const press of presses) if (done.includes(press.press)) await drop(press.at);
  if (!(await waiting()).length) await learn(now);
  channel.postMessage("told");
  return found;
}

// A press goes to the house, or waits. It is written down before it goes: an answer that is lost leaves it here, and it comes in once all the same.
async function press(request, what, event) {
  const said = Object.fromEntries(await request.clone().formData());
  const kept = await told();
  if (!kept) return WRITES.test(request.url) ? notWritten() : fetch(request);
  const left = (await waiting()).length;
  const straight = !left && !said.kept && !away;
  const { words, waits, ...found } = what(said, kept);
  const one = { press: crypto.randomUUID(), taken: await get("taken"), seen: kept.beat, pressed: Date.now(), passed: straight, ...found };
  if (one.what === "took_back") return back(one.detail);
  if (words !== undefined) {
    one.words = words ? await sealedWords(one.press, words) : null;
    if (!one.words) return straight && !waits ? fetch(request) : words ? notWritten() : new Response(null, { status: 204 });
  }
  if (["adjourned", "stopped"].includes(one.what) && !one.detail && !straight) return Response.redirect(HERE, 303);
  const at = await add(one);
  if (at === null && one.words && !straight) return new Response(null, { status: 204 });
  if (!waits && (straight || at === null)) {
    const answer = await within(fetch(request)).catch(() => null);
    const went = answer?.type === "opaqueredirect";
    if (went || (answer && ours(answer))) {
      if (at !== null) event.waitUntil(went ? look(at).then(({ token }) => token && drop(at)) : drop(at));
      if (answer.status === 401) event.waitUntil(look());
      return answer;
    }
    if (at !== null) await stored("presses", "readwrite", (all) => all.put({ ...one, passed: false, at }));
  }
  away = true;
  channel.postMessage("told");
  event.waitUntil(send().catch(() => null));
  return Response.redirect(HERE, 303);
}

// Kept is what can be read back: the words, the page and each of its files.
async function state() {
  const [kept, cache] = [await told(), await caches.open(NAME)];
  const page = kept && await cache.match(SHELL);
  const left = (await waiting()).length;
  if (!page) return { kept: false, left };
  for (const [, name] of (await page.text()).matchAll(FILES)) if (!await cache.match(name)) return { kept: false, left };
  return { kept: true, left };
}

async function keep({ taken }) {
  const before = await send();
  if (before.other) return before;
  await put("taken", taken);
  await put("room", new Uint8Array(262_144));
  const found = await look();
  return { ...found, ...await state() };
}

// Words go, and what waits stays: it is ids, codes and what only the house can open, and the next to sign in here may be somebody else than who pressed.
async function hush() {
  gone += 1;
  const shown = await get("key");
  await put("key", null);
  await put("seals", null);
  await stored("kept", "readwrite", (all) => all.delete("told"));
  await caches.delete(NAME);
  if (shown) channel.postMessage("told");
  return true;
}

// Words go, whatever waits; what waits goes with them only where the house has said that it is not theirs any more.
async function wipe() {
  gone += 1;
  await put("key", null).catch(() => null);
  await stored("kept", "readwrite", (all) => all.clear()).catch(() => null);
  await stored("presses", "readwrite", (all) => all.clear()).catch(() => null);
  await caches.delete(NAME);
  channel.postMessage("wiped");
  return true;
}

// Whoever signs out takes the words away; what still waits stays without them.
async function leave() {
  await within(send()).catch(() => null);
  return shut();
}

// Whoever leaves in a hurry asks nobody. Nothing can be read here and nothing goes out until somebody has signed in again, even where the house has
// not heard yet that the stay is over.
async function shut() {
  const left = (await waiting()).length;
  if (!left) return { left, gone: await wipe() };
  await put("shut", true);
  await hush();
  return { left };
}

// Somebody is signed in on a page that the house gave.
async function here() {
  await put("shut", null);
  return send();
}

async function page(request, event) {
  if (await get("shut").catch(() => null)) return fetch(request);
  const left = (await waiting().catch(() => [])).length;
  const known = left && away && await told() && await (await caches.open(NAME)).match(SHELL);
  if (known) {
    event.waitUntil(send().catch(() => null));
    return known;
  }
  if (left) await within(send()).catch(() => null);
  const answer = await within(fetch(request)).catch(() => null);
  if (answer?.type === "opaqueredirect" && await get("key").catch(() => null)) await look();
  away = !answer || (answer.type !== "opaqueredirect" && !ours(answer));
  const kept = away && await told() && await (await caches.open(NAME)).match(SHELL);
  return kept || answer || Response.error();
}

// What the page without network shows: what was told last, and what was pressed since.
async function read() {
  const circle = await told();
  return circle && { ...circle, presses: await Promise.all((await waiting()).map((one) => readBack(one).catch(() => ({ ...one, unread: true })))), full };
}

async function file(request) {
  const kept = async () => (await caches.open(NAME)).match(request, { ignoreVary: true });
  return (away && await kept()) || fetch(request).catch(async () => (await kept()) ?? Response.error());
}

const doing = { keep, look, state, wipe, read, send, leave, shut, here };
addEventListener("message", (event) => {
  const said = doing[event.data.what](event.data).catch((reason) => ({ failed: reason.name }));
  event.waitUntil(said.then((words) => event.ports[0]?.postMessage(words)));
});
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  const what = pathname.startsWith(HERE) && WHAT[pathname.slice(HERE.length)];
  if (what && request.method === "POST" && request.mode === "navigate") event.respondWith(press(request, what, event));
  if (request.method !== "GET") return;
  if (request.mode === "navigate" && pathname.startsWith(HERE)) event.respondWith(page(request, event));
  else if (pathname.startsWith("/static/")) event.respondWith(file(request));
});
