// With a mouse a meeting is dragged to another place of the week. It only leads to the page that asks; the menu leads there too.
let held = "";

const placeOf = (event) => {
  const place = event.target.closest?.("[data-where]");
  return held && place?.dataset.where ? place : null;
};
const mark = (place) => {
  for (const one of document.querySelectorAll("[data-over]")) delete one.dataset.over;
  if (place) place.dataset.over = "";
};

if (matchMedia("(pointer: fine)").matches) {
  const movable = document.querySelectorAll("td [data-move]");
  for (const one of movable) one.draggable = true;
  for (const words of document.querySelectorAll("[data-drags]")) words.hidden = movable.length === 0;
}

document.addEventListener("dragstart", (event) => {
  held = event.target.dataset?.move ?? "";
  if (held) event.dataTransfer.effectAllowed = "move";
});
document.addEventListener("dragover", (event) => {
  const place = placeOf(event);
  if (place) event.preventDefault();
  mark(place);
});
document.addEventListener("drop", (event) => {
  const place = placeOf(event);
  if (!place) return;
  event.preventDefault();
  location.assign(`${held}?${place.dataset.where}&from=week`);
});
document.addEventListener("dragend", () => {
  held = "";
  mark(null);
});
