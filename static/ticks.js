// The tick-list keeps what was ticked on this phone until it has reached us: numbers of places and
// yes or no, never a name. The page that says "saved" forgets them; so does a day.
const DAY = 24 * 60 * 60 * 1000;
const keyOf = (session) => `ticks-${session}`;

function kept(session) {
  try {
    const found = JSON.parse(window.localStorage.getItem(keyOf(session)));
    return found && Date.now() - found.at < DAY ? found.ticks : {};
  } catch {
    return {};
  }
}

function keep(session, ticks) {
  try {
    window.localStorage.setItem(keyOf(session), JSON.stringify({ at: Date.now(), ticks }));
  } catch {
    // A browser that keeps nothing: the form works as it is.
  }
}

const saved = document.querySelector("[data-ticks-saved]");
if (saved) {
  try {
    window.localStorage.removeItem(keyOf(saved.dataset.ticksSaved));
  } catch {
    // Nothing was kept.
  }
  window.history.replaceState(null, "", window.location.pathname);
}

const list = document.querySelector("[data-ticks]");
const form = list && list.querySelector("form");
if (form) {
  const session = list.dataset.ticks;
  const ticks = kept(session);
  let restored = 0;
  for (const [name, value] of Object.entries(ticks)) {
    const box = form.querySelector(`input[type="radio"][name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]`);
    if (box && !box.checked) {
      box.checked = true;
      restored += 1;
    }
  }
  list.querySelector("[data-ticks-kept]").hidden = restored === 0;

  form.addEventListener("change", (event) => {
    if (event.target.type !== "radio") return;
    ticks[event.target.name] = event.target.value;
    keep(session, ticks);
  });

  const offline = list.querySelector("[data-ticks-offline]");
  form.addEventListener("submit", (event) => {
    offline.hidden = navigator.onLine;
    if (navigator.onLine) return;
    event.preventDefault();
    offline.scrollIntoView();
  });
}
