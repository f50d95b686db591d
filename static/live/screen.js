// The screen: draws the newest frame whenever one comes, keeps the last while the server is away, and catches up by itself.
"use strict";
const told = JSON.parse(document.getElementById("told").textContent);
const say = told.words;
const by = (id) => document.getElementById(id);
const wall = by("wall");
const map = new WallMap(by("map"));
const HOLD_MS = 12000, QUIET_MS = 60000;
const pace = Number(new URLSearchParams(location.search).get("pace")) || 1;
const card = by("notice");
let frame = null, heard = Date.now(), since = null, seen = 0, onShow = null, shownAt = 0, tour = 0, first = true, revoked = false, drawn = "";
const ready = map.load(told.language);
const many = Object.fromEntries(["companies", "resources", "matches"].map((name) => [name, by(`w-${name}`).textContent]));
const preview = self === top ? "" : "&preview=1"; // the facilitator's own small picture is no screen in the room
const fill = (pattern, values) => pattern.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");

function clock() {
  const now = new Intl.DateTimeFormat("fi-FI", { hour: "numeric", minute: "2-digit", timeZone: "Europe/Helsinki" }).format(new Date());
  const then = frame?.clock || now; // a frame of the past has the clock of then
  by("clock").textContent = told.language === "en" ? then.replace(".", ":") : then;
  return by("clock").textContent;
}
function draw() {
  const figures = frame.figures;
  for (const name of ["companies", "resources", "matches", "cross", "tonnes", "co2e"]) by(`n-${name}`).textContent = figures[name] ?? "–";
  for (const name of Object.keys(many)) by(`w-${name}`).textContent = figures[name] === "1" ? say[`${name}_one`] : many[name];
  by("join").hidden = frame.status === "closed" || Boolean(frame.clock); by("closed").hidden = frame.status !== "closed";
  by("state-words").textContent = fill(say.state, { tables: frame.tables, screens: frame.screens });
  const scene = frame.status === "paused" ? "pause" : frame.control.scene;
  wall.dataset.scene = scene;
  by("list").hidden = scene !== "suggestions"; by("pause").hidden = scene !== "pause"; by("numbers").hidden = scene !== "numbers";
  by("legend").hidden = scene !== "map";
  by("most").textContent = frame.materials.slice(0, 3).map(([name, count]) => `${name} ${count}`).join(" · ");
  by("most-line").hidden = !frame.materials.length;
  if (scene === "suggestions") list();
  if (scene === "numbers") { rows("kinds", Object.entries(frame.types).map(([type, count]) => [say[`type_${type}`], count])); rows("materials", frame.materials); }
  wall.dataset.seq = frame.seq;
  refresh();
  choose();
}
// What stands on the card is what the frame says now: a name that was withdrawn goes, and so does a match taken down.
function refresh() {
  if (!onShow) return;
  const now = [frame.spot, ...frame.matches].find((one) => one && one.n === onShow.n);
  if (now) present(now, card.dataset.kind, 0);
  else { onShow = null; shownAt = 0; drawn = ""; }
}
// A frame has all; what came since the last card is told by the newest of it, and by how many more there are.
function choose() {
  const newest = frame.newest, now = Date.now();
  const held = onShow && now - shownAt < HOLD_MS / pace;
  if (first && newest) { first = false; seen = newest.n; } // what stood before this screen was opened is not new
  first = first && !frame.seq;
  if (frame.spot) present(frame.spot, "spot", 0);
  else if (newest && newest.n > seen && (!held || !frame.control.hold || card.dataset.kind === "tour")) {
    const more = frame.matches.filter((one) => one.n > seen).length - 1;
    seen = newest.n; tour = 0; present(newest, "new", more);
  } else if (!held && frame.matches.length) { // nothing new: a slow walk through what was found
    present(frame.matches[frame.matches.length - 1 - (tour % frame.matches.length)], "tour", 0);
    tour += 1;
  } else place();
}
function present(match, kind, more) {
  const same = onShow && onShow.n === match.n && card.dataset.kind === kind;
  if (!same) {
    shownAt = Date.now();
    card.classList.remove("arriving"); void card.offsetWidth; card.classList.add("arriving");
    card.querySelector(".kind").textContent = more ? `${say[kind]} · ${fill(say.more, { count: more })}` : say[kind];
  }
  onShow = match; card.dataset.kind = kind; card.dataset.n = match.n;
  card.classList.toggle("inside", !match.cross);
  card.querySelector(".from").textContent = match.have.name ? `${match.have.title}, ${match.have.name}` : match.have.title;
  card.querySelector(".to").textContent = match.want.name ? `${match.want.title}, ${match.want.name}` : match.want.title;
  const way = card.querySelector(".way");
  const far = document.createElement("b"); far.textContent = match.km;
  way.replaceChildren(`${match.have.place} → ${match.want.place}, `, far, ...[match.amount, match.table ? fill(say.table, { number: match.table }) : ""].filter(Boolean).map((one) => ` · ${one}`));
  place();
}
function place() {
  if (!map.layers.length) return;
  const scene = wall.dataset.scene, follow = frame.control.follow && onShow;
  card.hidden = !onShow || scene !== "map";
  const look = [frame.seq, frame.screens, scene, onShow?.n, card.dataset.kind, follow].join();
  if (look === drawn) return; // nothing has changed: nothing is drawn anew
  drawn = look;
  map.look(frame.control.frame === "FI" ? "" : frame.control.frame || told.region);
  const view = follow ? around(onShow) : [0, 0, WIDTH, HEIGHT];
  by("map").setAttribute("viewBox", view.map((one) => one.toFixed(0)).join(" "));
  if (!card.hidden) settle(view);
  map.show(frame.points, frame.matches, onShow, [card, by("legend")].filter((one) => !one.hidden).map((one) => box(one, view)));
}
// The card stands in the corner where it covers least: never the two ends that it tells of, if any corner is free of them.
const CORNERS = ["top left", "top right", "bottom left", "bottom right"];
function settle(view) {
  const ends = [onShow.have.at, onShow.want.at].map((one) => map.place(one)), points = frame.points.map((one) => map.place(one));
  const over = (spots, [l, t, w, h]) => spots.filter(([x, y]) => x > l - 30 && x < l + w + 30 && y > t - 30 && y < t + h + 30).length;
  let least = Infinity, best = CORNERS[0];
  for (const corner of CORNERS) {
    card.dataset.corner = corner;
    const covers = box(card, view), cost = 100 * over(ends, covers) + over(points, covers);
    if (cost < least) { least = cost; best = corner; }
  }
  card.dataset.corner = best;
}
// A box of the page in the coordinates of the map, which is cut to fill its part of the page.
function box(element, [x, y, wide, high]) {
  const whole = by("map-part").getBoundingClientRect(), one = element.getBoundingClientRect();
  const scale = Math.max(whole.width / wide, whole.height / high);
  const [left, top] = [(whole.width - wide * scale) / 2, (whole.height - high * scale) / 2];
  return [(one.left - whole.left - left) / scale + x, (one.top - whole.top - top) / scale + y, one.width / scale, one.height / scale];
}
function around(match) {
  const [a, b] = [map.place(match.have.at), map.place(match.want.at)];
  const span = Math.max(360, 1.6 * Math.abs(a[0] - b[0]), 1.9 * Math.abs(a[1] - b[1]));
  const high = Math.min(HEIGHT, span), wide = high * WIDTH / HEIGHT;
  return [(a[0] + b[0]) / 2 - wide / 2, (a[1] + b[1]) / 2 - high / 2, wide, high];
}
function list() {
  by("list").querySelector("ol").replaceChildren(...frame.matches.slice(-5).reverse().map((one) => {
    const item = document.createElement("li"), title = document.createElement("b");
    title.textContent = `${one.have.title} → ${one.want.title}`;
    item.append(title, `${one.time} · ${one.have.place} → ${one.want.place} · ${one.km}`);
    return item;
  }));
}
function rows(id, counted) {
  const all = counted.sort((a, b) => b[1] - a[1]).slice(0, 6), most = Math.max(1, ...all.map(([, count]) => count));
  by(id).replaceChildren(...all.map(([words, count]) => {
    const item = document.createElement("li"), bar = document.createElement("i"), name = document.createElement("span"), figure = document.createElement("b");
    name.textContent = words; bar.style.width = `${(100 * count) / most}%`; figure.textContent = count;
    item.append(name, bar, figure);
    return item;
  }));
}
function here() {
  heard = Date.now(); since = null;
  by("away").hidden = true; wall.classList.remove("away");
}
function lost() { since = since || clock(); }
function listen() {
  const source = new EventSource(`/screen/events?t=${encodeURIComponent(told.token)}${preview}`);
  source.onmessage = async (event) => { here(); frame = JSON.parse(event.data); await ready; draw(); };
  source.addEventListener("alive", here);
  source.onerror = () => { lost(); if (source.readyState === EventSource.CLOSED) { source.close(); again(); } };
}
// A stream that was refused says not why: an address that has been revoked is not asked for again.
async function again() {
  let status = 0;
  try { status = (await fetch(`/screen?t=${encodeURIComponent(told.token)}`, { method: "GET", cache: "no-store" })).status; } catch { /* the server is away */ }
  if (status === 403) { revoked = true; return; }
  setTimeout(listen, status === 429 ? 60000 : 2000);
}
setInterval(() => {
  clock();
  const quiet = Date.now() - heard;
  if (since || quiet > 25000) {
    by("away").hidden = false;
    by("away").textContent = revoked ? say.revoked : fill(say.away, { time: since || clock() });
  }
  wall.classList.toggle("away", quiet > QUIET_MS || Boolean(since));
  if (frame && map.layers.length) choose();
}, 1000);
// One press fills the whole screen, another leaves it; the pointer goes when it rests.
function full() { if (document.fullscreenElement) document.exitFullscreen(); else document.documentElement.requestFullscreen?.().catch(() => {}); }
addEventListener("dblclick", full);
addEventListener("keydown", (event) => { if (event.key === "f" || event.key === "F") full(); });
let resting = 0;
addEventListener("pointermove", () => { wall.classList.remove("resting"); clearTimeout(resting); resting = setTimeout(() => wall.classList.add("resting"), 3000); });
addEventListener("resize", () => { drawn = ""; });
// A workshop that has ended, gone through again: the facilitator's slider changes what follows the # of the address.
async function past() {
  const at = Number(new URLSearchParams(location.hash.slice(1)).get("at")) || told.at;
  if (!at) { listen(); return; }
  try {
    const answer = await fetch(`/screen/events?t=${encodeURIComponent(told.token)}&at=${at}`, { cache: "no-store" });
    const line = (await answer.text()).split("\n").find((one) => one.startsWith("data: "));
    frame = JSON.parse(line.slice(6)); heard = Infinity;
  } catch { return; } // what stands there stays
  await ready;
  drawn = ""; clock(); draw();
}
clock();
if (told.at || new URLSearchParams(location.search).has("replay")) { addEventListener("hashchange", past); past(); }
else listen();
