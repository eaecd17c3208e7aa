// A visit can be dragged to another day of the calendar. It goes to the same page as "Move" does,
// where nothing happens before somebody has seen who is told.
const MOVES = "text/x-visit";

for (const visit of document.querySelectorAll("[data-move]")) {
  visit.addEventListener("dragstart", (event) => {
    event.dataTransfer.setData(MOVES, visit.dataset.move);
    event.dataTransfer.effectAllowed = "move";
  });
}

for (const day of document.querySelectorAll("[data-day]")) {
  day.addEventListener("dragover", (event) => {
    if (!event.dataTransfer.types.includes(MOVES)) return;
    event.preventDefault();
    day.classList.add("app-month__day--over");
  });
  day.addEventListener("dragleave", () => day.classList.remove("app-month__day--over"));
  day.addEventListener("drop", (event) => {
    const move = event.dataTransfer.getData(MOVES);
    if (!move || day.contains(document.querySelector(`[data-move="${CSS.escape(move)}"]`))) return;
    event.preventDefault();
    window.location.assign(`${move}?to=${day.dataset.day}`);
  });
}
