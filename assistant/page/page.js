// What the page does by itself. Everything that can be pressed says in data-act what it does: some acts are done here,
// the others are sent on as an event "dateline:<act>", for which a component of the page listens.
(() => {
  const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
  const behavior = () => (calm() ? "auto" : "smooth");
  const one = (selector) => document.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const question = () => one("#dl-question textarea");
  let meant = null; // what is done when the dialog is answered with yes
  let editing = null; // the key of the question that is being put otherwise

  const send = (act, detail) => document.dispatchEvent(new CustomEvent(`dateline:${act}`, { detail }));

  function tell(words) {
    const toast = one("#dl-toast");
    toast.textContent = words;
    clearTimeout(tell.timer);
    tell.timer = setTimeout(() => (toast.textContent = ""), 2500);
  }

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // No clipboard without a secure context: the older way.
      const field = Object.assign(document.createElement("textarea"), { value: text, className: "dl-unseen" });
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
    }
    tell("Copied");
  }

  function save({ name, type, text }) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    tell(`Saved ${name}`);
  }

  // ---- markers and their passages

  const unlight = () => all(".dl-lit").forEach((lit) => lit.classList.remove("dl-lit"));
  const passageOf = (marker) => document.getElementById(marker.getAttribute("href").slice(1));

  function light(passage) {
    unlight();
    passage.classList.add("dl-lit");
    all(`.dl-marker[href="#${CSS.escape(passage.id)}"]`).forEach((found) => found.classList.add("dl-lit"));
  }

  function show(passage) {
    const shown = passage.closest(".dl-turn");
    for (const turn of all(".dl-turn")) turn.hidden = turn !== shown;
    light(passage);
    passage.focus({ preventScroll: true });
    passage.scrollIntoView({ block: "center", behavior: behavior() });
  }

  function step(by) {
    const passages = all(".dl-turn:not([hidden]) .dl-cite");
    if (!passages.length) return;
    const at = passages.findIndex((passage) => passage.classList.contains("dl-lit") || passage === document.activeElement);
    show(passages[Math.min(Math.max(at < 0 ? 0 : at + by, 0), passages.length - 1)]);
  }

  function look(event) {
    const marker = event.target.closest?.(".dl-marker");
    const passage = marker ? passageOf(marker) : event.target.closest?.(".dl-cite[id]");
    if (passage) light(passage);
  }

  // ---- forms that are hidden until they are wanted

  function edit(place) {
    const form = place?.querySelector(".dl-edit");
    if (!form) return;
    all("details.dl-more[open]").forEach((menu) => (menu.open = false));
    form.hidden = false;
    editing = form.dataset.key ?? null;
    const field = form.querySelector("textarea, input");
    field.value = field.defaultValue;
    field.focus();
    field.select();
  }

  function unedit(form) {
    form.hidden = true;
    editing = null;
    form.parentElement.querySelector('[data-act="unhide"], summary')?.focus();
  }

  const tabs = ["ask", "said", "coverage", "archive"];
  const turnTo = (tab) => one(`#dl-tabs [data-tab-id="${tab}"]`)?.click();

  const acts = {
    copy: ({ text }) => copy(text),
    help: () => one("#dl-help").showModal(),
    close: (_, pressed) => pressed.closest("dialog").close(),
    confirmed: (_, pressed) => {
      pressed.closest("dialog").close();
      meant?.();
    },
    unhide: (_, pressed) => edit(pressed.closest(".dl-said, .dl-kept")),
    unedit: (_, pressed) => unedit(pressed.closest(".dl-edit")),
    tab: ({ tab }) => turnTo(tab),
    shelf() {
      turnTo("ask");
      if (one("#dl-desk").classList.toggle("dl-shelf-open")) one("#dl-search :is(input, textarea)").focus();
    },
  };

  function act(pressed, more = {}) {
    const { act: name, confirm, ...given } = { ...pressed.dataset, ...more };
    const done = () => {
      if (acts[name]) return acts[name](given, pressed);
      send(name, given);
      if (["ask", "again", "edit", "open"].includes(name)) {
        one("#dl-desk").classList.remove("dl-shelf-open");
        if (matchMedia("(min-width: 768px)").matches) question()?.focus({ preventScroll: true });
      }
    };
    if (pressed.closest(".dl-menu")) pressed.closest("details").open = false;
    if (!confirm) return done();
    meant = done;
    one("#dl-confirm-words").textContent = confirm;
    one("#dl-confirm").showModal();
  }

  document.addEventListener(
    "click",
    (event) => {
      if (!(event.target instanceof Element)) return;
      if (!event.target.closest("#dl-side, dialog, [data-act=shelf]")) one("#dl-desk").classList.remove("dl-shelf-open");
      const marker = event.target.closest(".dl-marker");
      const pressed = event.target.closest("[data-act]:not(form)");
      if (!marker && !pressed) return;
      event.preventDefault();
      event.stopPropagation();
      if (pressed) act(pressed);
      else if (passageOf(marker)) show(passageOf(marker));
    },
    true,
  );
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-act]");
    if (!form) return;
    event.preventDefault();
    act(form, Object.fromEntries(new FormData(form)));
    form.hidden = true;
    editing = null;
  });
  document.addEventListener("mouseover", look);
  document.addEventListener("focusin", look);
  document.addEventListener("visibilitychange", () => document.hidden || send("refresh", {}));

  // ---- keys

  const keys = {
    "/": () => question()?.focus(),
    "?": acts.help,
    j: () => step(1),
    k: () => step(-1),
  };

  document.addEventListener(
    "keydown",
    (event) => {
      const field = event.target.closest?.("input, textarea, select, [contenteditable]");
      const form = event.target.closest?.(".dl-edit");
      if (event.key === "Escape") return escape(form);
      if (form && event.key === "Enter" && !event.shiftKey && field) {
        event.preventDefault();
        return form.requestSubmit();
      }
      if (event.altKey && /^Digit[1-4]$/.test(event.code)) {
        event.preventDefault();
        return turnTo(tabs[Number(event.code.slice(5)) - 1]);
      }
      if (event.altKey && event.code === "KeyN") {
        event.preventDefault();
        return one("#dl-new")?.click();
      }
      if (event.key === "ArrowUp" && field === question() && !field?.value) {
        event.preventDefault();
        return edit(all(".dl-said").at(-1));
      }
      if (field || event.ctrlKey || event.metaKey || event.altKey || one("dialog[open]") || !keys[event.key]) return;
      event.preventDefault();
      keys[event.key]();
    },
    true,
  );

  function escape(form) {
    if (one("dialog[open]")) return; // the dialog closes itself
    const menu = one("details.dl-more[open]");
    if (form) unedit(form);
    else if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    } else if (one("[data-busy]")) send("stop", {});
    else {
      one("#dl-desk").classList.remove("dl-shelf-open");
      unlight();
    }
  }

  // ---- what components call when they have changed

  let before = "";
  let following = false; // the last question is kept in sight while its answer grows, until the reader looks elsewhere
  for (const kind of ["wheel", "touchmove", "pointerdown", "keydown"])
    document.addEventListener(kind, ({ target }) => { if (target.closest?.("#dl-chat")) following = false; }, { passive: true });
  window.dateline = {
    save,
    // Not Gradio's autofocus, which takes the focus back whenever the field is updated.
    begin(tries = 100) {
      if (document.activeElement !== document.body) return;
      if (question()) question().focus({ preventScroll: true });
      else if (tries) requestAnimationFrame(() => window.dateline.begin(tries - 1));
    },
    reader() {
      const dialog = one("#dl-reader dialog");
      if (!dialog.open) dialog.showModal();
      one("#dl-reader-at")?.scrollIntoView({ block: "center" });
    },
    thread() {
      const shown = one(".dl-thread");
      const conversation = shown?.dataset.conversation ?? "";
      const hash = conversation ? `#conversation-${conversation}` : " ";
      if (location.hash !== hash.trim()) history.replaceState(null, "", hash.trim() || location.pathname);
      const now = `${conversation}/${all(".dl-said").length}`;
      const last = all(".dl-said").at(-1);
      const frame = one("#dl-chat");
      following ||= now !== before;
      if (following && last) frame.scrollTo({ top: frame.scrollTop + last.getBoundingClientRect().top - frame.getBoundingClientRect().top, behavior: behavior() });
      if (now !== before) one("#dl-right").scrollTop = 0;
      before = now;
      const form = editing && one(`.dl-edit[data-key="${editing}"]`);
      if (form?.hidden) {
        form.hidden = false; // an answer has grown meanwhile
        form.querySelector("textarea").focus();
      }
    },
  };
})();
