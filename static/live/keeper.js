// Keeps the form and its files for when the line is gone: a service worker of /entry alone. It keeps no answer to what
// the form asks, only the page that this telephone was given by its code and files that everybody has.
"use strict";
const PAGES = "entry-pages", FILES = `entry-files-${KEPT.version}`;
const PATIENCE_MS = 4000, PAGES_MAX = 3;
const shelf = (url) => `/entry?t=${encodeURIComponent(url.searchParams.get("t"))}`;
const form = (url) => url.origin === location.origin && url.pathname === "/entry" && Boolean(url.searchParams.get("t"));

async function keep(url, answer) {
  const pages = await caches.open(PAGES);
  await pages.put(shelf(url), answer);
  const kept = await pages.keys();
  await Promise.all(kept.slice(0, Math.max(0, kept.length - PAGES_MAX)).map((one) => pages.delete(one)));
}
async function fetched(url) {
  const away = new AbortController();
  const late = setTimeout(() => away.abort(), PATIENCE_MS);
  try { return await fetch(url, { cache: "no-store", signal: away.signal }); } finally { clearTimeout(late); }
}
async function page(url) {
  const pages = await caches.open(PAGES);
  let answer = null;
  try { answer = await fetched(url); } catch { /* the line is gone */ }
  if (!answer || answer.status >= 500) return (await pages.match(shelf(url))) || answer || Response.error();
  if (answer.ok) await keep(url, answer.clone());
  else if (answer.status === 403) await pages.delete(shelf(url)); // the code has ended, and so does the copy
  return answer;
}
async function file(url) {
  try {
    const answer = await fetched(url);
    if (answer.status < 500) return answer;
  } catch { /* as above */ }
  return (await (await caches.open(FILES)).match(url.pathname)) || Response.error();
}

addEventListener("install", (event) => event.waitUntil((async () => {
  await (await caches.open(FILES)).addAll(KEPT.files);
  const open = await clients.matchAll({ type: "window", includeUncontrolled: true });
  for (const url of open.map((one) => new URL(one.url)).filter(form)) {
    const answer = await fetch(url, { cache: "no-store" });
    if (answer.ok) await keep(url, answer);
  }
  await skipWaiting();
})()));
addEventListener("activate", (event) => event.waitUntil((async () => {
  const old = (await caches.keys()).filter((name) => name.startsWith("entry-files-") && name !== FILES);
  await Promise.all(old.map((name) => caches.delete(name)));
  await clients.claim();
})()));
addEventListener("fetch", (event) => {
  const request = event.request, url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") { if (form(url)) event.respondWith(page(url)); return; }
  if (KEPT.files.includes(url.pathname)) event.respondWith(file(url));
});
