/* Jurors' pages without a connection. The network first; what was downloaded when it does not answer.
   It begins to work only on a device whose juror asked for it, and on jurors' pages alone. */
"use strict";
const PAGES = "thinkia-jury:", ELSEWHERE = "/jury-offline", PATIENCE = 5000;
const LOOSELY = { ignoreVary: true, ignoreSearch: true };

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event, { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (request.mode === "navigate" && !pathname.includes("/files/")) event.respondWith(page(event));
  else if (request.method === "GET" && pathname.startsWith("/static/")) event.respondWith(kept(request).then((found) => found || fetch(request)));
});

const kept = (request) => caches.match(request, LOOSELY);

async function page(event) {
  const { request } = event;
  const copy = request.method === "GET" ? await kept(request) : undefined;
  const answer = await fromNetwork(request, copy);
  if (!answer) return copy ? asCopy(copy) : (await caches.match(ELSEWHERE, LOOSELY)) || Response.error();
  if (copy && answer.ok && !answer.redirected) event.waitUntil(renew(request, answer.clone()));
  return answer;
}

/* Nothing when it does not answer; where there is a copy, neither an answer that comes too late nor a server that is down. */
async function fromNetwork(request, copy) {
  const late = new Promise((resolve) => { if (copy) setTimeout(resolve, PATIENCE); });
  const answer = await Promise.race([fetch(request).catch(() => undefined), late]);
  return copy && answer && answer.status >= 500 ? undefined : answer;
}

async function renew(request, answer) {
  for (const name of await caches.keys()) {
    const cache = name.startsWith(PAGES) ? await caches.open(name) : null;
    if (cache && (await cache.match(request, LOOSELY))) await cache.put(new URL(request.url).pathname, answer.clone());
  }
}

/* A copy says that it is one: what was saved after it was made is filled in from the drafts. */
async function asCopy(copy) {
  const headers = new Headers(copy.headers);
  ["Content-Encoding", "Content-Length"].forEach((name) => headers.delete(name));
  return new Response((await copy.text()).replace("<html ", "<html data-copy "), { headers });
}
