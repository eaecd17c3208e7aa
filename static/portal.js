import { initAll } from "./wagtailnhsukfrontend/js/nhsuk-frontend-10.4.2.min.js";

initAll();

// Escape closes the header's menu. Whoever was in it goes back to the button that opened it.
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && document.activeElement.closest(".nhsuk-header__menu-list")) {
    document.getElementById("toggle-menu").focus();
  }
}, true);
