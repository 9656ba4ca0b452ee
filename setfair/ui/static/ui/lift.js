// Small lifts on top of pages that already work: focus on errors, copy, print, menus that close, Ctrl-K to search.
for (const part of document.querySelectorAll("[data-lift]")) part.hidden = false;
document.querySelector("[data-focus]")?.focus();

async function copy(button) {
  await navigator.clipboard.writeText(button.dataset.copy);
  const words = button.querySelector("span");
  const said = button.parentElement.querySelector("[data-said]");
  const before = words.textContent;
  words.textContent = button.dataset.copied;
  if (said) said.textContent = button.dataset.copied;
  setTimeout(() => {
    words.textContent = before;
    if (said) said.textContent = "";
  }, 4000);
}

function closeMenus(except) {
  for (const menu of document.querySelectorAll("[data-menu][open]")) if (menu !== except) menu.open = false;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy], [data-print]");
  if (button?.matches("[data-copy]")) copy(button);
  if (button?.matches("[data-print]")) print();
  closeMenus(event.target.closest("[data-menu]"));
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    const open = event.target.closest?.("[data-menu][open]");
    closeMenus();
    open?.querySelector("summary").focus();
  }
  if ((event.ctrlKey || event.metaKey) && event.key === "k") {
    const box = document.querySelector("[data-search]");
    if (!box) return;
    event.preventDefault();
    box.focus();
  }
});
