// Staff are told before their stay ends, and a page they left is covered with their words still in it. The server ends the stay by itself.
const box = document.querySelector("[data-still]");

if (box) {
  const minute = 60000;
  let idle = Number(box.dataset.idleLeft) * 1000;
  let end = Date.now() + Number(box.dataset.wholeLeft) * 1000;
  let heard = Date.now();
  let shown = "";
  let told = false;
  let before = null;
  let title = "";
  const away = [];
  const again = box.querySelector("[data-when=over] a").getAttribute("href");

  // What is covered is not in the document any more, so no tool of the browser shows it. A page on which nothing was typed is left instead.
  const takeAway = () => {
    const leaves = !isWrittenOn();
    title = document.title;
    document.title = box.querySelector("[data-when=over] h2").textContent;
    for (const part of document.querySelectorAll("body > :not(script, [data-still])")) {
      const place = document.createComment("");
      part.replaceWith(place);
      away.push([place, part]);
    }
    if (leaves) location.replace(`${again}?next=${encodeURIComponent(location.pathname + location.search)}`);
  };

  const putBack = () => {
    if (away.length) document.title = title;
    for (const [place, part] of away.splice(0)) place.replaceWith(part);
  };

  const isWrittenOn = () =>
    document.querySelector("main :is(.summary, [aria-invalid])") !== null ||
    performance.getEntriesByType("navigation")[0]?.responseStatus >= 400 ||
    [...document.querySelectorAll("main :is(textarea, input, select)")].some(isChanged);

  const isChanged = (field) => {
    if (field.multiple && field.options) return [...field.options].some((one) => one.selected !== one.defaultSelected);
    if (field.options) return field.selectedIndex !== Math.max(0, [...field.options].findIndex((one) => one.defaultSelected));
    return /checkbox|radio/.test(field.type) ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;
  };

  const show = (name) => {
    if (shown === name) return;
    if (!shown) before = document.activeElement;
    shown = name;
    for (const part of box.children) {
      part.hidden = part.dataset.when !== name;
      const title = part.querySelector("h2");
      if (part.hidden) title.removeAttribute("id");
      else title.id = "stay-title";
      const words = part.querySelector("p");
      if (part.hidden) words.removeAttribute("id");
      else words.id = "stay-words";
    }
    box.hidden = false;
    if (name === "over") takeAway();
    box.querySelector("[data-when]:not([hidden]) :is(a, button)").focus();
  };

  const hide = () => {
    if (!shown) return;
    shown = "";
    box.hidden = true;
    putBack();
    if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  };

  // Somebody else is in by now: no word of this page is for them, and the browser fills none in again.
  const another = () => {
    show("over");
    for (const form of document.forms) form.reset();
    location.reload();
  };

  const ask = async () => {
    const asked = Date.now();
    try {
      const answer = await fetch(box.dataset.still, { redirect: "manual" });
      if (answer.status === 409) return another();
      if (answer.status !== 204) return show("over");
      const [still, whole] = answer.headers.get("Stay-Left").split(" ");
      heard = asked;
      idle = still * 1000;
      if (asked + whole * 1000 > end + minute) told = false;
      end = asked + whole * 1000;
      hide();
    } catch {
      // Without the server nothing is known: the page stays as it is.
    }
  };

  // By the clock, not by a timer: a computer that slept stops its timers.
  const look = () => {
    const now = Date.now();
    if (shown === "over") return;
    if (now >= Math.min(heard + idle, end)) show("over");
    else if (now >= end - 10 * minute && !told) {
      told = true;
      show("whole");
    } else if (now >= heard + idle - 5 * minute) show("idle");
  };

  const here = () => {
    if (shown !== "over" && Date.now() - heard > 5 * minute && Date.now() < heard + idle) {
      heard += minute;
      ask();
    }
  };

  for (const sign of ["keydown", "input", "pointerdown"]) document.addEventListener(sign, here, { passive: true });
  for (const button of box.querySelectorAll("[data-look]")) button.addEventListener("click", ask);
  box.querySelector("[data-close]").addEventListener("click", hide);
  document.addEventListener("visibilitychange", look);
  setInterval(look, 1000);
}
