// Signed out in one tab of a browser, or left by Exit, the team's other tabs of it leave as well: no word of a case stays on a screen.
// Without this they are empty at the next press, because the server asks anew who is there.
const still = document.querySelector("script[data-still-in]")?.dataset.stillIn;
const elsewhere = window.BroadcastChannel ? new BroadcastChannel("leaving") : null;
const root = document.documentElement;
const wait = { again: 250, atMost: 10_000 };

for (const form of document.querySelectorAll("form[data-leaves]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (await waits()) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "waits", value: "1" }));
    elsewhere?.postMessage("signed out");
    if (!form.dataset.leaves) document.cookie = `away=now; path=/; max-age=172800; samesite=strict${location.protocol === "https:" ? "; secure" : ""}`;
    HTMLFormElement.prototype.submit.call(form);
  });
}

// What was pressed without network goes to the house first; where it cannot, it waits on and nobody can read it (decision 156). Where the form
// cannot go either, the cookie has the first page that is asked for end the stay.
async function waits() {
  const all = (await navigator.serviceWorker?.getRegistrations().catch(() => null)) ?? [];
  const left = await Promise.all(all.filter((one) => one.active).map(({ active }) => new Promise((done) => {
    const line = new MessageChannel();
    line.port1.onmessage = (event) => done(event.data);
    active.postMessage({ what: "leave" }, [line.port2]);
    setTimeout(done, wait.atMost);
  })));
  return left.some((one) => one?.left);
}

// Only the server says that it is over: that nobody is in, that somebody else is, or that this is a shared device by now.
async function isOver() {
  try {
    const answer = await fetch(still, { redirect: "manual", cache: "no-store", signal: AbortSignal.timeout?.(wait.atMost) });
    return answer.status === 401 || answer.status === 409 || answer.type === "opaqueredirect";
  } catch {
    return false;
  }
}

// The tab that was left tells of it before the server knows. Who is still in after ten seconds was not signed out: every word is as it was.
async function look(until, title) {
  if (await isOver()) {
    for (const form of document.forms) HTMLFormElement.prototype.reset.call(form);
    location.replace("/");
  } else if (Date.now() < until) {
    setTimeout(() => look(until, title), wait.again);
  } else {
    root.classList.remove("leaving");
    document.title = title;
  }
}

elsewhere?.addEventListener("message", () => {
  if (root.classList.contains("leaving")) return;
  root.classList.add("leaving");
  look(Date.now() + wait.atMost, document.title);
  document.title = "";
});

// What waits comes in from any page of the team's, not only once its console is opened again.
if (still) {
  navigator.serviceWorker?.getRegistrations().then((all) => all.forEach(({ active }) => active?.postMessage({ what: "here" }))).catch(() => null);
}
