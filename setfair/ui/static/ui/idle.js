// A page left open closes itself. The server ends the visit as well, so this only clears the screen sooner.
const box = document.querySelector("[data-idle]");

if (box) {
  const minute = 60000;
  const whole = Number(box.dataset.idle) * minute;
  const quiet = whole - Number(box.dataset.warn) * minute;
  const stay = box.querySelector("[data-stay]");
  const left = box.querySelector("[data-left]");
  let last = Date.now();
  let told = last;
  let before = null;

  const show = () => {
    before = document.activeElement;
    box.hidden = false;
    stay.focus();
  };

  const hide = () => {
    box.hidden = true;
    if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  };

  const here = () => {
    if (Date.now() - last >= whole) return look();
    last = Date.now();
    if (!box.hidden) hide();
    tell();
  };

  // On a shared device the server waits no longer than the page, so whoever writes for a while is told of.
  const tell = () => {
    if (!box.dataset.saidTo || last - told < 30000) return;
    told = last;
    fetch(box.dataset.saidTo, { cache: "no-store" }).catch(() => {});
  };

  // By the clock, not by a timer: a phone in a pocket stops its timers, and must still close when it wakes.
  const look = () => {
    if (document.documentElement.classList.contains("leaving")) return;
    const away = Date.now() - last;
    if (away >= whole) {
      dispatchEvent(new CustomEvent("leave", { detail: box.dataset.href }));
    } else if (away >= quiet && box.hidden) show();
    if (left && !box.hidden) left.textContent = left.dataset.left.replace("#", Math.max(0, Math.ceil((whole - away) / 1000)));
  };

  for (const sign of ["pointerdown", "keydown", "input", "wheel", "touchmove"]) {
    document.addEventListener(sign, here, { passive: true });
  }
  document.addEventListener("visibilitychange", look);
  setInterval(look, 1000);
}

// Where a shared device rests: a code that was half typed goes with whoever typed it.
const resting = document.querySelector("[data-forget] form");
if (resting) {
  let wait = 0;
  resting.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(() => resting.reset(), 60000);
  });
}
