// Has this device keep the console, and says so only once all of it can be read back. The only page that may name a script by itself.
const form = document.querySelector("[data-ready]");
const says = (name) => {
  for (const words of document.querySelectorAll("[data-when]")) words.hidden = words.dataset.when !== name;
};

function asked(worker, message) {
  return new Promise((done) => {
    const line = new MessageChannel();
    line.port1.onmessage = (event) => done(event.data);
    worker.postMessage(message, [line.port2]);
  });
}

async function started() {
  const policy = window.trustedTypes?.createPolicy("along", { createScriptURL: () => form.dataset.ready });
  await navigator.serviceWorker.register(policy ? policy.createScriptURL("") : form.dataset.ready);
  return (await navigator.serviceWorker.ready).active;
}

async function keep(event) {
  event.preventDefault();
  says("busy");
  try {
    const worker = await started();
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
    if (!answer.ok) return says("refused");
    const found = await asked(worker, { what: "keep", ...await answer.json() });
    await navigator.storage?.persist?.();
    says(found.kept ? "kept" : found.other ? "other" : "full");
  } catch {
    says("full");
  }
}

if (!window.isSecureContext) says("insecure");
else if (!navigator.serviceWorker || !window.indexedDB || !window.caches) says("private");
else {
  form.hidden = false;
  form.addEventListener("submit", keep);
}
