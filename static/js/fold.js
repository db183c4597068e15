// Folds <details data-fold="60rem"> where the window is narrower than that, so that what it
// stands above is in sight. Without this script everything stays open.
for (const details of document.querySelectorAll("details[data-fold]")) {
  details.open = window.matchMedia(`(min-width: ${details.dataset.fold})`).matches;
}
