// A quiet word to whoever holds the circle, some minutes before the programme's limit. It stands on the page already, and is shown when it is time.
const words = document.querySelector("[data-from]");

function look() {
  words.hidden = Date.now() < Date.parse(words.dataset.from);
}

if (words) {
  look();
  setInterval(look, 15_000);
  document.addEventListener("visibilitychange", look);
}
