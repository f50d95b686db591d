// The map of a screen as SVG, from the outlines that ship with the program: no tiles, no library, nothing from elsewhere.
"use strict";
const WIDTH = 1219, HEIGHT = 1080, SVG = "http://www.w3.org/2000/svg";
const LAYERS = [["neighbours", "near"], ["finland", "land"], ["lakes", "lake"], ["roads_main", "road"], ["region_borders", "border"], ["state_border", "state"]];
const mercator = ([lon, lat]) => [lon * Math.PI / 180, -Math.log(Math.tan(Math.PI / 4 + lat * Math.PI / 360))];
const made = (name, attributes = {}) => { const one = document.createElementNS(SVG, name); for (const [key, value] of Object.entries(attributes)) one.setAttribute(key, value); return one; };

class WallMap {
  constructor(svg) {
    this.svg = svg; this.frame = null; this.layers = []; this.regions = new Map();
    const fade = made("linearGradient", { id: "fade", gradientUnits: "userSpaceOnUse" });
    this.fade = fade;
    fade.append(made("stop", { offset: 0, "stop-color": "var(--have)" }), made("stop", { offset: 1, "stop-color": "var(--want)" }));
    const defs = made("defs"); defs.append(fade);
    this.ground = made("g"); this.arcs = made("g"); this.dots = made("g"); this.front = made("g"); this.words = made("g");
    svg.append(defs, this.ground, this.arcs, this.dots, this.front, this.words);
  }
  async load(language) {
    const get = (name) => fetch(`/app/static/map/${name}.geojson`).then((answer) => answer.json());
    const [regions, ...layers] = await Promise.all([get("regions"), ...LAYERS.map(([name]) => get(name))]);
    for (const one of regions.features) this.regions.set(one.properties.code, bounds(one.geometry.coordinates));
    this.called = regions.features.map((one) => ({ name: one.properties[language] || one.properties.fi, at: middle(one.geometry) }));
    this.layers = layers;
  }
  look(frame) {
    if (this.frame === frame) return false;
    this.frame = frame;
    const [[w, n], [e, s]] = this.regions.get(frame) ? padded(this.regions.get(frame)) : [mercator([19.4, 70.15]), mercator([31.7, 59.65])];
    const scale = Math.min(WIDTH / (e - w), HEIGHT / (s - n));
    const seen = WIDTH / scale, [west, east] = [mercator([18.4, 0])[0], mercator([32.4, 0])[0]];
    // A region at the border would leave a third of the picture to the neighbour: it stands aside instead.
    const begin = seen < east - west ? Math.min(Math.max((w + e - seen) / 2, west), east - seen) : (w + e - seen) / 2;
    const left = (w - begin) * scale, top = (HEIGHT - (s - n) * scale) / 2;
    this.place = (spot) => { const [x, y] = mercator(spot); return [(x - w) * scale + left, (y - n) * scale + top]; };
    this.ground.replaceChildren(...this.layers.map((layer, at) => made("path", { class: LAYERS[at][1], d: layer.features.map((one) => traced(one.geometry, this.place)).join("") })));
    return true;
  }
  // `covered` are the boxes that stand over the map: no name goes under them.
  show(points, matches, newest, covered = []) {
    const others = matches.filter((one) => !newest || one.n !== newest.n);
    this.arcs.replaceChildren(...others.map((one, at) => {
      const age = others.length - at; // the newest are the clearest, the oldest only hint at the web behind them
      const link = made("path", { class: `link${one.cross ? " cross" : ""}`, d: this.arc(one) });
      link.style.opacity = age <= 6 ? 0.9 : Math.max(0.16, 0.45 - 0.012 * (age - 6));
      return link;
    }));
    const placed = points.map(([lon, lat, direction, count, name]) => ({ at: this.place([lon, lat]), direction, count, name }));
    const inside = placed.filter((one) => within(one.at)), outside = placed.filter((one) => !within(one.at));
    this.dots.replaceChildren(...inside.map((one) => made("circle", { class: one.direction, ...this.dot(one) })));
    this.front.replaceChildren(); this.words.replaceChildren();
    const used = [...covered, ...inside.map((one) => { const { cx, cy, r } = this.dot(one); return [+cx - +r, +cy - +r, 2 * r, 2 * r]; })];
    const named = new Set();
    if (newest) {
      const [a, b] = [this.place(newest.have.at), this.place(newest.want.at)];
      for (const [name, value] of [["x1", a[0]], ["y1", a[1]], ["x2", b[0]], ["y2", b[1]]]) this.fade.setAttribute(name, value.toFixed(1));
      const way = this.arc(newest);
      this.front.append(made("path", { class: "glow", d: way }), made("path", { class: "newest", d: way }));
      for (const [side, at, kind] of [[newest.have, a, "have"], [newest.want, b, "want"]]) {
        if (within(at)) { this.front.append(made("circle", { class: kind, cx: at[0], cy: at[1], r: 17 })); this.label(side.place, at, covered, used, true); }
        else this.edge(side.place, this.exit(newest, side === newest.want), used, true);
        named.add(side.place);
      }
    }
    this.names(inside, named, used);
    this.beyond(outside, named, used);
    for (const one of this.called) this.label(one.name, this.place(one.at), used, used, false, 0, "region");
  }
  dot({ at: [x, y], direction, count }) {
    const r = Math.min(9 + 2.2 * Math.sqrt(count), 20);
    return { cx: (x + (direction === "have" ? -r / 2 : r / 2)).toFixed(1), cy: y.toFixed(1), r: r.toFixed(1) };
  }
  // The places with most cards are named, as far as a name finds room that covers no point.
  names(inside, named, used) {
    const places = new Map();
    for (const one of inside) { const held = places.get(one.name) || { count: 0, at: one.at, r: 0 }; held.count += one.count; held.r = Math.max(held.r, +this.dot(one).r); places.set(one.name, held); }
    const most = [...places].filter(([name]) => name && !named.has(name)).sort((a, b) => b[1].count - a[1].count || (a[0] < b[0] ? -1 : 1));
    for (const [name, one] of most.slice(0, 10)) this.label(name, one.at, used, used, false, 1.5 * one.r + 8);
  }
  // What lies beyond the frame is told at its edge, by direction: the place with most, and how many cards more.
  beyond(outside, named, used) {
    const ways = new Map();
    for (const one of outside) {
      const angle = Math.atan2(one.at[1] - HEIGHT / 2, one.at[0] - WIDTH / 2), way = Math.round(angle / (Math.PI / 4)) & 7;
      const held = ways.get(way) || { count: 0, most: one };
      held.count += one.count; if (one.count > held.most.count) held.most = one;
      ways.set(way, held);
    }
    for (const one of ways.values()) {
      if (named.has(one.most.name) && one.count === one.most.count) continue;
      this.edge(one.count > 1 ? `${one.most.name} +${one.count - 1}` : one.most.name, clamped(one.most.at), used, false);
    }
  }
  edge(name, [x, y], used, ends) {
    const width = name.length * (ends ? 18 : 15) + 44, height = ends ? 44 : 38;
    const left = Math.min(Math.max(x - width / 2, 8), WIDTH - width - 8);
    // Along its edge, to the next room that is free.
    for (const step of [0, 1, -1, 2, -2, 3, -3]) {
      const side = x < 60 || x > WIDTH - 60;
      const box = [side ? left : Math.min(Math.max(left + step * (width + 12), 8), WIDTH - width - 8), Math.min(Math.max(y - height / 2 + (side ? step * (height + 6) : 0), 8), HEIGHT - height - 8), width, height];
      if (used.some((other) => meet(box, other))) continue;
      used.push(box);
      const [cx, cy] = [box[0] + 18, box[1] + height / 2], turn = Math.atan2(y - HEIGHT / 2, x - WIDTH / 2) * 180 / Math.PI;
      const words = made("text", { x: (box[0] + 36).toFixed(1), y: (cy + 10).toFixed(1), class: ends ? "ends" : "beyond" });
      words.textContent = name;
      this.words.append(made("path", { class: ends ? "pointer ends" : "pointer", d: "M-9 -10L11 0L-9 10Z", transform: `translate(${cx.toFixed(1)} ${cy.toFixed(1)}) rotate(${turn.toFixed(0)})` }), words);
      return;
    }
  }
  label(name, [x, y], blocked, used, ends, gap = 26, kind = "") {
    const width = name.length * (ends ? 18 : 15) + 12, height = ends ? 40 : 34;
    for (const [dx, dy, anchor] of kind ? [[0, 0, "middle"], [0, 44, "middle"], [0, -44, "middle"]] : [[gap, 0, "start"], [-gap, 0, "end"], [0, -gap - 12, "middle"], [0, gap + 14, "middle"], [gap, -28, "start"], [gap, 30, "start"], [-gap, -28, "end"], [-gap, 30, "end"]]) {
      const at = x + dx, middle = y + dy, left = anchor === "start" ? at : anchor === "end" ? at - width : at - width / 2;
      const box = [left, middle - height / 2, width, height];
      if (left < 4 || left + width > WIDTH - 4 || middle < 24 || middle > HEIGHT - 24) continue;
      if (blocked.some((other) => meet(box, other))) continue;
      used.push(box);
      const words = made("text", { x: at.toFixed(1), y: (middle + 10).toFixed(1), "text-anchor": anchor, class: ends ? "ends" : kind });
      words.textContent = name; this.words.append(words);
      return;
    }
  }
  // Where an arc leaves the frame, from its inner end on.
  exit(one, last) {
    const [a, b, c] = this.bent(one), along = (t) => [0, 1].map((of) => (1 - t) ** 2 * a[of] + 2 * t * (1 - t) * c[of] + t ** 2 * b[of]);
    for (let step = 0; step <= 100; step += 1) { const spot = along(last ? 1 - step / 100 : step / 100); if (within(spot)) return spot; }
    return clamped(last ? b : a);
  }
  bent(one) {
    const [a, b] = [this.place(one.have.at), this.place(one.want.at)];
    return [a, b, [(a[0] + b[0]) / 2 - (b[1] - a[1]) * 0.23, (a[1] + b[1]) / 2 + (b[0] - a[0]) * 0.23]];
  }
  arc(one) {
    const [a, b, c] = this.bent(one);
    if (Math.hypot(b[0] - a[0], b[1] - a[1]) < 4) return `M${a[0]} ${a[1]}c-34 -60 34 -60 .1 0`;
    return `M${a.map((v) => v.toFixed(1)).join(" ")}Q${c.map((v) => v.toFixed(1)).join(" ")} ${b.map((v) => v.toFixed(1)).join(" ")}`;
  }
}
const EDGE = 16;
function within([x, y]) { return x > EDGE && x < WIDTH - EDGE && y > EDGE && y < HEIGHT - EDGE; }
function meet([l, t, w, h], [left, top, wide, high]) { return l < left + wide && left < l + w && t < top + high && top < t + h; }
function clamped([x, y]) {
  const [dx, dy] = [x - WIDTH / 2, y - HEIGHT / 2], part = Math.min((WIDTH / 2 - EDGE) / Math.abs(dx), (HEIGHT / 2 - EDGE) / Math.abs(dy));
  return [WIDTH / 2 + dx * part, HEIGHT / 2 + dy * part];
}
function each(coordinates, act) { if (typeof coordinates[0] === "number") act(coordinates); else for (const one of coordinates) each(one, act); }
function bounds(coordinates) {
  let [w, n, e, s] = [9, 9, -9, -9];
  each(coordinates, (spot) => { const [x, y] = mercator(spot); w = Math.min(w, x); e = Math.max(e, x); n = Math.min(n, y); s = Math.max(s, y); });
  return [[w, n], [e, s]];
}
// The middle of the largest part of a region.
function middle(geometry) {
  const parts = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  const area = (ring) => Math.abs(ring.reduce((sum, [x, y], at) => { const [u, v] = ring[(at + 1) % ring.length]; return sum + x * v - u * y; }, 0));
  const ring = parts.map(([outer]) => outer).sort((a, b) => area(b) - area(a))[0];
  let [x, y, whole] = [0, 0, 0];
  ring.forEach(([a, b], at) => { const [c, d] = ring[(at + 1) % ring.length], part = a * d - c * b; whole += part; x += (a + c) * part; y += (b + d) * part; });
  return [x / (3 * whole), y / (3 * whole)];
}
// More above than below: the newest suggestion stands over the top of the map.
function padded([[w, n], [e, s]]) { const [x, y] = [(e - w) * 0.45, s - n]; return [[w - x, n - 0.5 * y], [e + x, s + 0.3 * y]]; }
function traced(geometry, place) {
  const ring = (line, close) => `M${line.map((spot) => place(spot).map((v) => v.toFixed(1)).join(" ")).join("L")}${close ? "Z" : ""}`;
  const deep = { LineString: [[geometry.coordinates], false], MultiLineString: [geometry.coordinates, false], Polygon: [geometry.coordinates, true], MultiPolygon: [geometry.coordinates.flat?.() ?? [], true] }[geometry.type];
  return deep ? deep[0].map((line) => ring(line, deep[1])).join("") : "";
}
