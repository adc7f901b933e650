// What a page gets wrong, as sentences: the checks of the design page that axe does not make.
(wanted) => {
  const wrong = [];
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const shown = (each) => each.checkVisibility({ visibilityProperty: true });
  const told = (each) => each.outerHTML.replace(/\s+/g, " ").slice(0, 140);
  const no = (selector, why) => { for (const each of all(selector)) wrong.push(`${why}: ${told(each)}`); };

  if (document.documentElement.lang !== wanted.lang) wrong.push(`lang is ${document.documentElement.lang}`);
  if (all("h1").filter(shown).length !== 1) wrong.push(`${all("h1").length} h1`);
  let level = 1; // what is wrong with a form stands above the title
  for (const each of all("h1, h2, h3, h4, h5, h6").filter(shown)) {
    const next = Number(each.tagName[1]);
    if (next > level + 1) wrong.push(`a heading leaves out a level: ${told(each)}`);
    if (!each.textContent.trim()) wrong.push("an empty heading");
    level = next;
  }

  for (const each of all("table")) {
    if (!each.caption?.textContent.trim()) wrong.push(`no caption: ${told(each)}`);
    for (const th of all("th", each)) if (!th.scope) wrong.push(`no scope: ${told(th)}`);
  }
  for (const each of all(".scroll")) {
    const named = each.getAttribute("role") === "region" && each.tabIndex === 0;
    if (!named || !(each.ariaLabel || each.hasAttribute("aria-labelledby"))) wrong.push(`a nameless scroll: ${told(each)}`);
  }

  for (const each of all("svg[role=img]")) {
    const labels = (each.getAttribute("aria-labelledby") ?? "").split(/\s+/).filter(Boolean);
    const name = each.ariaLabel ?? (labels.length
      ? labels.map((id) => document.getElementById(id)?.textContent ?? "").join(" ")
      : each.querySelector(":scope > title")?.textContent ?? "");
    if (name.trim().length < 20) wrong.push(`a picture is called "${name}"`);
    if (!all("main table, main .twin").filter((twin) => twin.textContent.trim()).length) wrong.push(`no table twin: ${name}`);
  }
  no("canvas", "a canvas");
  no("input[type=range], [draggable=true]", "wants to be dragged");
  no("svg :is(path, rect, circle, line, g, text)[aria-label]:not([role])", "a label on a shape");
  no("[style]:not(svg [style])", "a style of its own");
  no("[autofocus]", "takes the focus");
  no("meta[http-equiv=refresh]", "loads itself anew");

  const signs = new Map();
  for (const tag of all(".tag")) {
    const ruling = [...tag.classList].find((name) => name.startsWith("ruling-"))?.slice(7);
    const sign = tag.querySelector("svg.sign")?.innerHTML.replace(/\s+/g, " ");
    const word = tag.textContent.replace("?", "").trim();
    if (!sign) wrong.push(`no sign: ${told(tag)}`);
    if (word.toLowerCase() !== wanted.rulings[ruling]) wrong.push(`"${word}" for ${ruling}`);
    if ((signs.get(ruling) ?? sign) !== sign) wrong.push(`two signs for ${ruling}`);
    signs.set(ruling, sign);
  }
  if (new Set(signs.values()).size !== signs.size) wrong.push("two rulings with one sign");

  const ids = all("[id]").map((each) => each.id);
  for (const id of ids.filter((each, i) => ids.indexOf(each) !== i)) wrong.push(`two of id ${id}`);
  for (const name of ["aria-describedby", "aria-labelledby", "for"]) {
    for (const each of all(`[${name}]`)) {
      for (const id of each.getAttribute(name).split(/\s+/)) if (!document.getElementById(id)) wrong.push(`${name}=${id} leads nowhere`);
    }
  }
  for (const each of all('a[href^="#"]')) {
    const to = each.getAttribute("href").slice(1);
    if (!document.getElementById(to)) wrong.push(`#${to} leads nowhere`);
  }
  for (const each of all("input:not([type=hidden], [type=radio], [type=checkbox]), select, textarea, button, .button").filter(shown)) {
    const { width, height } = each.getBoundingClientRect();
    if (height < (each.matches("button, .button") ? 24 : 43.5)) wrong.push(`${Math.round(width)} × ${Math.round(height)} is small: ${told(each)}`);
  }

  const help = all("footer.site a").findIndex((each) => new URL(each.href).pathname === "/help");
  const after = help < 0 ? null : all("footer.site a").slice(help + 1).length;
  if (help < 0) wrong.push("no link to the help");
  else if (after < 3) wrong.push("the help link is not before the languages");

  const wide = () => document.documentElement.scrollWidth > document.documentElement.clientWidth + 1;
  const culprits = () => all("main *").filter((each) => !each.closest(".scroll, svg, .hidden") && shown(each) &&
    each.getBoundingClientRect().right > document.documentElement.clientWidth + 1).slice(0, 2).map(told).join(" | ");
  if (wide()) wrong.push(`scrolls sideways: ${culprits()}`);
  const spaced = new CSSStyleSheet();
  spaced.replaceSync("* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; } p { margin-bottom: 2em !important; }");
  document.adoptedStyleSheets.push(spaced);
  if (wide()) wrong.push(`scrolls sideways when text is spaced: ${culprits()}`);
  for (const each of all("main *, header *, footer *")) {
    if (!shown(each) || each.closest(".hidden, svg, .scroll, textarea") || ["INPUT", "SELECT", "OPTION"].includes(each.tagName)) continue;
    const { overflowX, overflowY } = getComputedStyle(each);
    if ((overflowX === "hidden" && each.scrollWidth > each.clientWidth + 1) || (overflowY === "hidden" && each.scrollHeight > each.clientHeight + 1))
      wrong.push(`cut off when text is spaced: ${told(each)}`);
  }
  document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== spaced);
  return [...new Set(wrong)];
}
