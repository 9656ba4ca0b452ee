// The console on a device that has no network: works out where the circle stands from what the house told last and what was pressed here since,
// in the same words and into the same kind of places as a page with network (`live.js`).
const root = document.querySelector("[data-kept]");
const home = root.dataset.kept;
const clock = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "numeric", minute: "2-digit" });
let read = 0;

function asked(message) {
  return new Promise((done) => {
    const line = new MessageChannel();
    line.port1.onmessage = (event) => done(event.data);
    navigator.serviceWorker.controller.postMessage(message, [line.port2]);
  });
}

// What was pressed here, laid upon what was told.
const APPLY = {
  came: (circle, { participation, detail }) => {
    if (detail === "unwilling") circle.stage = "off";
    else circle.came[participation] = detail === "yes";
    circle.asked.push(participation);
  },
  began: (circle) => { circle.stage = "live"; circle.hand = { who: circle.me }; },
  turned: (circle, { page }) => { circle.at = Number(page); },
  ordered: (circle, { participation, detail }) => {
    const order = inOrder(circle, circle.people).map((one) => one.who);
    const at = order.indexOf(participation);
    const to = { up: Math.max(at - 1, 0), down: Math.min(at + 1, order.length - 1), first: 0, last: order.length - 1 }[detail];
    order.splice(to, 0, ...order.splice(at, 1));
    Object.assign(circle, { order, chosen: true });
  },
  spoke: (circle, { participation, detail }) => {
    const pages = pagesOf(circle);
    const page = pages[placeOf(pages, circle.at)].order;
    circle.turns[page] = [...(circle.turns[page] ?? []), { who: participation, what: detail }];
  },
  paused: (circle, { pressed }) => { circle.pausedAt = pressed; },
  went_on: (circle) => { circle.pausedAt = null; },
  took: (circle) => { circle.hand = { who: circle.me }; },
  heard: (circle) => { circle.wish = false; },
  finished: (circle) => { circle.stage = "over"; },
  adjourned: (circle) => { circle.stage = "over"; },
  stopped: (circle) => { circle.stage = "over"; },
};

const put = (words, values) => words.replace(/%\((\w+)\)s/g, (_, name) => values[name]);
const hereIn = (circle) => circle.people.filter((one) => circle.came[one.who] !== false);

// As the house does it (`queries.py`, `talking.py`): whose role nobody here has is passed over, and the voices follow the order of talk.
function pagesOf(circle) {
  const roles = new Set(["", "everyone", ...hereIn(circle).flatMap((one) => one.roles)]);
  const shown = circle.pages.filter((page) => roles.has(page.asks));
  if (!circle.chosen) return shown.length ? shown : circle.pages.slice(0, 1);
  const speaking = inOrder(circle, circle.people);
  const firsts = shown.filter((page, at) => isVoice(page) && shown.findIndex((one) => isVoice(one) && one.asks === page.asks) === at);
  const rank = (page) => { const at = speaking.findIndex((one) => one.roles.includes(page.asks)); return at < 0 ? speaking.length : at; };
  const waiting = firsts.toSorted((one, other) => rank(one) - rank(other));
  return shown.map((page) => (firsts.includes(page) ? waiting.shift() : page));
}
const isVoice = (page) => page.voices && !["", "everyone"].includes(page.asks);

function inOrder(circle, people) {
  const rank = (one) => { const at = circle.order.indexOf(one.who); return at < 0 ? circle.order.length : at; };
  return people.toSorted((one, other) => rank(one) - rank(other));
}

function whom(circle, page) {
  const asked = hereIn(circle).filter((one) => one.roles.includes(page.asks) || (page.asks === "everyone" && one.speaks));
  return circle.chosen ? inOrder(circle, asked) : asked.toSorted((one, other) => one.beside - other.beside);
}

function placeOf(pages, order) {
  const exact = pages.findIndex((page) => page.order === order);
  const next = exact < 0 ? pages.findIndex((page) => page.order >= order) : exact;
  return next < 0 ? pages.length - 1 : next;
}

function voicesOf(circle, page) {
  const turns = circle.turns[page.order] ?? [];
  const last = Object.fromEntries(turns.map((turn) => [turn.who, turn.what]));
  const now = turns.at(-1)?.what === "speaks" ? turns.at(-1).who : null;
  const words = (who) => (last[who] === "passed" ? circle.words.passed : last[who] === "speaks" && who !== now ? circle.words.spoken : "");
  const voices = page.asks ? whom(circle, page).map(({ who, name }) => ({ who, name, now: who === now, words: words(who) })) : [];
  const speaking = voices.find((voice) => voice.now);
  return { voices, speaks: speaking ? { who: now, words: put(circle.words.speaks, { name: speaking.name }) } : null };
}

function said(circle) {
  for (const press of circle.presses) APPLY[press.what](circle, press);
  const pages = pagesOf(circle);
  const at = placeOf(pages, read || circle.at);
  const page = pages[at];
  const names = page.asks === "everyone" ? [] : whom(circle, page).map((one) => one.name);
  const missing = circle.people.filter((one) => one.speaks && circle.came[one.who] !== false && !circle.asked.includes(one.who)).map((one) => one.name);
  const mine = !circle.hand || circle.hand.who === circle.me;
  return {
    ...circle,
    planned: circle.stage === "planned",
    live: circle.stage === "live",
    reads: circle.stage === "live" || read > 0,
    flows: circle.stage === "live" && !circle.pausedAt,
    over: !["planned", "live"].includes(circle.stage),
    mine,
    theirs: !mine,
    holds: mine ? "" : circle.hand.holds,
    waits: circle.presses.length,
    pause: circle.pausedAt ? put(circle.words.pause, { time: clock.format(new Date(circle.pausedAt)) }) : "",
    somebody: Object.values(circle.came).includes(true),
    missing: missing.join(", "),
    blocked: missing.length + circle.stops.length,
    arrivals: circle.people.map((one) => ({ ...one, yes: circle.came[one.who] === true, no: circle.came[one.who] === false, asks: one.speaks, stops: one.speaks && circle.stage === "planned" })),
    speaking: inOrder(circle, circle.people),
    page: {
      ...page,
      ...voicesOf(circle, page),
      asked: names.length || page.asks !== "everyone" ? names : [circle.words.everyone],
      number: at + 1,
      total: pages.length,
      place: put(circle.words.place, { done: at + 1, total: pages.length }),
      earlier: pages[at - 1]?.order ?? null,
      later: pages[at + 1]?.order ?? null,
      last: at + 1 === pages.length,
    },
    list: pages.map((one, place) => ({ order: one.order, title: `${place + 1} ${one.title}` })),
  };
}

async function show() {
  const circle = await asked({ what: "read" });
  if (document.documentElement.classList.contains("leaving")) return;
  if (!circle?.pages) return location.replace(home);
  document.dispatchEvent(new CustomEvent("circle:paint", { detail: said(circle) }));
  root.hidden = false;
}

// The network is back once the house itself answers.
async function back() {
  const found = await asked({ what: "send" });
  for (const words of document.querySelectorAll("[data-while]")) words.hidden = !found[words.dataset.while];
  if (found.token || found.gone) location.replace(home);
}

// Nothing can be read here from now on, and the first page that is asked for ends the stay (`exit.js` does the same).
async function putAway() {
  document.documentElement.classList.add("leaving");
  document.cookie = `away=now; path=/; max-age=172800; samesite=strict${location.protocol === "https:" ? "; secure" : ""}`;
  await asked({ what: "shut" });
  location.replace("about:blank");
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-away]")) return putAway();
  const button = event.target.closest("[data-reads]");
  if (!button) return;
  read = Number(button.value);
  document.querySelector("details[open]:has([data-reads])")?.removeAttribute("open");
  show();
  scrollTo(0, 0);
});
if (navigator.serviceWorker?.controller) {
  show();
  new BroadcastChannel(`along ${home}`).addEventListener("message", show);
  addEventListener("online", back);
  setInterval(back, 5000);
}
