// The one script of a survey's page: a number that somebody looked at for two seconds is kept, and Send takes its place.
// Nothing is posted from a page that nobody sees, or where nobody so much as moved; without script, Send is enough.
(() => {
  const form = document.querySelector("form[data-touch]");
  if (!form || navigator.webdriver) return;
  const LOOKED_AT = 2000;
  const kept = document.getElementById("kept");
  let somebody = false, seen = 0, since = 0, posted = form.dataset.touch, timer = 0, sending = false;

  const score = () => form.querySelector("[name=score]:checked")?.value ?? "";
  const post = async () => {
    const value = score();
    if (sending || !value || value === posted) return;
    const body = new URLSearchParams({ score: value, touched: "1", form_token: form.elements.form_token.value });
    try {
      const answer = await fetch(form.action, { method: "POST", body, credentials: "omit" });
      if (answer.status === 204) { posted = value; if (kept) kept.hidden = false; }
    } catch { /* Send is still there. */ }
  };
  const look = () => {
    clearTimeout(timer);
    since = document.visibilityState === "visible" ? Date.now() : 0;
    if (since && somebody) timer = setTimeout(post, Math.max(0, LOOKED_AT - seen));
  };
  const moved = () => { if (!somebody) { if (since) seen = Date.now() - since; somebody = true; look(); } };

  for (const sign of ["pointermove", "pointerdown", "wheel", "touchstart", "keydown", "scroll"]) {
    addEventListener(sign, moved, { passive: true, capture: true });
  }
  document.addEventListener("visibilitychange", () => { if (since) seen += Date.now() - since; look(); });
  form.addEventListener("change", (e) => { if (e.target.name === "score") { somebody = true; seen = 0; look(); } });
  form.addEventListener("submit", () => { sending = true; clearTimeout(timer); });
  look();
})();
