// The form of a table: what is sent is first kept here under an id of its own, then sent until the server has it.
"use strict";
const told = JSON.parse(document.getElementById("told").textContent);
const say = told.words;
const by = (id) => document.getElementById(id);
const form = by("card");
const SHELF = `workshop.${told.event}`;
const FIELDS = ["title", "quantity", "unit", "company", "place", "business_id"];
const CHOICES = ["direction", "type", "continuity"];
let shelf = { table: "", company: "", place: "", business_id: "", named: false, waiting: [], last: null };
try { shelf = { ...shelf, ...JSON.parse(localStorage.getItem(SHELF) || "{}") }; } catch { /* a private window: kept until it closes */ }
let id = made();
let sending = false;
let asked = 0;

function made() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const b = crypto.getRandomValues(new Uint8Array(16)); // a telephone on a local network has no secure context
  b[6] = (b[6] & 15) | 64; b[8] = (b[8] & 63) | 128;
  const hex = [...b].map((one) => one.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}
function keep() { try { localStorage.setItem(SHELF, JSON.stringify(shelf)); } catch { /* as above */ } }
function fill(pattern, values) { return pattern.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? ""); }

async function call(path, body) {
  const options = { headers: { "X-Join-Code": told.code, "Content-Type": "application/json" }, cache: "no-store" };
  if (body) { options.method = "POST"; options.body = JSON.stringify(body); }
  const away = new AbortController();
  const late = setTimeout(() => away.abort(), 10000);
  try {
    const answer = await fetch(`${path}${path.includes("?") ? "&" : "?"}lang=${told.language}`, { ...options, signal: away.signal });
    return { status: answer.status, told: await answer.json().catch(() => ({})) };
  } finally { clearTimeout(late); }
}

function link(there) {
  const waits = shelf.waiting.length;
  by("link").classList.toggle("away", !there || waits > 0);
  by("link-words").textContent = waits ? fill(say.waiting, { count: waits }) : there ? say.connected : say.away;
}
function notice(words) { by("notice").hidden = !words; by("notice").textContent = words || ""; }

function read() {
  const card = { id, table: by("table").value, named: by("named").checked, at: new Date().toISOString() };
  for (const name of FIELDS) card[name] = by(name).value;
  for (const name of CHOICES) card[name] = form.elements[name].value;
  return card;
}
function write(card) {
  for (const name of FIELDS) by(name).value = card[name] || "";
  for (const name of CHOICES) form.elements[name].value = card[name];
  by("named").checked = card.named;
}
function faults(found) {
  for (const place of form.querySelectorAll("[data-of]")) {
    const one = found[place.dataset.of];
    place.hidden = !one;
    place.replaceChildren();
    if (!one) continue;
    place.append(one.sentence);
    for (const choice of one.choices) {
      const button = document.createElement("button");
      button.type = "button"; button.textContent = choice;
      button.onclick = () => { by(place.dataset.of).value = choice; place.hidden = true; };
      place.append(document.createElement("br"), button);
    }
  }
  const first = form.querySelector("[data-of]:not([hidden])");
  if (first) by(first.dataset.of)?.focus();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const card = read();
  if (!card.title.trim()) { faults({ title: { sentence: say.title_missing, choices: [] } }); return; }
  faults({});
  shelf.waiting = [...shelf.waiting.filter((one) => one.id !== card.id), card];
  Object.assign(shelf, { company: card.company, place: card.place, business_id: card.business_id, named: card.named });
  keep();
  shown(card, say.kept);
  flush();
});

async function flush() {
  if (sending) return;
  sending = true;
  try {
    while (shelf.waiting.length) {
      const card = shelf.waiting[0];
      const answer = await call(card.kind === "interest" ? "/entry/interest" : "/entry/cards", card);
      if (answer.status >= 500 || answer.status === 429) throw new Error("away");
      if (answer.status === 403) { notice(answer.told.sentence); break; }
      notice("");
      shelf.waiting = shelf.waiting.filter((one) => one !== card);
      keep();
      if (card.kind !== "interest") answered(card, answer);
    }
    link(true);
  } catch { link(false); } finally { sending = false; }
}
function answered(card, answer) {
  if (answer.status === 422) {
    by("done").hidden = true; form.hidden = false;
    id = card.id; write(card); faults(answer.told.faults);
  } else if (answer.status !== 200) notice(answer.told.sentence);
  else { shelf.last = card; keep(); shown(card, answer.told.held ? say.held : say.sent); follow(card.id, ++asked); }
}
function shown(card, state) {
  form.hidden = true; by("done").hidden = false;
  by("done-state").textContent = state;
  by("done-title").textContent = [card.title, [card.quantity, card.unit].filter(Boolean).join(" ")].filter(Boolean).join(", ");
  by("done-sentence").textContent = "";
  by("partners").replaceChildren();
  window.scrollTo(0, 0);
}
async function follow(card, number) {
  for (let turn = 0; turn < 40 && number === asked; turn += 1) {
    await new Promise((go) => setTimeout(go, turn < 6 ? 600 : 2500));
    let answer;
    try { answer = await call(`/entry/cards/${card}`); } catch { link(false); continue; }
    if (number !== asked || answer.status !== 200 || !answer.told.worked) continue;
    const state = answer.told;
    if (state.held) { by("done-state").textContent = say.held; by("done-sentence").textContent = state.held; return; }
    by("done-state").textContent = state.status === "shown" ? say.on_wall : say.taken_down;
    by("done-sentence").textContent = state.sentence;
    if (state.partners.length || turn > 4) { partners(state.partners); return; }
  }
}
function partners(found) {
  by("partners").replaceChildren(...found.map((one) => {
    const card = by("partner").content.cloneNode(true).firstElementChild;
    card.classList.toggle("cross", one.cross);
    card.querySelector("h2 > b").textContent = one.name;
    const far = document.createElement("b"); far.textContent = one.km;
    card.querySelector(".far").append(far, one.cost ? ` · ${one.cost}` : "");
    card.querySelector(".where").textContent = one.place;
    card.querySelector(".what").textContent = one.what;
    card.querySelector(".bar").setAttribute("aria-label", fill(say.fit, { percent: Math.round(one.score * 100) }));
    card.querySelector(".bar i").style.width = `${Math.round(one.score * 100)}%`;
    const [yes, no] = card.querySelectorAll("button");
    const press = (liked) => () => {
      yes.setAttribute("aria-pressed", liked); no.setAttribute("aria-pressed", !liked);
      shelf.waiting.push({ kind: "interest", id: made(), table: by("table").value, match: one.match, yes: liked });
      keep(); flush();
    };
    yes.onclick = press(true); no.onclick = press(false);
    return card;
  }));
}

by("next").onclick = () => { id = made(); asked += 1; by("title").value = ""; by("quantity").value = ""; faults({}); open_form(); };
by("change").onclick = () => { if (shelf.last) { id = shelf.last.id; asked += 1; write(shelf.last); open_form(); } };
function open_form() { by("done").hidden = true; form.hidden = false; by("title").focus(); sign(); }

function named() { by("table-name").textContent = fill(say.table, { number: by("table").value }); }
by("table").onchange = () => { shelf.table = by("table").value; keep(); named(); sign(); };
let typing = 0;
by("title").addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(async () => {
    const like = by("title").value.trim();
    if (like.length < 2) return;
    try {
      const answer = await call(`/entry/sign?like=${encodeURIComponent(like)}`);
      by("materials").replaceChildren(...(answer.told.words || []).map((word) => { const one = document.createElement("option"); one.value = word; return one; }));
    } catch { /* suggestions wait for better times */ }
  }, 250);
});
async function sign() {
  try {
    const answer = await call(`/entry/sign?table=${by("table").value}`);
    if (answer.status === 403) { notice(answer.told.sentence); link(true); return; }
    if (answer.status !== 200) { link(false); return; }
    by("so-far").textContent = answer.told.told;
    notice(answer.told.status === "paused" ? say.paused : "");
    link(true);
  } catch { link(false); }
}

const address = new URLSearchParams(location.search);
if (!address.get("table") && shelf.table) by("table").value = shelf.table;
for (const name of ["company", "place", "business_id"]) by(name).value = shelf[name];
by("named").checked = shelf.named;
named();
sign();
flush();
setInterval(() => { if (shelf.waiting.length) flush(); }, 3000);
setInterval(sign, 20000);
addEventListener("online", flush);
