// A case: an answer changes the ruling at once; the reasons follow.
const parse = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html");
const send = (form, data, part) => fetch(form.action, { method: "POST", body: new URLSearchParams(data), headers: { "x-part": part } });

// Put regions of another answer in the place of ours, and say once what is new.
function take(page, ...selectors) {
  const { say, version } = page.querySelector("#answer")?.dataset ?? {};
  for (const selector of selectors) {
    const fresh = page.querySelector(selector), old = document.querySelector(selector);
    if (!fresh || !old) continue;
    const at = old.contains(document.activeElement) ? document.activeElement : null;
    old.replaceWith(fresh);
    // Whoever was in this region stays there: at the same control, else at the heading above what comes next.
    if (at) (fresh.querySelector(`[name="${CSS.escape(at.name ?? "")}"]`) ?? fresh.querySelector("#missing-title, #because-title"))?.focus();
  }
  if (say) window.lagrum.say(say);
  for (const seen of document.querySelectorAll("input[name=seen]")) seen.value = version ?? seen.value;
  watch();
}

// What is wrong: the page that says so, with its errors in focus.
function refuse(page) {
  document.title = page.title;
  document.querySelector("#main").replaceWith(page.querySelector("#main"));
  document.getElementById("problems")?.focus();
  watch();
}

// The reasons, where they take longer than a page waits.
async function later(box) {
  const answer = await fetch(box.dataset.later);
  if (!box.isConnected) return;
  take(await parse(answer), "#answer", "#reasons");
}

async function ask(form, button) {
  const data = new FormData(form, button);
  const region = document.querySelector("#reasons");
  region.setAttribute("aria-busy", "true");
  const answer = await send(form, data, "#reasons");
  const page = await parse(answer);
  if (answer.ok) take(page, "#answer", "#reasons"); else refuse(page);
}

// One row of the facts: it alone is sent, after those before it, as it then stands.
let turn = Promise.resolve();
const inTurn = (form, box) => { turn = turn.then(() => (box.isConnected ? row(form, box) : null)); };

async function row(form, box) {
  const data = new FormData();
  for (const name of ["token", "seen"]) data.set(name, form.elements[name].value);
  for (const field of box.querySelectorAll("input, select")) {
    if (field.type !== "checkbox" || field.checked) data.append(field.name, field.value);
  }
  document.querySelector("#answer").setAttribute("aria-busy", "true");
  const answer = await send(form, data, "#answer");
  const page = await parse(answer);
  if (!answer.ok) { refuse(page); return; }
  const was = page.querySelector("[data-was]");
  if (was) box.querySelector("input[name$='.was']").value = was.dataset.was;
  for (const other of form.querySelectorAll(".changed")) { other.classList.remove("changed"); other.querySelector(".mark")?.remove(); }
  box.classList.add("changed");
  const mark = page.querySelector(".mark");
  if (mark) box.querySelector("p").append(" ", mark);
  take(page, "#answer");
}

async function filter(form) {
  const address = new URL(form.action);
  address.search = new URLSearchParams(new FormData(form));
  const page = await parse(await fetch(address));
  history.replaceState(null, "", address);
  const fresh = page.querySelector(form.dataset.filter);
  document.querySelector(form.dataset.filter).replaceWith(fresh);
  window.lagrum.say(fresh.querySelector("p").textContent);
  watch();
}

function once(node, event, act) {
  const key = `on${event}Watched`;
  if (node.dataset[key]) return;
  node.dataset[key] = "1";
  node.addEventListener(event, act);
}

function watch() {
  for (const form of document.querySelectorAll("form[data-change]")) {
    once(form, "submit", (event) => { event.preventDefault(); ask(form, event.submitter); });
  }
  for (const form of document.querySelectorAll("form[data-rows]")) {
    once(form, "change", (event) => { const box = event.target.closest("[data-row]"); if (box) inTurn(form, box); });
    form.querySelector("[data-live-button]")?.setAttribute("hidden", "");
  }
  for (const form of document.querySelectorAll("form[data-filter]")) {
    once(form, "change", () => filter(form));
    once(form, "submit", (event) => { event.preventDefault(); filter(form); });
  }
  for (const box of document.querySelectorAll("[data-later]")) {
    if (!box.dataset.asked) { box.dataset.asked = "1"; later(box); }
  }
}

watch();
