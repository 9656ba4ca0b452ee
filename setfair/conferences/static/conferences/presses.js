// What can be pressed on a console that was taken along, and how what is written there waits. One script with `worker.js`.
const OF_ALL = ["all", "community"];
const WRITES = /\/promise\//;
const WHAT = {
  "arrivals/": (said) => ({ what: "came", participation: said.participation, detail: said.came }),
  "begin/": () => ({ what: "began" }),
  "turns/": (said) => ({ what: "turned", page: said.page }),
  "order/": (said) => ({ what: "ordered", participation: said.participation, detail: said.where }),
  "voice/": (said) => ({ what: "spoke", participation: said.speaks ?? said.passed, detail: said.speaks ? "speaks" : "passed" }),
  "pause/begin/": () => ({ what: "paused" }),
  "pause/end/": () => ({ what: "went_on" }),
  "hand/": () => ({ what: "took" }),
  "wish/": () => ({ what: "heard" }),
  "finish/": () => ({ what: "finished" }),
  "adjourn/": (said) => ({ what: "adjourned", detail: said.reason }),
  "stop/": (said) => ({ what: "stopped", detail: said.reason }),
  "heading/": ({ kind, whose, words }) => ({ what: "noted", detail: `${kind}:${OF_ALL.includes(whose) ? whose : "one"}`, ...(OF_ALL.includes(whose) ? {} : { participation: whose }), words: whose && kind && words?.trim() && { words } }),
  "heading/off/": (said) => ({ what: "took_off", detail: said.heading }),
  "question/": (said) => ({ what: "marked", detail: said.mark }),
  "promise/": ({ owner, what, owed_to, due_on }, kept) => ({ what: "promised", detail: kept.draft.key, words: owner && what?.trim() && due_on && { owner, what, owed_to, due_on }, waits: true }),
  "promise/off/": (said) => ({ what: "took_back", detail: said.promise, waits: true }),
};

// What is written is sealed under a key that only the house has once somebody has left: it can be read back here until then, and goes as it lies.
const bound = (press) => new TextEncoder().encode(press);
const bytes = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));

async function hold(raw) {
  await put("seals", await crypto.subtle.importKey("raw", bytes(raw), "AES-GCM", false, ["encrypt", "decrypt"]));
}

async function sealedWords(press, words) {
  const held = await get("seals");
  if (!held) return null;
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const noise = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: bound(press) }, held, new TextEncoder().encode(JSON.stringify(words)));
  return btoa(String.fromCharCode(...iv, ...new Uint8Array(noise)));
}

async function readBack(one) {
  if (!one.words) return one;
  const [held, noise] = [await get("seals"), bytes(one.words)];
  const words = await crypto.subtle.decrypt({ name: "AES-GCM", iv: noise.slice(0, 12), additionalData: bound(one.press) }, held, noise.slice(12));
  return { ...one, words: JSON.parse(new TextDecoder().decode(words)) };
}

// A promise that has not gone yet is taken back here.
async function back(key) {
  const mine = (await waiting()).find((one) => one.press === key);
  if (mine && !mine.sent) await drop(mine.at);
  channel.postMessage("told");
  return Response.redirect(HERE, 303);
}

// The page stays as it is, with what they wrote on it, and says that it is not written down (`hour.js`).
function notWritten() {
  channel.postMessage("unwritten");
  return new Response(null, { status: 204 });
}
