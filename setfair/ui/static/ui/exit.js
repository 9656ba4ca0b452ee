// Leaving fast. The link works without this; with it the screen is blank at once and the page leaves no step in the history.
const links = document.querySelectorAll("[data-exit]");
const told = document.querySelector("[data-two]")?.dataset ?? {};
const presses = { needed: 3, within: 5000 };
let pressed = [];

function blank() {
  document.documentElement.classList.add("leaving");
}

// Once is enough: asked again, a browser on a slow line would start over.
function leave() {
  if (document.documentElement.classList.contains("leaving")) return;
  blank();
  location.replace(links[0].href);
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

if (links.length) {
  for (const link of links) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      leave();
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
    if (pressed.length >= presses.needed) leave();
    else say((pressed.length === 1 ? told.two : told.one) ?? "");
  });
}

// A browser may keep a picture of the page for its Back button. It is thrown away and asked for again.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  blank();
  location.reload();
});
