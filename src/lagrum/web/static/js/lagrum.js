// What every page gets from script: shorter ways to what works without it.
const say = (words) => { const box = document.getElementById("status"); if (box) box.textContent = words; };

// A menu that is closed on phones only.
const menu = document.querySelector("details.menu");
if (menu) {
  const wide = matchMedia("(min-width: 900px)");
  const set = () => { menu.open = wide.matches; };
  wide.addEventListener("change", set);
  set();
}

// Errors take the focus, as a person who sent the form expects.
document.getElementById("problems")?.focus();

// Each field that an error speaks of is described by it.
for (const link of document.querySelectorAll('#problems a[href^="#"]')) {
  const field = document.getElementById(link.getAttribute("href").slice(1));
  if (field && !field.getAttribute("aria-describedby")?.includes("error")) {
    link.id = `${field.id}-problem`;
    field.setAttribute("aria-describedby", `${link.id} ${field.getAttribute("aria-describedby") ?? ""}`.trim());
  }
  if (field?.matches("input, select, textarea")) field.setAttribute("aria-invalid", "true");
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    say(button.dataset.copied ?? "");
  });
}

// Forms that are sent when something in them changes; their button is for those without script.
for (const form of document.querySelectorAll("form[data-live]")) {
  form.querySelector("[data-live-button]")?.setAttribute("hidden", "");
  form.addEventListener("change", () => form.requestSubmit());
}

// Long work: the page shows how far it is, and loads itself anew when it is done.
for (const box of document.querySelectorAll("[data-job], [data-events]")) {
  const words = box.querySelector("[data-progress]");
  const events = new EventSource(box.dataset.events ?? `/jobs/${box.dataset.job}/events`);
  events.addEventListener("progress", (event) => { words.textContent = JSON.parse(event.data).words; });
  events.addEventListener("end", () => { events.close(); location.reload(); });
}

// A session that is about to end says so two minutes before.
const session = document.getElementById("session");
if (session) {
  const wait = new Date(session.dataset.ends) - Date.now() - 120000;
  setTimeout(() => { session.hidden = false; say(session.textContent.trim()); }, Math.max(0, wait));
}

// Swap one region of the page with that of another answer, and say once what changed.
async function swap(selector, address, options = {}) {
  const box = document.querySelector(selector);
  box.setAttribute("aria-busy", "true");
  const answer = await fetch(address, { headers: { "x-part": selector }, ...options });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector(selector);
  if (fresh) box.replaceWith(fresh);
  const said = page.querySelector("[data-say]");
  if (said) say(said.dataset.say);
  return page;
}

window.lagrum = { say, swap };
