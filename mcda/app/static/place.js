// Run by mcda/app/place.py whenever the visitor comes to another page, or another part of one.
// No less-than sign may stand in this file: Streamlit would drop the whole script.
(() => {
  const marker = document.querySelector(".st-key-place [data-page]");
  if (!marker) return;
  const { page, part, at } = marker.dataset;
  const last = document.documentElement.dataset;
  const first = last.page === undefined;
  const samePage = last.page === page;
  const otherPart = Boolean(part && last.part) && last.part !== part;
  last.page = page;
  last.part = part;
  nameTheRail();
  if (first || (samePage && !otherPart)) return;
  const focused = document.activeElement;
  arrive(100);

  function nameTheRail() {
    const rail = document.querySelector(".st-key-rail");
    if (!rail) return;
    rail.setAttribute("role", "navigation");
    rail.setAttribute("aria-label", "Pages");
    rail.querySelectorAll("a").forEach(link => link.removeAttribute("aria-current"));
    // The phase one is in, and last the page: both in bold.
    [...rail.querySelectorAll("a:has(strong)")].reverse().forEach((link, steps) =>
      link.setAttribute("aria-current", steps === 0 ? "page" : "true"));
  }

  // What was drawn for the place before is there until the script on the server has ended.
  function arrive(tries) {
    const app = document.querySelector('[data-testid="stApp"]');
    if (tries > 0 && app && app.dataset.testScriptState !== "notRunning") {
      setTimeout(arrive, 50, tries - 1);
      return;
    }
    const now = document.activeElement;
    if (now !== focused && now !== document.body) return;
    const main = document.querySelector('[data-testid="stMain"]');
    const target = (samePage && document.querySelector(at)) || document.querySelector("h1");
    if (!main || !target || target.contains(now)) return;
    main.scrollTo({ top: 0, behavior: "instant" });
    if (samePage && target.getBoundingClientRect().top > innerHeight / 2) {
      target.scrollIntoView({ block: "start", behavior: "instant" });
    }
    target.tabIndex = -1;
    target.focus({ preventScroll: true });
  }
})();
