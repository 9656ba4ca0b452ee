// What a browser may fill in. It is said here and not on the page: where no script runs, nothing wipes what was typed when somebody leaves.
for (const field of document.querySelectorAll("[data-fills]")) field.autocomplete = field.dataset.fills;
