// Leaving fast. The link works without this; with it the screen is blank at once, and none of our pages stays behind Back or Forward.
const links = document.querySelectorAll("[data-exit]");
const told = document.querySelector("[data-two]")?.dataset ?? {};
const presses = { needed: 3, within: 5000 };
const patience = 500;
const kept = `path=/; max-age=172800; samesite=strict${location.protocol === "https:" ? "; secure" : ""}`;
const root = document.documentElement;
const elsewhere = window.BroadcastChannel ? new BroadcastChannel("leaving") : null;
let pressed = [];

function wayOut() {
  return (document.querySelector("a.exit[data-exit]") ?? links[0])?.href ?? "/exit/";
}

function blank() {
  root.classList.add("leaving");
}

// Once is enough: asked again, a browser on a slow line would start over.
function leave(href) {
  if (root.classList.contains("leaving")) return;
  blank();
  elsewhere?.postMessage("left");
  shut().finally(() => goBack(href));
}

// What was pressed here without network waits on, and nothing of it can be read; all else of it goes at once (decision 155). Who does not answer
// soon has heard it all the same, and may have something that waits.
function shut() {
  const late = new Promise((done) => setTimeout(done, 2 * patience));
  return Promise.race([late, shutEach().then((waits) => { document.cookie = waits ? `waits=1; ${kept}` : "waits=; path=/; max-age=0"; })]).catch(() => null);
}

async function shutEach() {
  const all = (await navigator.serviceWorker?.getRegistrations()) ?? [];
  const left = await Promise.all(all.filter((one) => one.active).map(({ active }) => new Promise((done) => {
    const line = new MessageChannel();
    line.port1.onmessage = ({ data }) => done(data.left !== 0);
    active.postMessage({ what: "shut" }, [line.port2]);
    setTimeout(done, patience, true);
  })));
  return left.includes(true);
}

// A page can only take away what lies ahead of it in the history. So the browser first goes back to the first page of ours, for which the
// server, told by a cookie, answers with one that says nothing and goes on from there (`goOn`). Where there is no network the cookie waits, and
// the first page that is asked for ends the stay.
function goBack(href) {
  const ours = window.navigation?.entries?.() ?? [];
  const away = href.includes("idle") ? "away=idle" : "away=now";
  document.cookie = `${away}; ${kept}`;
  if (ours.length < 2) return location.replace(href);
  if (window.navigation.currentEntry.index === 0) return goOn(href);
  if (!document.cookie.includes(away)) return location.replace(href);
  window.navigation.traverseTo(ours[0].key).committed.catch(() => location.replace(href));
}

// From the first page of ours: it becomes the way out itself, and one step on from it everything ahead is gone.
function goOn(href) {
  history.replaceState(null, "", href);
  location.assign(`${href}${href.includes("?") ? "&" : "?"}on=1`);
}

function say(words) {
  let region = document.querySelector("[data-exit-said]");
  if (!region) {
    region = document.createElement("div");
    region.className = "hidden";
    region.dataset.exitSaid = "";
    region.setAttribute("role", "status");
    document.body.append(region);
  }
  region.textContent = words;
}

// A page that goes on before it has quite loaded is replaced, and what lies ahead stays.
if (root.dataset.goOn) {
  addEventListener("load", () => setTimeout(() => goOn(root.dataset.goOn)));
} else if (links.length) {
  for (const link of links) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      leave(wayOut());
    });
  }

  // Any other key between two presses is writing, not leaving.
  document.addEventListener("keydown", (event) => {
    if (event.repeat) return;
    if (event.key !== "Shift") {
      pressed = [];
      return;
    }
    pressed = pressed.filter((at) => event.timeStamp - at < presses.within).concat(event.timeStamp);
    if (pressed.length >= presses.needed) leave(wayOut());
    else say((pressed.length === 1 ? told.two : told.one) ?? "");
  });
}

for (const form of document.querySelectorAll("form[data-leaves]")) {
  form.addEventListener("submit", () => elsewhere?.postMessage("signed out"));
}

// Where a shared device rests, whoever was in has left already, the member of the team who shared it as well.
const rests = document.querySelector("[data-rests]");
if (rests) elsewhere?.postMessage("signed out");

// The stay is over in every tab: left in one, it is left in all. Where somebody of the team signed out, nobody is left to end a stay for.
elsewhere?.addEventListener("message", (event) => {
  if (root.classList.contains("leaving") || (rests && event.data === "signed out")) return;
  blank();
  if (event.data === "signed out") location.replace("/");
  else shut().finally(() => goBack(wayOut()));
});

// A page that was left by itself goes the same way (idle.js).
addEventListener("leave", (event) => leave(event.detail));

// A browser may keep a picture of the page for its Back button. It is a blank one, and is thrown away and asked for again.
addEventListener("pagehide", blank);
// Of one that it asks for again it would fill in who had wanted to sign in.
addEventListener("pageshow", (event) => {
  if (performance.getEntriesByType("navigation")[0]?.type === "back_forward") {
    for (const field of document.querySelectorAll("input:is([type=email], [type=password])")) field.value = field.defaultValue;
  }
  if (!event.persisted) return;
  blank();
  location.reload();
});

// On a page that is shown to nobody who is in, whatever lies on this device of a circle asks whether it may stay (decision 167).
if (!document.querySelector("script[data-still-in]")) {
  navigator.serviceWorker?.getRegistrations().then((all) => all.forEach(({ active }) => active?.postMessage({ what: "look" }))).catch(() => null);
}
