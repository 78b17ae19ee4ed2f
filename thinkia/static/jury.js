/* Jurors' pages: nothing typed is lost without a connection. Each edit is written to a draft on this device
   before it is sent; what did not arrive is sent when the connection is back, once: the same window may save
   again, another one gets the server's 409. Words come from the page (data-*, templates), never from here. */
(() => {
  "use strict";
  const kept = window.thinkiaKept;
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const reader = $("meta[name=thinkia-account]"), account = reader?.content;
  if (!kept || !account) return;
  const root = document.documentElement;
  const EVERY = 15000;

  /* The one line that says how it stands. */
  const say = (state, words) => {
    const line = $("#status");
    if (!line) return;
    line.dataset.state = state;
    line.replaceChildren(Object.assign(document.createElement("span"), { textContent: words ?? line.dataset[state] }));
  };

  /* The form's fields, without what the page adds. */
  const OWN = ["csrf_token", "window", "version", "edit"];
  const typed = (entries) => [...entries].filter(([name]) => !OWN.includes(name) && !["final", "stay", "least"].includes(name)).map(([name, value]) => [name, String(value).replace(/\r\n?/g, "\n")]);
  const fieldsOf = (form) => typed(new FormData(form));
  const alike = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  const fill = (form, fields) => {
    const values = new Map(fields);
    for (const field of form.elements) {
      if (!field.name || OWN.includes(field.name) || !/^(INPUT|TEXTAREA|SELECT)$/.test(field.tagName)) continue;
      if (/radio|checkbox/.test(field.type)) field.checked = values.get(field.name) === field.value;
      else field.value = values.get(field.name) ?? "";
    }
  };

  /* What a saved answer would have brought: which criteria have a mark now. */
  const answered = (criterion) => {
    const fields = $$("[name^='mark:'], [name^='item:']", criterion), names = new Set(fields.map((field) => field.name));
    return fields.length > 0 && [...names].every((name) => fields.some((field) => field.name === name && (field.type === "radio" ? field.checked : field.value.trim())));
  };
  const showMarks = (form) => {
    const criteria = $$("fieldset.crit", form), count = criteria.filter(answered).length;
    for (const criterion of criteria) {
      const field = $("[name^='mark:']:checked, [name^='mark:']:not([type=radio])", criterion), line = $("[data-mark-of]", criterion);
      const words = answered(criterion) && field && (field.labels[0] && field.type === "radio" ? field.labels[0].textContent : field.value);
      if (words) line.replaceChildren(Object.assign(document.createElement("strong"), { textContent: words.trim() }));
    }
    [$("#rub-h"), $("#tab-rub")].forEach((line) => { line.textContent = line.textContent.replace(/\d+/, count); });
    if ($("#to-final")) $("#to-final").textContent = "";
  };

  /* The draft of the review in this tab: `sheet` is replaced when another review comes into the page. */
  let sheet = null, flying = 0;
  /* A draft belongs to one tab at a time. What comes back lets it go, and ends when it is gone. */
  const hold = (id) => new Promise((got) => {
    let release;
    const until = new Promise((resolve) => { release = resolve; });
    const gone = navigator.locks.request(id, { ifAvailable: true }, (lock) => { got(lock ? () => { release(); return gone; } : null); return lock ? until : null; });
  });
  const free = async (rows) => {
    const held = new Set((await navigator.locks.query()).held.map((lock) => lock.name));
    return rows.filter((row) => !held.has(row.id));
  };
  const keep = (mine, state) => {
    if (!mine?.id) return Promise.resolve();
    const { form } = mine, [version, window] = [Number(form.elements.version.value), form.elements.window.value];
    mine.state = state;
    mine.next = { account, review: mine.review, window, version: Math.max(version, mine.version || 0), edit: Number(form.elements.edit.value), state, fields: fieldsOf(form) };
    return (mine.writing ??= written(mine).finally(() => { mine.writing = null; }));
  };
  const written = async (mine) => {
    while (mine.next) {
      const draft = mine.next;
      mine.next = null;
      try { await kept.write(draft); root.dataset.keeps = ""; }
      catch { delete root.dataset.keeps; } // then the line does not say that it is kept
    }
  };
  const drop = async (mine) => { mine.next = null; await mine.writing; await kept.remove(mine.id); mine.state = "none"; };

  /* A review comes into the page. */
  const begin = async () => {
    Object.assign($("#status")?.dataset ?? {}, reader.dataset);
    const before = sheet, form = $("#review[data-review]");
    const mine = (sheet = form ? { form, review: form.dataset.review, kind: form.dataset.kind, state: "none" } : null);
    await before?.release?.();
    if (!mine || mine !== sheet) return;
    const rows = (await free(await kept.all(account))).filter((row) => row.review === mine.review);
    if (mine !== sheet) return;
    if (mine.kind === "closed") return tooLate(mine, rows);
    if (mine.kind === "clash") { await settle(mine, rows); return; }
    await adopt(mine, rows);
  };
  const take = async (mine, id) => { mine.release = await hold(id); mine.id = mine.release ? id : null; return Boolean(mine.id); };
  const another = () => [...crypto.getRandomValues(new Uint8Array(9))].map((one) => one.toString(16).padStart(2, "0")).join("");
  const ownWindow = async (mine) => {
    const { window } = mine.form.elements;
    if ("copy" in root.dataset) window.value = another(); // a copy gives the same one to each who opens it
    while (!(await take(mine, kept.idOf({ account, review: mine.review, window: window.value })))) window.value = another();
  };
  const adopt = async (mine, rows) => {
    const { form } = mine, isCopy = "copy" in root.dataset;
    for (const row of rows) {
      const fields = await kept.read(row).catch(() => null);
      const known = !fields || (row.state === "sent" && Number(form.elements.version.value) >= row.version);
      if (known && !isCopy && !mine.touched) { await kept.remove(row.id); continue; }
      if (!fields || mine.touched || mine.id || !(await take(mine, row.id))) continue;
      fill(form, fields);
      Object.entries({ version: row.version, window: row.window, edit: row.edit }).forEach(([name, value]) => { form.elements[name].value = value; });
      [mine.version, mine.state] = [row.version, row.state];
      showMarks(form);
      if (row.state !== "sent") { $("#t-rub").checked = true; say("kept"); send(mine); }
    }
    if (!mine.id) await ownWindow(mine);
    if (mine.touched) keep(mine, "kept");
  };
  /* Both versions stand on the page: what is typed here goes on as a draft of this window, until it is chosen. */
  const settle = async (mine, rows) => {
    await ownWindow(mine);
    await keep(mine, "decide");
    for (const row of rows) if (row.id !== mine.id) await kept.remove(row.id);
    say("conflict");
  };
  /* The review takes no marks any more: what was not sent is shown, and deleted only by hand. */
  const tooLate = async (mine, rows) => {
    for (const row of rows) {
      const fields = row.state === "sent" ? [] : await kept.read(row).catch(() => []), now = new Map(valuesOf(mine.form));
      const other = fields.filter(([name, value]) => value && now.get(name) !== value);
      if (!other.length) { await kept.remove(row.id); continue; }
      const note = $("#too-late").content.cloneNode(true), list = $("dl", note);
      for (const [name, value] of other) {
        const line = document.createElement("div"), [what, words] = ["dt", "dd"].map((tag) => line.appendChild(document.createElement(tag)));
        [what.textContent, words.textContent] = [labelOf(mine.form, name), value];
        list.append(line);
      }
      $("button", note).addEventListener("click", async () => { await kept.remove(row.id); location.reload(); });
      $("#clash").append(note);
    }
  };
  const valuesOf = (form) => [...form.elements].filter((one) => one.name && (!/radio|checkbox/.test(one.type) || one.checked)).map((one) => [one.name, one.value]);
  const labelOf = (form, name) => {
    const field = $(`[name="${CSS.escape(name)}"]`, form), criterion = field?.closest(".crit")?.querySelector("legend");
    return (name.startsWith("mark:") ? criterion : field?.labels?.[0])?.textContent || criterion?.textContent || name;
  };

  /* What htmx sends and what comes back. */
  const send = (mine) => { if (mine.form.isConnected) mine.form.dispatchEvent(new Event("change", { bubbles: true })); };
  const ours = (ctx) => sheet && ctx && [ctx.sourceElement, ctx.sourceElement?.form].includes(sheet.form) && sheet;
  const edited = (event) => {
    if (!sheet || event.target.form !== sheet.form) return;
    sheet.form.elements.edit.value = Number(sheet.form.elements.edit.value) + 1; // before htmx gathers what it sends
    if (!sheet.id) { sheet.touched = true; return; }
    keep(sheet, sheet.kind === "clash" || sheet.state === "decide" ? "decide" : "kept");
  };
  document.addEventListener("input", edited, true);
  document.addEventListener("change", edited, true);
  document.addEventListener("htmx:before:request", (event) => {
    const { ctx } = event.detail, mine = ours(ctx);
    if (!mine) return;
    /* While two versions wait for the juror nothing is tried again: the note must not move under the finger. */
    if (mine.state !== "decide" || ctx.sourceElement !== mine.form || !$("#clash").childElementCount) { flying += 1; return; }
    event.preventDefault();
    say("conflict");
  });
  document.addEventListener("htmx:finally:request", () => { flying = Math.max(0, flying - 1); });
  document.addEventListener("htmx:error", (event) => {
    const { ctx } = event.detail, mine = ours(ctx);
    if (!mine || !("keeps" in root.dataset)) return;
    const button = ctx.sourceElement;
    showMarks(mine.form);
    if (button.name === "final") return say("kept", $("#status").dataset.needs);
    if (button.type === "submit") Promise.resolve(mine.writing).then(() => location.assign(button.dataset.onwards));
  });
  document.addEventListener("htmx:after:request", (event) => {
    const { ctx } = event.detail, mine = ours(ctx);
    if (!mine?.id) return;
    const { status } = ctx.response, final = ctx.sourceElement.name === "final";
    if (status < 400) return arrived(mine, ctx, final);
    showMarks(mine.form);
    if (status === 409) keep(mine, "decide");
    else if ([400, 401, 403].includes(status)) renewed(mine.form.action).then((again) => again && send(mine));
  });
  const savedVersion = (answer) => { const found = /id="version" value="(\d+)"/.exec(answer); return found ? Number(found[1]) : null; };
  /* What the server has is what was sent: something typed meanwhile is still to come. */
  const arrived = (mine, ctx, final) => {
    const autosave = ctx.sourceElement === mine.form;
    if (autosave) mine.version = savedVersion(ctx.text) ?? mine.version;
    const same = alike(typed(ctx.request.body.entries()), fieldsOf(mine.form));
    if (final) drop(mine); else keep(mine, same ? "sent" : "kept");
    if (!autosave) kept.refresh(mine.form.action).catch(() => {});
  };

  /* The session may be over, or be another one: ask for the page, take its token; or ask to sign in. */
  let renewedAt = 0;
  const renewed = async (address) => {
    if (Date.now() - renewedAt < 5000) return false;
    renewedAt = Date.now();
    const answer = await fetch(address, { redirect: "manual" }).catch(() => null);
    if (!answer) return false;
    const page = answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
    const token = $("input[name=csrf_token]", page || document.createElement("i"))?.value;
    if (!token || $("meta[name=thinkia-account]", page)?.content !== account) { askToSignIn(); return false; }
    $$("input[name=csrf_token]").forEach((field) => { field.value = token; });
    const headers = page.body.getAttributeNames().find((name) => name.startsWith("data-hx-headers"));
    if (headers) document.body.setAttribute(headers, page.body.getAttribute(headers));
    $("#clash [data-signed-out]")?.remove();
    return true;
  };
  const askToSignIn = () => {
    const words = $("#sign-in-again"), place = $("#clash") || $("[data-waiting]");
    if (words && place && !$("[data-signed-out]")) { place.hidden = false; place.prepend(words.content.cloneNode(true)); }
    say("kept");
  };

  /* Drafts of other reviews, and of tabs that were closed: sent one by one, each by one tab alone. */
  const deliver = async (row, again = true) => {
    const release = await hold(row.id);
    if (!release) return;
    try {
      const current = (await kept.all(account)).find((one) => one.id === row.id);
      if (current?.state !== "kept") return;
      const token = $("input[name=csrf_token]")?.value || "";
      const body = new URLSearchParams([...(await kept.read(current)), ["version", current.version], ["window", current.window], ["edit", current.edit], ["csrf_token", token]]);
      const address = `/reviews/${current.review}`;
      const answer = await fetch(address, { method: "POST", body, redirect: "error", headers: { "HX-Request": "true", "HX-Request-Type": "partial" } });
      if (answer.ok) {
        const version = savedVersion(await answer.text()) ?? current.version;
        await kept.write({ ...current, fields: await kept.read(current), version, state: "sent" }); // a copy may still be older
        kept.refresh(address).catch(() => {});
      } else if ([404, 409, 422].includes(answer.status)) await kept.write({ ...current, fields: await kept.read(current), state: "decide" });
      else if ([400, 401, 403].includes(answer.status) && again && (await renewed(location.pathname))) { await release(); await deliver(row, false); }
    } catch { /* no connection: later */ } finally { await release(); }
  };
  let delivering = false;
  const deliverAll = async () => {
    if (delivering || kept.over() || !navigator.onLine) return;
    delivering = true;
    try { for (const row of await free(await kept.unsent(account))) if (row.state === "kept" && row.review !== sheet?.review) await deliver(row); }
    finally { delivering = false; }
    await desk();
  };
  const tick = () => {
    const state = $("#status")?.dataset.state;
    if (sheet?.id && sheet.kind === "open" && sheet.state === "kept" && !flying && !/refused|conflict/.test(state)) send(sheet);
    deliverAll();
  };
  const soon = () => setTimeout(tick, 400);
  window.addEventListener("online", soon);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) soon(); });
  setInterval(() => { if (navigator.onLine) tick(); }, EVERY);

  /* The choice between two versions. */
  document.addEventListener("click", async (event) => {
    const link = event.target.closest?.("a[data-keep-saved]");
    if (!link || !sheet?.id) return;
    event.preventDefault();
    await drop(sheet);
    location.assign(link.href);
  });
  document.addEventListener("submit", (event) => {
    if (event.target === sheet?.form && sheet.kind === "clash") keep(sheet, "kept");
    if (event.target.action?.endsWith("/signature") && !navigator.onLine) { event.preventDefault(); say("kept", $("#status").dataset.needs); }
  });

  /* The desk: what is downloaded, what waits. */
  const reviewLinks = () => $$(".tasks a[href^='/reviews/']");
  const desk = async () => {
    const box = $("[data-waiting]"), rows = box ? await kept.unsent(account) : [];
    if (!box) return;
    const items = rows.flatMap((row) => {
      const link = reviewLinks().find((one) => one.pathname === `/reviews/${row.review}`);
      const item = Object.assign(document.createElement("li"), { textContent: ` ${box.dataset[row.state]}` });
      item.prepend(Object.assign(document.createElement("a"), { href: `/reviews/${row.review}`, textContent: link?.textContent || row.review }));
      return item;
    });
    $("ul", box).replaceChildren(...items);
    box.hidden = !items.length && !$("[data-signed-out]", box);
    const copies = $("[data-copies]"), since = await kept.since(account);
    if (!copies) return; // nothing to read: nothing to copy
    copies.hidden = !kept.caching;
    $("[data-since]", copies).textContent = since ? copies.dataset.since.replace("{time}", since.toLocaleString(root.lang, { dateStyle: "medium", timeStyle: "short" })) : "";
    $("[data-remove]", copies).hidden = !since;
  };
  const download = async (box) => {
    const pages = [location.pathname, ...new Set(reviewLinks().map((link) => link.pathname))], button = $("[data-download]", box);
    button.disabled = true;
    try {
      await kept.download(account, pages, ["/reviews/", location.pathname], (count) => say("saving", box.dataset.doing.replace("{n}", Math.max(0, count - 1)).replace("{all}", pages.length - 1)));
      say("saved", box.dataset.done.replace("{n}", pages.length - 1));
    } catch { say("failed", box.dataset.failed); }
    button.disabled = false;
    await desk();
  };
  document.addEventListener("click", (event) => {
    const box = event.target.closest?.("[data-copies]");
    if (box && event.target.closest("[data-download]")) download(box);
    if (box && event.target.closest("[data-remove]")) kept.forgetPages().then(() => { say("saved", box.dataset.removed); desk(); });
  });

  document.addEventListener("htmx:after:swap", (event) => { if (event.detail?.ctx?.target === document.body) begin(); });
  const start = async () => {
    if (!(await kept.ready())) return;
    root.dataset.keeps = "";
    kept.forgetPages(account).catch(() => {});
    await begin();
    root.dataset.kept = "ready";
    tick();
    desk();
  };
  start();
})();
