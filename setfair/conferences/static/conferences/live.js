// A page of the circle that lies open shows where it stands, whoever turned the page. The server tells it again after each change, in words and
// numbers: they are put into places that are there already (data-says, data-shows, data-each, data-value;
// inside data-each each place is of one of its values). Without this the page is right when it is opened.
const root = document.querySelector("[data-live]");
const wait = { again: 5000, quiet: 20_000 };
let line = null;
let heard = Date.now();
let asked = Date.now();

const found = (told, path) => path.split(".").reduce((part, name) => (name ? part?.[name] : part), told);
const is = (told, paths) => paths.split(" ").every((path) => {
  const value = found(told, path);
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
});

function paint(part, told) {
  const each = (name, put) => {
    for (const place of part.querySelectorAll(`[data-${name}]`)) {
      if (!place.parentElement?.closest("[data-each]")) put(place, place.dataset[name]);
    }
  };
  each("each", (place, path) => repeat(place, found(told, path) ?? []));
  each("says", (place, path) => say(place, String(found(told, path) ?? "")));
  each("tongue", (place, path) => { place.lang = found(told, path) ?? ""; });
  each("value", (place, path) => { place.value = found(told, path) ?? ""; });
  each("most", (place, path) => { place.max = found(told, path) ?? 1; });
  each("shows", (place, paths) => { place.hidden = !is(told, paths); });
  each("hides", (place, paths) => { place.hidden = is(told, paths); });
}

// What is the same is left alone: a screen reader says only what is new.
function say(place, words) {
  if (place.textContent !== words) place.textContent = words;
}

function repeat(place, values) {
  const mould = place.querySelector("template");
  if (place.dataset.told === JSON.stringify(values)) return;
  place.dataset.told = JSON.stringify(values);
  place.replaceChildren(mould, ...values.map((value) => {
    const one = mould.content.cloneNode(true);
    paint(one, value);
    return one;
  }));
}

function show(event) {
  const told = JSON.parse(event.data);
  if (told.stage !== root.dataset.stage) return location.reload();
  told.mine = !told.hand || told.hand.who === root.dataset.me;
  told.theirs = !told.mine;
  paint(document, told);
  root.dataset.heard = event.lastEventId;
  document.dispatchEvent(new CustomEvent("circle:told"));
}

// A line that ends is asked for again by the browser itself; one that is refused is not.
function listen() {
  line?.close();
  asked = Date.now();
  line = new EventSource(`${root.dataset.live}?heard=${root.dataset.heard}`);
  line.onopen = () => alive();
  line.addEventListener("breath", alive);
  line.onmessage = (event) => {
    alive();
    show(event);
  };
  line.onerror = () => {
    if (line.readyState === EventSource.CLOSED) setTimeout(ask, wait.again);
  };
}

// Refused for good, the page goes where its address leads now. A server that is only away changes nothing on it.
async function ask() {
  try {
    const answer = await fetch(root.dataset.live, { redirect: "manual", cache: "no-store" });
    if ([204, 401, 404].includes(answer.status) || answer.type === "opaqueredirect") return location.reload();
  } catch {
    // Asked again below.
  }
  listen();
}

function alive() {
  heard = Date.now();
  look();
}

// A line that is kept breathes. One that is open and says nothing at all is asked for anew.
function look() {
  const silent = Date.now() - heard >= wait.quiet;
  for (const words of document.querySelectorAll("[data-silent]")) words.hidden = !silent;
  if (silent && Date.now() - asked >= wait.quiet) listen();
}

async function stayLit() {
  try {
    await navigator.wakeLock?.request("screen");
  } catch {
    // The phone saves its battery: it may.
  }
}

// A phone that slept has heard nothing meanwhile.
function wake() {
  if (document.visibilityState !== "visible") return;
  listen();
  stayLit();
}

// A page without network has its own words (`hour.js`).
document.addEventListener("circle:paint", (event) => paint(document, event.detail));

if (root && window.EventSource) {
  listen();
  stayLit();
  document.addEventListener("visibilitychange", wake);
  addEventListener("pagehide", () => line.close());
  addEventListener("pageshow", (event) => { if (event.persisted) listen(); });
  setInterval(look, 1000);
}
