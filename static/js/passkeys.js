// Says on the page why a passkey did not work, instead of only in the browser's console.
document.addEventListener("allauth.error", (event) => {
  const told = document.querySelector("[data-passkey-trouble]");
  if (!told) return;
  event.preventDefault();
  told.hidden = false;
  told.scrollIntoView({ block: "center" });
});

// Buttons that need a key wait for the script that speaks with it.
document.addEventListener("DOMContentLoaded", () => {
  for (const button of document.querySelectorAll("[data-key-button]")) button.disabled = false;
});
