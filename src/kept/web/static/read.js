// The one script of a customer's own page: once somebody has had it before them for five seconds, and moved, it says so.
// Mail scanners open pages, too: they see nothing and move nothing. Without script the button under it says the same.
(() => {
  const form = document.querySelector("form[data-read]");
  if (!form || navigator.webdriver) return;
  const READ = 5000;
  let somebody = false, seen = 0, since = 0, timer = 0, said = false;

  const say = () => {
    if (said) return;
    said = true;
    fetch(form.action, { method: "POST", body: new URLSearchParams(), credentials: "omit" }).catch(() => {});
  };
  const look = () => {
    clearTimeout(timer);
    since = document.visibilityState === "visible" ? Date.now() : 0;
    if (since && somebody) timer = setTimeout(say, Math.max(0, READ - seen));
  };
  const moved = () => { if (!somebody) { if (since) seen = Date.now() - since; somebody = true; look(); } };

  for (const sign of ["pointermove", "pointerdown", "wheel", "touchstart", "keydown", "scroll"]) {
    addEventListener(sign, moved, { passive: true, capture: true });
  }
  document.addEventListener("visibilitychange", () => { if (since) seen += Date.now() - since; look(); });
  look();
})();
