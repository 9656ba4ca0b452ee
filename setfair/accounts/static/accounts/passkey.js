// The passkey button shows only where the browser can use one; without this the other ways in stand on the page.
if (window.PublicKeyCredential) {
  for (const part of document.querySelectorAll("[data-passkey]")) part.hidden = false;
}
