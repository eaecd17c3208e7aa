// A part of the page that changes by itself: asked for again every few seconds, put in its place.
// When the page no longer has that part, the work has ended and the whole page is shown anew.
const part = document.querySelector("[data-ask-again]");

async function askAgain() {
  try {
    const answer = await fetch(window.location.href, { credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-ask-again]");
    if (!fresh) {
      window.location.reload();
      return;
    }
    for (const place of part.querySelectorAll("[data-fresh]")) {
      const now = fresh.querySelector(`[data-fresh="${place.dataset.fresh}"]`);
      if (now && now.textContent !== place.textContent) place.textContent = now.textContent;
    }
    part.querySelector("progress").value = fresh.querySelector("progress").value;
  } catch {
    // No answer this time; the next may come.
  }
  window.setTimeout(askAgain, part.dataset.askAgain * 1000);
}

if (part) window.setTimeout(askAgain, part.dataset.askAgain * 1000);
