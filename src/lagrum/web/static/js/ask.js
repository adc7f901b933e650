// One question: what cannot both be so unticks the other, and a page from the past is loaded anew.
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

const form = document.querySelector("form.ask");
form?.addEventListener("change", ({ target }) => {
  if (target.type !== "checkbox" || !target.checked) return;
  const alone = (box) => box.value === "none" || box.value === "unknown";
  for (const box of form.querySelectorAll("input[type=checkbox]")) {
    if (box !== target && (alone(target) || alone(box))) box.checked = false;
  }
});
form?.addEventListener("input", ({ target }) => {
  if (target.name?.endsWith(".exact") && target.value) for (const box of form.querySelectorAll("input[type=radio]")) box.checked = false;
  if (target.type === "radio") for (const box of form.querySelectorAll("input[name$='.exact']")) box.value = "";
});
