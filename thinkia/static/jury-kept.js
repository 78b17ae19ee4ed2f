/* What a juror keeps on this device: drafts, sealed with a key that no script can read out, and pages.
   The database "thinkia-jury" holds one key an account and one draft a window of a review. A draft is
   "kept" (not yet sent), "decide" (the server has something else) or "sent" (what the server has, so that
   a copy of the page that is older shows it too). */
(() => {
  "use strict";
  if (window.thinkiaKept) return;
  const NAME = "thinkia-jury", WORKER = "/jury-worker.js", ELSEWHERE = "/jury-offline";
  const supported = Boolean(window.isSecureContext && window.indexedDB && window.crypto?.subtle && navigator.locks);
  const tabs = supported && window.BroadcastChannel ? new BroadcastChannel(NAME) : null;
  let over = false; // signed out: here, or in another tab
  if (tabs) tabs.onmessage = () => { over = true; };

  /* The database. */
  let opened;
  const open = () => (opened ??= new Promise((yes, no) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => ["keys", "drafts"].forEach((store) => request.result.createObjectStore(store, { keyPath: "id" }));
    request.onsuccess = () => yes(request.result);
    request.onerror = () => no(request.error);
  }));
  const within = async (store, mode, act) => {
    const all = (await open()).transaction(store, mode, { durability: "strict" });
    const request = act(all.objectStore(store));
    return new Promise((yes, no) => {
      all.oncomplete = () => yes(request.result);
      all.onabort = all.onerror = () => no(all.error || request.error);
    });
  };

  /* The key: made on this device, for one account, never to be read out. Two tabs may make it at once. */
  const keyOf = async (account) => {
    const found = await within("keys", "readonly", (keys) => keys.get(account));
    if (found) return found.key;
    const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    try { await within("keys", "readwrite", (keys) => keys.add({ id: account, key })); return key; } catch { return keyOf(account); }
  };
  const idOf = (draft) => `${draft.account}/${draft.review}/${draft.window}`;
  const bound = (draft) => new TextEncoder().encode(idOf(draft)); // a sealed text is worth nothing in another place

  const write = async ({ fields, ...draft }) => {
    if (over) throw new Error("signed out");
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const open = new TextEncoder().encode(JSON.stringify(fields));
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: bound(draft) }, await keyOf(draft.account), open);
    if (over) throw new Error("signed out");
    await within("drafts", "readwrite", (drafts) => drafts.put({ ...draft, id: idOf(draft), at: Date.now(), iv, sealed }));
  };
  const read = async (row) => {
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: row.iv, additionalData: bound(row) }, await keyOf(row.account), row.sealed);
    return JSON.parse(new TextDecoder().decode(plain));
  };
  const remove = (id) => within("drafts", "readwrite", (drafts) => drafts.delete(id));
  const all = async (account) => {
    const rows = await within("drafts", "readonly", (drafts) => drafts.getAll());
    return rows.filter((row) => row.account === account).sort((one, other) => other.at - one.at);
  };
  const unsent = async (account) => (await all(account)).filter((row) => row.state !== "sent");

  /* Pages: one cache, made whole before it takes the place of the one before. */
  const caching = supported && "serviceWorker" in navigator && "caches" in window;
  const mine = (name) => name.startsWith(`${NAME}:`);
  const cacheNames = async () => (caching ? (await caches.keys()).filter(mine) : []);
  const of = (account) => `${NAME}:${account}:`;
  const fetched = async (address) => {
    const answer = await fetch(address, { redirect: "error", headers: { Accept: "text/html,*/*" } });
    if (!answer.ok) throw new Error(`${answer.status} ${address}`);
    return answer;
  };
  const staticFiles = (html) => {
    const found = new DOMParser().parseFromString(html, "text/html").querySelectorAll("link[href^='/static/'], script[src^='/static/'], use");
    return [...found].map((one) => (one.getAttribute("href") || one.getAttribute("src")).split("#")[0]).filter((one) => one.startsWith("/static/"));
  };
  const download = async (account, pages, scopes, step) => {
    await Promise.all(scopes.map((scope) => navigator.serviceWorker.register(WORKER, { scope })));
    const name = `${of(account)}${Date.now()}`, cache = await caches.open(name), files = new Set();
    try {
      let count = 0;
      for (const address of [ELSEWHERE, ...pages]) {
        const answer = await fetched(address);
        staticFiles(await answer.clone().text()).forEach((file) => files.add(file));
        await cache.put(address, answer);
        step(count++);
      }
      for (const file of files) await cache.put(file, await fetched(file));
    } catch (error) { await caches.delete(name); throw error; }
    for (const old of await cacheNames()) if (old !== name) await caches.delete(old);
    navigator.storage?.persist?.().catch(() => {});
  };
  /* A kept page as it is on the server now; what changes by a fragment never passes the worker. */
  const refresh = async (address) => {
    for (const name of await cacheNames()) {
      const cache = await caches.open(name);
      if (await cache.match(address, { ignoreVary: true })) await cache.put(address, await fetched(address));
    }
  };
  const since = async (account) => {
    const name = (await cacheNames()).find((one) => one.startsWith(of(account)));
    return name ? new Date(Number(name.slice(of(account).length))) : null;
  };
  const forgetPages = async (but = null) => {
    for (const name of await cacheNames()) if (!but || !name.startsWith(of(but))) await caches.delete(name);
    if (but || !caching) return;
    const workers = await navigator.serviceWorker.getRegistrations();
    await Promise.all(workers.filter((one) => [one.active, one.waiting, one.installing].some((each) => each?.scriptURL.endsWith(WORKER))).map((one) => one.unregister()));
  };
  const forget = async (account) => {
    over = true;
    tabs?.postMessage("over");
    await forgetPages();
    for (const row of await all(account)) await remove(row.id);
    await within("keys", "readwrite", (keys) => keys.delete(account));
  };

  /* Signing out: what is not yet sent is said first. True when the form may go. */
  const asked = (form, count) => new Promise((answer) => {
    const dialog = document.getElementById("confirm"), yes = dialog.querySelector("[data-yes]");
    document.getElementById("confirm-text").textContent = form.dataset.leaveWords.replace("{n}", count);
    yes.textContent = form.dataset.leaveDo;
    dialog.returnValue = "";
    dialog.addEventListener("close", () => answer(dialog.returnValue === "yes"), { once: true });
    dialog.showModal();
  });
  const leave = async (form) => {
    if (!supported) return true;
    const { account } = form.dataset, waiting = new Set((await unsent(account)).map((row) => row.review)).size;
    if (waiting && !(await asked(form, waiting))) return false;
    await forget(account);
    return true;
  };

  const ready = async () => { if (!supported) return false; try { await open(); return true; } catch { return false; } };
  window.thinkiaKept = { ready, idOf, write, read, remove, all, unsent, caching, download, refresh, since, forgetPages, leave, over: () => over };
})();
