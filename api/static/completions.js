"use strict";
// Completions under the search box: the editable combobox with list autocomplete of the WAI-ARIA
// Authoring Practices. Without this file the box is a plain form. Its words come with the page, in
// the page's language. Everything that comes from the server is shown by textContent, never as
// markup.
(() => {
  const input = document.getElementById("q");
  if (!input) return;
  const { root } = document.body.dataset; // path below which the site is shown
  const counts = input.dataset.counts.split("|"); // "0 completions", "1 completion", …
  const WAIT_MS = 120; // between the last key and the question to the server
  const list = document.createElement("ul");
  const status = document.createElement("div");
  list.id = "q-list";
  list.className = "completions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.dataset.completions);
  status.className = "hidden";
  status.setAttribute("role", "status");
  input.after(list, status);
  for (const [name, value] of [
    ["role", "combobox"],
    ["aria-autocomplete", "list"],
    ["aria-expanded", "false"],
    ["aria-controls", list.id],
  ]) input.setAttribute(name, value);

  let options = []; // of the open list: {text, kind, article_id}
  let active = -1;
  let typed = input.value;
  let timer = 0;
  let asked = new AbortController();

  function close() {
    clearTimeout(timer);
    asked.abort();
    list.hidden = true;
    leaveList();
    input.setAttribute("aria-expanded", "false");
    status.textContent = ""; // a count that is said again must have changed
  }

  // Back from an option to the text, which stays as it is.
  function leaveList() {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = -1;
    input.removeAttribute("aria-activedescendant");
  }

  function show(found) {
    options = found;
    list.replaceChildren(...found.map((option, n) => {
      const item = document.createElement("li");
      const text = document.createElement("span");
      const kind = document.createElement("span");
      item.id = `q-option-${n}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      text.textContent = option.text;
      kind.textContent =
        { headline: input.dataset.headline, question: input.dataset.question }[option.kind] || "";
      text.dir = "auto"; // archives mix languages
      kind.className = "kind";
      item.append(text, kind);
      item.addEventListener("pointerdown", (event) => event.preventDefault()); // keep the focus
      item.addEventListener("click", () => choose(n));
      return item;
    }));
    leaveList();
    if (!found.length) {
      const wasOpen = !list.hidden;
      close();
      if (wasOpen) status.textContent = counts[0];
      return;
    }
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    status.textContent = counts[found.length] || "";
  }

  function select(n) {
    leaveList();
    active = n;
    const item = list.children[n];
    if (item) {
      item.setAttribute("aria-selected", "true");
      item.scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", item.id);
      input.value = options[n].text;
    } else {
      input.value = typed;
    }
  }

  function choose(n) {
    const { text, article_id: id } = options[n];
    close();
    if (id) {
      location.href = `${root}/articles/${encodeURIComponent(id)}`;
    } else {
      input.value = text;
      input.form.submit();
    }
  }

  async function ask(text) {
    asked.abort();
    asked = new AbortController();
    const { signal } = asked;
    try {
      const answer = await fetch(`${root}/v1/suggest?limit=8&q=${encodeURIComponent(text)}`, { signal });
      const found = answer.ok ? (await answer.json()).suggestions : [];
      if (!signal.aborted && document.activeElement === input) show(found);
    } catch (error) {
      if (error.name !== "AbortError") close(); // no completions is no reason to trouble anyone
    }
  }

  input.addEventListener("input", () => {
    typed = input.value;
    leaveList();
    clearTimeout(timer);
    const text = typed.trim();
    if (text.length < 2 || text.length > 100) return close();
    timer = setTimeout(ask, WAIT_MS, text);
  });

  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const open = !list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (event.altKey && event.key === "ArrowUp") return close();
      if (!open) return void (typed.trim().length > 1 && ask(typed.trim()));
      if (event.altKey) return; // opens the list, and stays in the text
      const step = event.key === "ArrowDown" ? 1 : -1;
      const places = options.length + 1; // the text as typed is one of them
      select(((active + 1 + step + places) % places) - 1);
    } else if (event.key === "Enter" && open && active >= 0) {
      event.preventDefault();
      choose(active);
    } else if (event.key === "Escape") {
      event.preventDefault(); // some browsers clear the box themselves, at once
      typed = open ? typed : "";
      input.value = typed;
      close();
    } else if (["Home", "End", "ArrowLeft", "ArrowRight"].includes(event.key)) {
      typed = input.value; // the option's text is edited now, by the browser
      leaveList();
    } else if (event.key === "Tab" || event.key === "Enter") {
      close();
    }
  });

  input.addEventListener("blur", close);

  // "/" leads to the box from anywhere that nobody types in.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
})();
