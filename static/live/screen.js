// The screen: draws the newest frame whenever one comes, keeps the last while the server is away, and catches up by itself.
"use strict";
const told = JSON.parse(document.getElementById("told").textContent);
const say = told.words;
const by = (id) => document.getElementById(id);
const wall = by("wall");
const map = new WallMap(by("map"));
const HOLD_MS = 12000, QUIET_MS = 60000;
const pace = Number(new URLSearchParams(location.search).get("pace")) || 1;
let frame = null, heard = Date.now(), since = null, seen = 0, onShow = null, shownAt = 0, tour = 0;
const ready = map.load();
const fill = (pattern, values) => pattern.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");

function clock() {
  const now = new Intl.DateTimeFormat("fi-FI", { hour: "numeric", minute: "2-digit", timeZone: "Europe/Helsinki" }).format(new Date());
  by("clock").textContent = told.language === "en" ? now.replace(".", ":") : now;
  return by("clock").textContent;
}
function draw() {
  const figures = frame.figures;
  for (const name of ["companies", "resources", "matches", "cross", "tonnes", "co2e"]) by(`n-${name}`).textContent = figures[name] ?? "–";
  by("state-words").textContent = fill(say.state, { tables: frame.tables, screens: frame.screens });
  const scene = frame.status === "paused" ? "pause" : frame.control.scene;
  wall.dataset.scene = scene;
  by("list").hidden = scene !== "suggestions"; by("pause").hidden = scene !== "pause"; by("kinds").hidden = scene !== "numbers";
  by("legend").hidden = scene !== "map";
  if (scene === "suggestions") list();
  if (scene === "numbers") kinds();
  wall.dataset.seq = frame.seq;
  choose();
}
function choose() {
  const newest = frame.newest, now = Date.now();
  const held = onShow && now - shownAt < HOLD_MS / pace;
  if (frame.spot) present(frame.spot, "spot");
  else if (newest && newest.n > seen && (!held || seen === 0 || !frame.control.hold)) { seen = newest.n; tour = 0; present(newest, "new"); }
  else if (!held && frame.matches.length) { // nothing new: a slow walk through what was found
    if (seen < newest.n) { seen = newest.n; present(newest, "new"); }
    else { tour += 1; present(frame.matches[frame.matches.length - 1 - (tour % frame.matches.length)], "tour"); }
  } else place();
}
function present(match, kind) {
  const card = by("notice"), same = onShow && onShow.n === match.n && card.dataset.kind === kind;
  if (!same) {
    shownAt = Date.now();
    card.classList.remove("arriving"); void card.offsetWidth; card.classList.add("arriving");
  }
  onShow = match; card.dataset.kind = kind; card.dataset.n = match.n;
  card.classList.toggle("inside", !match.cross);
  card.querySelector(".kind").textContent = say[kind];
  card.querySelector(".from").textContent = match.have.name ? `${match.have.title}, ${match.have.name}` : match.have.title;
  card.querySelector(".to").textContent = match.want.name ? `${match.want.title}, ${match.want.name}` : match.want.title;
  const way = card.querySelector(".way");
  const far = document.createElement("b"); far.textContent = match.km;
  way.replaceChildren(`${match.have.place} → ${match.want.place}, `, far, ...[match.amount, match.table ? fill(say.table, { number: match.table }) : ""].filter(Boolean).map((one) => ` · ${one}`));
  place();
}
function place() {
  if (!map.layers.length) return;
  const scene = wall.dataset.scene;
  by("notice").hidden = !onShow || scene !== "map";
  const follow = frame.control.follow && onShow;
  map.look(frame.control.frame === "FI" ? "" : frame.control.frame || told.region);
  by("map").setAttribute("viewBox", follow ? around(onShow) : `0 0 ${WIDTH} ${HEIGHT}`);
  map.show(frame.points, frame.matches, onShow);
}
function around(match) {
  const [a, b] = [map.place(match.have.at), map.place(match.want.at)];
  const span = Math.max(360, 1.6 * Math.abs(a[0] - b[0]), 1.9 * Math.abs(a[1] - b[1]));
  const high = Math.min(HEIGHT, span), wide = high * WIDTH / HEIGHT;
  return `${((a[0] + b[0]) / 2 - wide / 2).toFixed(0)} ${((a[1] + b[1]) / 2 - high / 2).toFixed(0)} ${wide.toFixed(0)} ${high.toFixed(0)}`;
}
function list() {
  by("list").querySelector("ol").replaceChildren(...frame.matches.slice(-6).reverse().map((one) => {
    const item = document.createElement("li"), title = document.createElement("b");
    title.textContent = `${one.have.title} → ${one.want.title}`;
    item.append(title, `${one.time} · ${one.have.place} → ${one.want.place} · ${one.km}`);
    return item;
  }));
}
function kinds() {
  const all = Object.entries(frame.types).sort((a, b) => b[1] - a[1]), most = Math.max(1, ...all.map(([, count]) => count));
  by("kinds").querySelector("ul").replaceChildren(...all.map(([type, count]) => {
    const item = document.createElement("li"), bar = document.createElement("i"), name = document.createElement("span"), figure = document.createElement("b");
    name.textContent = say[`type_${type}`]; bar.style.width = `${(100 * count) / most}%`; figure.textContent = count;
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
  const source = new EventSource(`/screen/events?t=${encodeURIComponent(told.token)}${told.at ? `&at=${told.at}` : ""}`);
  source.onmessage = async (event) => { here(); frame = JSON.parse(event.data); if (told.at) { source.close(); heard = Infinity; } await ready; draw(); };
  source.addEventListener("alive", here);
  source.onerror = () => { lost(); if (source.readyState === EventSource.CLOSED) { source.close(); setTimeout(listen, 2000); } };
}
setInterval(() => {
  clock();
  const quiet = Date.now() - heard;
  if (since || quiet > 25000) {
    by("away").hidden = false;
    by("away").textContent = fill(say.away, { time: since || clock() });
  }
  wall.classList.toggle("away", quiet > QUIET_MS || Boolean(since));
  if (frame && map.layers.length) choose();
}, 1000);
clock();
listen();
