// On a page of the console: says whether this device has it along, and keeps what it has as new as the page is.
const says = document.querySelector("[data-along]");

function asked(worker, message) {
  return new Promise((done) => {
    const line = new MessageChannel();
    line.port1.onmessage = (event) => done(event.data);
    worker.postMessage(message, [line.port2]);
  });
}

async function look(what) {
  const worker = (await navigator.serviceWorker?.getRegistration(says.dataset.along))?.active;
  if (!worker) return;
  await asked(worker, { what });
  const { kept, left } = await asked(worker, { what: "state" });
  for (const words of says.querySelectorAll("[data-if]")) words.hidden = words.dataset.if !== (left ? "left" : kept ? "kept" : "not");
}

if (says) {
  look("here");
  document.addEventListener("circle:told", () => look("send"));
}
