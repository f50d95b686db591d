// The form of a table: what is sent is first kept here under an id of its own, then sent until the server has it.
"use strict";
const told = JSON.parse(document.getElementById("told").textContent);
const say = told.words;
const by = (id) => document.getElementById(id);
const form = by("card");
const SHELF = `workshop.${told.event}`;
const FIELDS = ["title", "quantity", "unit", "company", "place", "business_id", "ewc_code"];
const CHOICES = ["direction", "type", "continuity"];
let shelf = { phone: made(), table: "", company: "", place: "", business_id: "", named: false, returned: [] };
try { shelf = { ...shelf, ...JSON.parse(localStorage.getItem(SHELF) || "{}") }; } catch { /* a private window: kept until it closes */ }
// What waits has a key of its own for each card, so that two windows of one telephone leave each other's alone.
const WAITS = `${SHELF}.waits.`;
const waiting = new Map();
try {
  const found = Object.keys(localStorage).filter((key) => key.startsWith(WAITS)).map((key) => JSON.parse(localStorage.getItem(key)));
  for (const card of found.sort((a, b) => a.turn - b.turn)) waiting.set(card.id, card);
} catch { /* as above */ }
let turn = Math.max(0, ...[...waiting.values()].map((card) => card.turn));
let id = made();
let sending = false, asked = 0;
let ended = false, paused = false, sure = ""; // the amount that its owner has confirmed

function made() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const b = crypto.getRandomValues(new Uint8Array(16)); // a telephone on a local network has no secure context
  b[6] = (b[6] & 15) | 64; b[8] = (b[8] & 63) | 128;
  const hex = [...b].map((one) => one.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}
function keep() { try { localStorage.setItem(SHELF, JSON.stringify(shelf)); } catch { /* as above */ } }
function put(card) {
  turn += 1;
  waiting.set(card.id, { ...card, turn });
  try { localStorage.setItem(WAITS + card.id, JSON.stringify({ ...card, turn })); } catch { /* as above */ }
}
function drop(card) {
  if (waiting.get(card.id) !== card) return; // changed while it was on its way
  waiting.delete(card.id);
  try { localStorage.removeItem(WAITS + card.id); } catch { /* as above */ }
}
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
  const waits = waiting.size;
  by("link").classList.toggle("away", !there || waits > 0);
  by("link-words").textContent = waits ? fill(say.waiting, { count: waits }) : there ? say.connected : say.away;
}
function refused(answer) {
  if (answer.told.error === "workshop_entry.ended") over();
  else { notice(answer.told.sentence); link(true); }
}
// The workshop has ended: thanks, and what it could not take any more.
function over() {
  ended = true; asked += 1;
  const left = [...waiting.values()].filter((card) => card.kind !== "interest").length;
  by("over").textContent = [say.ended, left ? fill(say.unsent, { count: left }) : ""].filter(Boolean).join(" ");
  for (const part of [form, by("done"), by("link"), by("notice")]) part.hidden = true;
  by("over").hidden = false;
}
function notice(words) { by("notice").hidden = !words; by("notice").textContent = words || ""; }

function read() {
  const card = { id, table: by("table").value, named: by("named").checked, at: new Date().toISOString() };
  if (sure && sure === amount()) card.sure = true;
  for (const name of FIELDS) card[name] = by(name).value;
  for (const name of CHOICES) card[name] = form.elements[name].value;
  return card;
}
const amount = () => [id, by("quantity").value, by("unit").value, form.elements.continuity.value].join();
function write(card) {
  for (const name of FIELDS) by(name).value = card[name] || "";
  for (const name of CHOICES) form.elements[name].value = card[name];
  by("named").checked = card.named;
  yearly();
}
function faults(found) {
  for (const place of form.querySelectorAll("[data-of]")) {
    const one = found[place.dataset.of];
    place.hidden = !one;
    place.replaceChildren();
    if (!one) continue;
    place.append(one.sentence);
    const offer = (words, act) => {
      const button = document.createElement("button");
      button.type = "button"; button.textContent = words; button.onclick = act;
      place.append(document.createElement("br"), button);
    };
    if (one.sure) offer(say.amount_right, () => { sure = amount(); form.requestSubmit(); });
    for (const choice of one.choices) offer(choice, () => { by(place.dataset.of).value = choice; place.hidden = true; });
  }
  const first = form.querySelector("[data-of]:not([hidden])");
  if (first) by(first.dataset.of)?.focus();
}

// What was wrong is said until it is being mended.
form.addEventListener("input", ({ target }) => {
  const of = ["unit", "continuity"].includes(target.name || target.id) ? "quantity" : target.id;
  for (const place of form.querySelectorAll(`[data-of="${of}"]`)) { place.hidden = true; place.replaceChildren(); }
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const card = read();
  if (!card.title.trim()) { faults({ title: { sentence: say.title_missing, choices: [] } }); return; }
  faults({});
  put(card);
  shelf.returned = shelf.returned.filter((one) => one.card.id !== card.id);
  Object.assign(shelf, { company: card.company, place: card.place, business_id: card.business_id, named: card.named });
  keep();
  shown(card, say.kept, say.kept_sentence);
  flush();
});

async function flush() {
  if (sending || ended) return;
  sending = true;
  try {
    while (waiting.size) {
      const [card] = waiting.values();
      const answer = await call(card.kind === "interest" ? "/entry/interest" : "/entry/cards", card);
      if (answer.status >= 500 || answer.status === 429) throw new Error("away");
      if (answer.status === 403) { refused(answer); break; }
      notice("");
      drop(card);
      if (card.kind !== "interest") answered(card, answer);
    }
    if (!ended) link(true);
  } catch { link(false); } finally { sending = false; }
}
function answered(card, answer) {
  if (answer.status === 422) {
    shelf.returned.push({ card, faults: answer.told.faults }); keep();
    bring();
  } else if (answer.status !== 200) notice(answer.told.sentence);
  else {
    if (card.id !== id) return; // an earlier one that waited: what is being written now is left alone
    shown(card, answer.told.held ? say.held : say.sent, paused ? say.paused : ""); follow(card.id, ++asked);
  }
}
// What the server has sent back to be mended comes into the form as soon as nobody is writing in it.
function bring() {
  const found = shelf.returned[0];
  if (!found || (found.card.id !== id && !form.hidden && by("title").value.trim())) return;
  asked += 1;
  by("done").hidden = true; form.hidden = false;
  id = found.card.id; write(found.card); kinds(); faults(found.faults);
}
let current = null;
function shown(card, state, sentence = "") {
  current = card;
  form.hidden = true; by("done").hidden = false;
  by("done-state").textContent = state;
  const bare = (card.unit || "").replace("m2", "m²").replace("m3", "m³");
  const unit = bare && card.continuity === "continuous" && !["MW", "m²"].includes(bare) ? `${bare}/a` : bare;
  // Marks that turn the writing round would turn round what stands beside them, too.
  by("done-title").textContent = [card.title, [card.quantity, card.quantity && unit].filter(Boolean).join(" ")].filter(Boolean).join(", ").replace(/[\u202a-\u202e\u2066-\u2069]/g, "");
  by("done-sentence").textContent = sentence;
  by("done").firstElementChild.classList.toggle("held", state !== say.sent);
  partners([]);
  window.scrollTo(0, 0);
}
async function follow(card, number) {
  for (let turn = 0; turn < 60 && number === asked; turn += 1) {
    await new Promise((go) => setTimeout(go, turn ? 1000 : 200));
    let answer;
    // The server puts its answer off until the partners are there: who asks again and again keeps it from its work.
    try { answer = await call(`/entry/cards/${card}?wait=8`); } catch { link(false); continue; }
    if (number !== asked || answer.status !== 200 || !answer.told.worked) continue;
    settled(answer.told);
    return;
  }
}
function settled(state) {
  by("done").firstElementChild.classList.toggle("held", Boolean(state.held));
  by("done-state").textContent = state.held ? say.held : state.status === "shown" ? say.on_wall : say.taken_down;
  by("done-sentence").textContent = state.held || state.sentence;
  if (!state.held) partners(state.partners);
}
let listed = "";
const pressed = new Map(); // what this telephone's owner thinks of a match
function partners(found) {
  listed = found.map((one) => one.match).join();
  by("partners-help").hidden = !found.length;
  by("partners").replaceChildren(...found.map((one) => {
    const card = by("partner").content.cloneNode(true).firstElementChild;
    card.classList.toggle("cross", one.cross);
    card.querySelector("h2 > b").textContent = one.name;
    const far = document.createElement("b"); far.textContent = one.km;
    card.querySelector(".far").append(far, one.cost ? ` · ${one.cost}` : "");
    card.querySelector(".where").textContent = one.place;
    card.querySelector(".what").textContent = one.what;
    card.querySelector(".fit").textContent = fill(say.fit, { percent: Math.round(one.score * 100) });
    card.querySelector(".bar i").style.width = `${Math.round(one.score * 100)}%`;
    const [yes, no] = card.querySelectorAll("button");
    const mark = (liked) => {
      yes.setAttribute("aria-pressed", liked); no.setAttribute("aria-pressed", !liked);
      card.querySelector(".pressed").textContent = liked ? say.interest_yes : say.interest_no;
      card.querySelector(".pressed").hidden = false;
    };
    if (pressed.has(one.match)) mark(pressed.get(one.match));
    const press = (liked) => () => {
      mark(liked); pressed.set(one.match, liked);
      put({ kind: "interest", id: made(), table: by("table").value, match: one.match, yes: liked });
      flush();
    };
    yes.onclick = press(true); no.onclick = press(false);
    return card;
  }));
}

by("next").onclick = () => { id = made(); asked += 1; for (const name of ["title", "quantity", "ewc_code"]) by(name).value = ""; codes([]); faults({}); open_form(); bring(); };
by("change").onclick = () => { if (current) { id = current.id; asked += 1; write(current); kinds(); open_form(); } };
function open_form() { by("done").hidden = true; form.hidden = false; by("title").focus(); sign(); }

function named() { by("table-name").textContent = fill(say.table, { number: by("table").value }); }
by("table").onchange = () => { shelf.table = by("table").value; keep(); named(); sign(); };
async function offered(of, like) {
  try { return (await call(`/entry/sign?of=${of}&like=${encodeURIComponent(like)}`)).told.words || []; } catch { return []; } // they wait for better times
}
function options(list, words) {
  by(list).replaceChildren(...words.map((word) => { const one = document.createElement("option"); one.value = word.value; one.label = word.note || word.value; return one; }));
}
const typing = {};
function typed(name, least, act) {
  by(name).addEventListener("input", () => {
    clearTimeout(typing[name]);
    typing[name] = setTimeout(() => { const like = by(name).value.trim(); if (like.length >= least) act(like); }, 250);
  });
}
typed("title", 2, async (like) => { options("materials", await offered("material", like)); if (!by("waste").hidden) codes(await offered("waste", like)); });
typed("company", 1, async (like) => options("companies", await offered("company", like)));
typed("ewc_code", 2, async (like) => options("codes", await offered("waste", like)));
function codes(found) {
  by("code-choices").replaceChildren(...found.map((word) => {
    const button = document.createElement("button"), code = document.createElement("b");
    button.type = "button"; code.textContent = word.value; button.append(code, ` ${word.note}`);
    button.onclick = () => { by("ewc_code").value = word.value; codes([]); };
    return button;
  }));
}
async function kinds() {
  by("waste").hidden = form.elements.type.value !== "waste";
  if (by("waste").hidden) by("ewc_code").value = "";
  else if (by("title").value.trim() && !by("ewc_code").value) codes(await offered("waste", by("title").value.trim()));
}
// Who allowed the name of one company has not allowed that of the next.
by("company").addEventListener("input", () => { by("named").checked = false; });
function yearly() { by("quantity-label").textContent = form.elements.continuity.value === "continuous" ? say.quantity_yearly : say.quantity; }
for (const one of form.querySelectorAll("input[name=continuity]")) one.addEventListener("change", yearly);
for (const one of form.querySelectorAll("input[name=type]")) one.addEventListener("change", kinds);
async function sign() {
  if (ended) return;
  try {
    const answer = await call(`/entry/sign?table=${by("table").value}&phone=${shelf.phone}`);
    if (answer.status === 403) { refused(answer); return; }
    if (answer.status !== 200) { link(false); return; }
    by("so-far").textContent = answer.told.told;
    paused = answer.told.status === "paused";
    notice(paused ? say.paused : "");
    link(true);
    await later();
  } catch { link(false); }
}

// Other tables go on entering: what answers this card later comes to it as well.
async function later() {
  if (!current || by("done").hidden || waiting.size) return;
  const card = current.id;
  const answer = await call(`/entry/cards/${card}`);
  if (answer.status !== 200 || !answer.told.worked || !current || current.id !== card || by("done").hidden) return;
  if (answer.told.partners.map((one) => one.match).join() !== listed) settled(answer.told);
}

const address = new URLSearchParams(location.search);
const seat = address.get("table") || shelf.table;
if ([...by("table").options].some((one) => one.value === seat)) by("table").value = seat;
keep();
for (const name of ["company", "place", "business_id"]) by(name).value = shelf[name];
by("named").checked = shelf.named;
named();
yearly();
sign();
flush();
bring();
setInterval(() => { if (waiting.size) flush(); }, 3000);
setInterval(sign, 20000);
addEventListener("online", () => { sign(); flush(); }); addEventListener("offline", () => link(false));
// Only over HTTPS and on localhost: elsewhere what is entered is kept all the same, but the page itself is not.
if (navigator.serviceWorker) navigator.serviceWorker.register("/entry/keeper.js", { scope: "/entry" }).catch(() => { /* a private window */ });
