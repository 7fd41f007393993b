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
  whenDrawn(100, showCurrent);
  if (first) {
    document.addEventListener("click", skipToHeading, true);
    watch(document.body, { childList: true });
  }
  if (first || (samePage && !otherPart)) return;
  const focused = document.activeElement;
  whenDrawn(100, arrive);

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

  // Where the rail is one line that scrolls, the current page is in view.
  function showCurrent() {
    nameTheRail();
    const rail = document.querySelector(".st-key-rail");
    const current = rail && rail.querySelector('[aria-current="page"]');
    if (!current) return;
    const off = current.getBoundingClientRect().left - rail.getBoundingClientRect().left;
    rail.scrollLeft += off - (rail.clientWidth - current.offsetWidth) / 2;
  }

  // Streamlit's own link goes to a place before the bar.
  function skipToHeading(event) {
    const heading = document.querySelector("h1");
    if (!heading || !event.target.closest('[data-testid="stSkipToContent"]')) return;
    event.preventDefault();
    event.stopPropagation();
    heading.tabIndex = -1;
    heading.focus();
  }

  // Streamlit asks after itself when the server is away; say what it means, and what to do.
  function watch(target, what) {
    new MutationObserver(sayWhatIsLost).observe(target, what);
  }

  function sayWhatIsLost() {
    const dialog = document.querySelector('body > [data-testid="stDialog"] [role="dialog"]');
    const heading = dialog && dialog.querySelector("h2");
    const words = heading && heading.nextElementSibling;
    if (!words || heading.textContent !== "Connection error") return;
    heading.textContent = "Best Fit has stopped, or the connection is lost";
    words.textContent = "Your saved work is safe. Start Best Fit again, then reload this page.";
  }

  // What was drawn for the place before is there until the script on the server has ended.
  function whenDrawn(tries, act) {
    const app = document.querySelector('[data-testid="stApp"]');
    const links = [...document.querySelectorAll(".st-key-rail a")];
    const rail = !document.querySelector(".st-key-rail") || links.length;
    const drawn = app && app.dataset.testScriptState === "notRunning"
      && rail && links.every(link => link.textContent);
    if (tries === 0 || drawn) act();
    else setTimeout(whenDrawn, 50, tries - 1, act);
  }

  function arrive() {
    const now = document.activeElement;
    if (now !== focused && now !== document.body) return;
    const main = document.querySelector('[data-testid="stMain"]');
    const target = (samePage && document.querySelector(at)) || document.querySelector("h1");
    if (!main || !target || target.contains(now)) return;
    main.scrollTo({ top: 0, behavior: "instant" });
    if (samePage && target.getBoundingClientRect().top > innerHeight / 2) {
      target.scrollIntoView({ block: "start", behavior: "instant" });
    }
    const head = target.querySelector("h2") || target;
    head.tabIndex = -1;
    head.focus({ preventScroll: true });
  }
})();
