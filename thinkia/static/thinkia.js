/* What scripts add to pages that work without them: a saved line, counters, a question before a
   hard act, kept positions, keys. Words come from the page (data-*), never from here. */
(() => {
  "use strict";
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const on = (name, run, root = document) => root.addEventListener(name, run);

  /* Saved, saving, not saved: one live region. What could not be saved is tried again. */
  const unsaved = new Set();
  const owner = (ctx) => { const at = ctx?.sourceElement; return at?.closest?.("[data-autosave]") || at?.form?.closest("[data-autosave]"); };
  const say = (state, time) => {
    const line = $("#status");
    if (!line) return;
    if (state === "failed" && "keeps" in document.documentElement.dataset) state = "kept"; // a juror's page keeps drafts
    const words = (line.dataset[state] || "").replace("{time}", time || "");
    line.dataset.state = state;
    line.replaceChildren(Object.assign(document.createElement("span"), { textContent: words }));
  };
  const clock = () => new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hour12: false });
  on("input", (event) => { const form = event.target.closest?.("[data-autosave]"); if (form) unsaved.add(form); });
  on("htmx:before:request", (event) => { if (owner(event.detail.ctx)) say("saving"); });
  on("htmx:after:request", (event) => {
    const form = owner(event.detail.ctx), answer = event.detail.ctx?.response;
    if (!form || !answer) return;
    if (answer.status < 400) { unsaved.delete(form); say("saved", answer.headers?.get("X-Saved-At") || clock()); }
    else { unsaved.add(form); say(answer.status === 409 ? "conflict" : answer.status === 422 ? "refused" : "failed"); }
  });
  on("htmx:error", (event) => { const form = owner(event.detail.ctx); if (form) { unsaved.add(form); say("failed"); } });
  const again = () => unsaved.forEach((form) => { if (form.isConnected) form.dispatchEvent(new Event("change", { bubbles: true })); });
  window.addEventListener("online", again);
  setInterval(() => { if ($("#status")?.dataset.state === "failed" && navigator.onLine) again(); }, 20000);
  window.addEventListener("beforeunload", (event) => { if (unsaved.size && /failed|conflict|refused/.test($("#status")?.dataset.state)) event.preventDefault(); });
  on("submit", (event) => unsaved.delete(event.target));

  /* Leaving by a link while something is on its way: it arrives first. What cannot arrive is asked about above. */
  const dirty = () => [...unsaved].some((form) => form.isConnected);
  on("click", (event) => {
    const link = event.target.closest?.("a[href]");
    const plain = link && !event.defaultPrevented && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;
    if (!plain || link.target || link.hasAttribute("download") || link.getAttribute("href").startsWith("#")) return;
    const stuck = () => /failed|kept|conflict|refused/.test($("#status")?.dataset.state);
    if (!dirty() || stuck()) return;
    event.preventDefault();
    again();
    const until = Date.now() + 4000;
    const go = () => { if (dirty() && !stuck() && Date.now() < until) setTimeout(go, 50); else location.assign(link.href); };
    go();
  });

  /* How many characters or words are left. */
  const count = (line) => {
    const field = document.getElementById(line.dataset.for);
    if (!field) return;
    const text = field.value.trim();
    const used = line.dataset.count === "words" ? (text ? text.split(/\s+/u).length : 0) : [...field.value.replace(/\r\n/g, "\n")].length;
    const left = Number(line.dataset.max) - used;
    line.toggleAttribute("data-over", left < 0);
    line.textContent = (left < 0 ? line.dataset.overBy : line.dataset.left).replace("{n}", Math.abs(left).toLocaleString(document.documentElement.lang));
  };
  on("input", (event) => { const line = event.target.id && $(`[data-count][data-for="${CSS.escape(event.target.id)}"]`); if (line) count(line); });

  /* Who changes the language keeps what was typed: it goes to this page in the other language, once, and never a passphrase. */
  const TYPED = "thinkia.typed";
  const fields = () => $$("main form[method=post] :is(input, textarea, select)").filter((field) => field.name && !/password|hidden|file|submit/.test(field.type));
  on("click", (event) => {
    const link = event.target.closest?.(".site a[hreflang]");
    if (!link) return;
    const typed = fields().map((field) => [field.name, field.value, field.checked ?? null]);
    try { sessionStorage.setItem(TYPED, JSON.stringify({ path: new URL(link.href).pathname, typed })); } catch { /* private window */ }
    unsaved.clear();
  });
  const retype = () => {
    let kept = null;
    try { kept = JSON.parse(sessionStorage.getItem(TYPED)); sessionStorage.removeItem(TYPED); } catch { /* private window */ }
    const now = fields();
    if (!kept || kept.path !== location.pathname || kept.typed.length !== now.length) return;
    now.forEach((field, at) => {
      const [name, value, checked] = kept.typed[at];
      if (field.name !== name) return;
      if (/checkbox|radio/.test(field.type)) { if (field.value === value) field.checked = checked; } else field.value = value;
    });
  };

  /* Signing out where a juror's drafts are kept: what was not sent is said first, then all is deleted. */
  on("submit", (event) => {
    const form = event.target;
    if (!form.dataset?.leave || form.dataset.left || !window.indexedDB) return;
    event.preventDefault();
    const go = (may) => { if (may) { form.dataset.left = "1"; form.requestSubmit(); } };
    const found = indexedDB.databases ? indexedDB.databases() : Promise.resolve([{ name: "thinkia-jury" }]);
    found.then(async (all) => !all.some((one) => one.name === "thinkia-jury") || (await import(form.dataset.leave), window.thinkiaKept.leave(form))).catch(() => true).then(go);
  });

  /* A question before an act that is hard to undo. */
  on("submit", (event) => {
    const form = event.target, dialog = $("#confirm");
    if (!form.dataset?.confirm || form.dataset.confirmed || !dialog?.showModal) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    $("#confirm-text").textContent = form.dataset.confirm;
    const yes = $("[data-yes]", dialog);
    if (form.dataset.confirmDo) yes.textContent = form.dataset.confirmDo;
    dialog.returnValue = "";
    dialog.addEventListener("close", () => {
      if (dialog.returnValue !== "yes") return;
      form.dataset.confirmed = "1";
      form.requestSubmit(event.submitter || undefined);
      delete form.dataset.confirmed;
    }, { once: true });
    dialog.showModal();
  }, window);

  on("click", (event) => {
    const at = event.target.closest?.("[data-open], [data-reveal], [data-copy]");
    if (at?.dataset.open) { const dialog = document.getElementById(at.dataset.open); if (dialog?.showModal) { event.preventDefault(); dialog.showModal(); } }
    if (at?.dataset.reveal) {
      const field = document.getElementById(at.dataset.reveal), shown = field.type === "text";
      field.type = shown ? "password" : "text";
      [at.textContent, at.dataset.hide] = [at.dataset.hide, at.textContent];
    }
    if (at?.dataset.copy) { const from = $(at.dataset.copy); navigator.clipboard?.writeText((from.value ?? from.textContent).trim()).then(() => { at.textContent = at.dataset.copied; }); }
    $$("details.menu[open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  });

  /* Two panes on a phone: each keeps its place while the other is read. */
  const places = {};
  on("change", (event) => {
    if (!event.target.matches?.(".tabset input")) return;
    const set = event.target.closest(".tabset");
    places[set.dataset.at || set.dataset.first] = window.scrollY;
    set.dataset.at = event.target.id;
    window.scrollTo(0, places[event.target.id] || 0);
  });

  /* Keys: n, p, 1-5, ?. They can be turned off, and never act while somebody types. */
  const off = () => { try { return localStorage.getItem("thinkia.keys") === "off"; } catch { return false; } };
  const digit = (key) => {
    /* The criterion in hand while it has no mark, then the next one without; once all have theirs, the one in hand. */
    const open = (criterion) => $("[data-key]", criterion) && !$(":checked", criterion);
    const here = document.activeElement?.closest?.(".crit");
    const criterion = here && open(here) ? here : $$(".crit").find(open) || here;
    const radio = criterion && $$('input[type="radio"]', criterion).find((option) => option.dataset.key === key);
    if (radio) { radio.click(); radio.focus(); }
    return Boolean(radio);
  };
  on("keydown", (event) => {
    if (event.key === "Escape") $$("details.menu[open]").forEach((menu) => { menu.open = false; $("summary", menu).focus(); });
    if (!document.body.hasAttribute("data-keys") || off() || event.ctrlKey || event.metaKey || event.altKey || $("dialog[open]")) return;
    if (event.target.matches?.('textarea, select, input:not([type="radio"], [type="checkbox"])')) return;
    if (/^\d$/.test(event.key) && digit(event.key)) return event.preventDefault();
    const target = $(`:is(a, button)[data-key="${CSS.escape(event.key)}"]`);
    if (target) { event.preventDefault(); target.click(); }
  });
  on("change", (event) => { if (event.target.matches?.("[data-keys-toggle]")) try { localStorage.setItem("thinkia.keys", event.target.checked ? "on" : "off"); } catch { /* private window */ } });

  /* What is on the page now, and what htmx brings later. */
  const dress = (root = document) => {
    $$("[data-count]", root).forEach(count);
    $$("[data-reveal], [data-copy], [data-open]", root).forEach((button) => { button.hidden = false; });
    $$("[data-keys-toggle]", root).forEach((box) => { box.checked = !off(); });
    $$(".tabset", root).forEach((set) => { set.dataset.first = $("input:checked", set)?.id || ""; });
    $("[data-focus]", root)?.focus();
  };
  on("htmx:after:swap", (event) => {
    if (event.detail?.ctx?.target !== document.body) return dress(event.target instanceof Element ? event.target : document);
    unsaved.clear();
    window.scrollTo(0, 0);
    $("#content")?.focus({ preventScroll: true });
    dress();
  });
  if (document.readyState === "loading") on("DOMContentLoaded", () => { retype(); dress(); }); else { retype(); dress(); }
})();
