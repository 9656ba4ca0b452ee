// The console on a device that has no network: works out where the circle stands from what the house told last and what was pressed here since,
// in the same words and into the same kind of places as a page with network (`live.js`).
const root = document.querySelector("[data-kept]");
const home = root.dataset.kept;
const clock = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "numeric", minute: "2-digit" });
const due = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long" });
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
  finished: (circle) => { Object.assign(circle, { stage: "over", done: true }); },
  adjourned: (circle) => { circle.stage = "over"; },
  stopped: (circle) => { circle.stage = "over"; },
  noted: (circle, { press, detail, participation, words }) => {
    const [kind, whose] = detail.split(":");
    const who = circle.people.find((one) => one.who === participation)?.name ?? circle.words.whose[whose];
    circle.headings.push({ key: press, kind, who, words: words.words });
  },
  took_off: (circle, { detail }) => { circle.headings = circle.headings.filter((one) => one.key !== detail); },
  marked: (circle, { detail }) => {
    const at = detail.lastIndexOf(":");
    const asked = circle.questions.find((one) => one.key === detail.slice(0, at));
    if (asked) asked.mark = detail.slice(at + 1).replace(/^open$/, "");
  },
  promised: (circle, { press, words, sent }) => {
    const name = (key) => circle.draft.makers?.find((one) => one.who === key)?.name ?? circle.words.everyone;
    const more = put(circle.words.more, { day: due.format(new Date(`${words.due_on}T12:00`)), name: name(words.owed_to) });
    circle.draft.lines.push({ key: press, who: name(words.owner), what: words.what, more, mine: !sent });
  },
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

// What we heard, by kind; the page that closes the sharing is the last of it.
function heard(circle) {
  const kinds = circle.kinds.map(({ kind, title }) => ({ title, ones: circle.headings.filter((one) => one.kind === kind) }));
  return kinds.filter((kind) => kind.ones.length);
}
const closesAt = (pages) => pages.map((page) => page.shares).lastIndexOf(true);

// On the page of somebody's voice theirs; where the sharing closes, what is still open of anybody who is here.
function asksOn(circle, pages, at) {
  const voice = isVoice(pages[at]);
  const here = new Set((voice ? whom(circle, pages[at]) : at === closesAt(pages) ? hereIn(circle) : []).map((one) => one.who));
  const shown = circle.questions.filter((one) => here.has(one.who) && (voice || !["answered", "not_wanted"].includes(one.mark)));
  const buttons = ({ key, mark }) => {
    const open = ["asked", "answered", "not_wanted", "open"].filter((what) => (what === "open" ? mark : what !== mark));
    return Object.fromEntries(open.map((what) => [what, `${key}:${what}`]));
  };
  const ones = (who) => shown.filter((one) => one.who === who).map((one) => ({ words: one.words, mark: circle.words.marks[one.mark] ?? "", ...buttons(one) }));
  return circle.people.filter(({ who }) => shown.some((one) => one.who === who)).map(({ who, name }) => ({ who: name, ones: ones(who) }));
}

function choices(circle) {
  const here = hereIn(circle).filter((one) => one.speaks).map(({ who, name }) => ({ who, name }));
  const choose = { who: "", name: circle.words.choose };
  const all = Object.entries(circle.words.whose).map(([who, name]) => ({ who, name }));
  const makers = circle.draft.makers ?? [];
  return { whose: [choose, ...here, ...all], makers: [choose, ...makers], owed: [{ who: "", name: circle.words.everyone }, ...makers] };
}

function said(circle) {
  for (const press of circle.presses) if (!press.unread) APPLY[press.what](circle, press);
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
    writing: Boolean(circle.draft.may && circle.runs && (circle.stage === "live" ? page.writes : circle.done)),
    headings: heard(circle),
    questions: asksOn(circle, pages, at),
    choices: choices(circle),
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
      sums_up: at === closesAt(pages),
    },
    list: pages.map((one, place) => ({ order: one.order, title: `${place + 1} ${one.title}` })),
  };
}

const today = () => new Date(Date.now() - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 10);

async function show() {
  const circle = await asked({ what: "read" });
  if (document.documentElement.classList.contains("leaving")) return;
  if (!circle?.pages) return location.replace(home);
  document.dispatchEvent(new CustomEvent("circle:paint", { detail: said(circle) }));
  for (const day of root.querySelectorAll("input[type=date]")) day.min = today();
  root.hidden = false;
}

// What is half written stays before them: it goes when it is pressed, and then the page goes on.
function isWrittenOn() {
  return [...root.querySelectorAll("textarea, input[type=text], input[type=date]")].some((one) => one.value !== one.defaultValue);
}

// The network is back once the house itself answers.
async function back() {
  const found = await asked({ what: "send" });
  for (const words of document.querySelectorAll("[data-while]")) words.hidden = !found[words.dataset.while];
  if (found.token) document.querySelector("[data-unwritten]").hidden = true;
  if ((found.token || found.gone) && !isWrittenOn()) location.replace(home);
}

// Nothing can be read here from now on, and the first page that is asked for ends the stay (`exit.js` does the same).
async function putAway() {
  document.documentElement.classList.add("leaving");
  document.cookie = `away=now; path=/; max-age=172800; samesite=strict${location.protocol === "https:" ? "; secure" : ""}`;
  await asked({ what: "shut" });
  location.replace("about:blank");
}

function hear({ data }) {
  if (data !== "unwritten") return show();
  const words = document.querySelector("[data-unwritten]");
  words.hidden = false;
  words.scrollIntoView({ block: "center" });
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
  new BroadcastChannel(`along ${home}`).addEventListener("message", hear);
  addEventListener("online", back);
  setInterval(back, 5000);
}
