// A finding as a quote: its sentences, what such a case gets, and the source.
const source = document.querySelector("[data-source]");
for (const button of document.querySelectorAll("[data-quote]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const way = button.closest(".way");
    const said = [".quote", ".quote + p > span"].map((each) => way.querySelector(each).textContent.trim());
    await navigator.clipboard.writeText(`“${said.join(" ")}” ${source.dataset.source}`);
    window.lagrum.say(source.dataset.copied);
  });
}
