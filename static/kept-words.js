// A feedback form keeps what was filled in on this device until it has been sent. What it is kept
// under is a hash that opens nothing. Nothing leaves the device; after a week it is gone.
const PREFIX = "feedback-";
const SENT = `${PREFIX}sent`;
const WEEK = 7 * 24 * 60 * 60 * 1000;

function withStorage(act) {
  try {
    return act();
  } catch {
    return null; // A browser that keeps nothing: the form works as it is.
  }
}

function read(key) {
  return withStorage(() => {
    const found = JSON.parse(window.localStorage.getItem(key));
    return found && Date.now() - found.at < WEEK ? found.answers : null;
  });
}

function forget(key) {
  withStorage(() => window.localStorage.removeItem(key));
}

withStorage(() => {
  for (const key of Object.keys(window.localStorage)) {
    if (key.startsWith(PREFIX) && !read(key)) forget(key);
  }
});

const place = document.querySelector("[data-kept]");
const form = place && place.querySelector("form");
if (form) {
  const key = PREFIX + place.dataset.kept;
  const fields = [...form.elements].filter(
    (field) => field.name && (field.type === "radio" || field.tagName === "TEXTAREA"),
  );
  const note = place.querySelector("[data-kept-note]");

  const keep = () => {
    const answers = {};
    for (const field of fields) {
      if (field.type !== "radio") answers[field.name] = field.value;
      else if (field.checked) answers[field.name] = field.value;
    }
    withStorage(() => window.localStorage.setItem(key, JSON.stringify({ at: Date.now(), answers })));
  };

  // A form that came back with something to look at shows what was sent: that is newer.
  const answers = place.hasAttribute("data-kept-fresh") ? read(key) : null;
  if (answers) {
    for (const field of fields) {
      if (!(field.name in answers)) continue;
      if (field.type === "radio") field.checked = field.value === answers[field.name];
      else field.value = answers[field.name];
    }
    note.hidden = false;
  }
  note.querySelector("button").addEventListener("click", () => {
    forget(key);
    form.reset();
    note.hidden = true;
  });
  form.addEventListener("input", keep);
  form.addEventListener("submit", () => {
    withStorage(() => window.sessionStorage.setItem(SENT, key));
  });
}

// The page that says thank you: what was sent is kept no longer.
if (document.querySelector("[data-kept-sent]")) {
  withStorage(() => {
    forget(window.sessionStorage.getItem(SENT));
    window.sessionStorage.removeItem(SENT);
  });
}
