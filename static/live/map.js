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
  async load() {
    const get = (name) => fetch(`/app/static/map/${name}.geojson`).then((answer) => answer.json());
    const [regions, ...layers] = await Promise.all([get("regions"), ...LAYERS.map(([name]) => get(name))]);
    for (const one of regions.features) this.regions.set(one.properties.code, bounds(one.geometry.coordinates));
    this.layers = layers;
  }
  look(frame) {
    if (this.frame === frame) return false;
    this.frame = frame;
    const [[w, n], [e, s]] = this.regions.get(frame) ? padded(this.regions.get(frame)) : [mercator([19.4, 70.15]), mercator([31.7, 59.65])];
    const scale = Math.min(WIDTH / (e - w), HEIGHT / (s - n));
    const left = (WIDTH - (e - w) * scale) / 2, top = (HEIGHT - (s - n) * scale) / 2;
    this.place = (spot) => { const [x, y] = mercator(spot); return [(x - w) * scale + left, (y - n) * scale + top]; };
    this.ground.replaceChildren(...this.layers.map((layer, at) => made("path", { class: LAYERS[at][1], d: layer.features.map((one) => drawn(one.geometry, this.place)).join("") })));
    return true;
  }
  show(points, matches, newest) {
    const arcs = matches.filter((one) => !newest || one.n !== newest.n).map((one, at, all) => made("path", { class: `link${one.cross ? " cross" : ""}${all.length - at <= 6 ? " recent" : ""}`, d: this.arc(one) }));
    this.arcs.replaceChildren(...arcs);
    this.dots.replaceChildren(...points.map(([lon, lat, direction, count]) => {
      const [x, y] = this.place([lon, lat]);
      const r = Math.min(9 + 2.2 * Math.sqrt(count), 20);
      return made("circle", { class: direction, cx: (x + (direction === "have" ? -r / 2 : r / 2)).toFixed(1), cy: y.toFixed(1), r: r.toFixed(1) });
    }));
    this.front.replaceChildren(); this.words.replaceChildren();
    const used = [];
    if (newest) {
      const [a, b] = [this.place(newest.have.at), this.place(newest.want.at)];
      for (const [name, value] of [["x1", a[0]], ["y1", a[1]], ["x2", b[0]], ["y2", b[1]]]) this.fade.setAttribute(name, value.toFixed(1));
      const way = this.arc(newest);
      this.front.append(made("path", { class: "glow", d: way }), made("path", { class: "newest", d: way }), made("circle", { class: "have", cx: a[0], cy: a[1], r: 17 }), made("circle", { class: "want", cx: b[0], cy: b[1], r: 17 }));
      this.label(newest.have.place, a, used, true); this.label(newest.want.place, b, used, true);
    }
    const shown = new Map();
    for (const one of matches) for (const side of [one.have, one.want]) { const held = shown.get(side.place) || { n: 0, at: side.at }; held.n += 1; shown.set(side.place, held); }
    if (newest) for (const side of [newest.have, newest.want]) shown.delete(side.place);
    for (const [name, one] of [...shown].sort((a, b) => b[1].n - a[1].n).slice(0, 9)) this.label(name, this.place(one.at), used, false);
  }
  label(name, [x, y], used, ends) {
    const width = name.length * (ends ? 18 : 15) + 12, height = ends ? 40 : 34;
    for (const [at, anchor] of [[x + 26, "start"], [x - 26, "end"]]) {
      const box = [anchor === "start" ? at : at - width, y - height / 2, width, height];
      if (box[0] < 4 || box[0] + width > WIDTH - 4 || y < 24 || y > HEIGHT - 70) continue;
      if (used.some(([l, t, w, h]) => box[0] < l + w && l < box[0] + box[2] && box[1] < t + h && t < box[1] + box[3])) continue;
      used.push(box);
      const words = made("text", { x: at.toFixed(1), y: (y + 10).toFixed(1), "text-anchor": anchor, class: ends ? "ends" : "" });
      words.textContent = name; this.words.append(words);
      return;
    }
  }
  arc(one) {
    const [a, b] = [this.place(one.have.at), this.place(one.want.at)];
    const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
    if (Math.hypot(dx, dy) < 4) return `M${a[0]} ${a[1]}c-34 -60 34 -60 .1 0`;
    const [cx, cy] = [(a[0] + b[0]) / 2 - dy * 0.23, (a[1] + b[1]) / 2 + dx * 0.23];
    return `M${a.map((v) => v.toFixed(1)).join(" ")}Q${cx.toFixed(1)} ${cy.toFixed(1)} ${b.map((v) => v.toFixed(1)).join(" ")}`;
  }
}
function each(coordinates, act) { if (typeof coordinates[0] === "number") act(coordinates); else for (const one of coordinates) each(one, act); }
function bounds(coordinates) {
  let [w, n, e, s] = [9, 9, -9, -9];
  each(coordinates, (spot) => { const [x, y] = mercator(spot); w = Math.min(w, x); e = Math.max(e, x); n = Math.min(n, y); s = Math.max(s, y); });
  return [[w, n], [e, s]];
}
// More above than below: the newest suggestion stands over the top of the map.
function padded([[w, n], [e, s]]) { const [x, y] = [(e - w) * 0.45, s - n]; return [[w - x, n - 0.5 * y], [e + x, s + 0.3 * y]]; }
function drawn(geometry, place) {
  const ring = (line, close) => `M${line.map((spot) => place(spot).map((v) => v.toFixed(1)).join(" ")).join("L")}${close ? "Z" : ""}`;
  const deep = { LineString: [[geometry.coordinates], false], MultiLineString: [geometry.coordinates, false], Polygon: [geometry.coordinates, true], MultiPolygon: [geometry.coordinates.flat?.() ?? [], true] }[geometry.type];
  return deep ? deep[0].map((line) => ring(line, deep[1])).join("") : "";
}
