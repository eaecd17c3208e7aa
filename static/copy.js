// A button beside words copies them. Without a clipboard there is no button: they can be selected.
for (const button of document.querySelectorAll("[data-copies]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const words = document.getElementById(button.dataset.copies).innerText.trim();
    const status = button.parentElement.querySelector("[role=status]");
    try {
      await navigator.clipboard.writeText(words);
      status.textContent = "Copied.";
    } catch {
      status.textContent = "Your browser does not let us copy. Select the words instead.";
    }
  });
}
