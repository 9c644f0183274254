// What a browser does beyond showing pages. Everything works without it.
"use strict";

// Statements: the words, the source, the cue and the note in the margin light up together.
for (const part of document.querySelectorAll("[data-s]")) {
  const all = () => document.querySelectorAll(`[data-s="${Number(part.dataset.s)}"]`);
  const light = (on) => all().forEach((other) => other.classList.toggle("lit", on));
  for (const type of ["mouseenter", "focusin"]) part.addEventListener(type, () => light(true));
  for (const type of ["mouseleave", "focusout"]) part.addEventListener(type, () => light(false));
}

// Citations are copied by a button.
function offerCopies(root) {
  for (const citation of root.querySelectorAll(".cite")) {
    const text = citation.querySelector(".citation");
    if (!text || citation.querySelector("button")) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "plain";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(text.textContent);
        button.textContent = "Copied";
      } catch {
        getSelection().selectAllChildren(text);
        button.textContent = "Selected: copy it";
      }
    });
    citation.append(button);
  }
}
offerCopies(document);

// The search goes on while its words are typed. The address follows, so that it can be kept.
for (const form of document.querySelectorAll("form[data-live]")) {
  const words = form.querySelector("input[type=search]");
  let asked = 0;
  let timer;
  words.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const number = ++asked;
      const fields = [...new FormData(form)].filter(([, value]) => value !== "");
      const url = `${form.action}?${new URLSearchParams(fields)}`;
      let page;
      try {
        const answer = await fetch(url, { headers: { Accept: "text/html" } });
        if (!answer.ok) return;
        page = new DOMParser().parseFromString(await answer.text(), "text/html");
      } catch {
        return;
      }
      const [old, found] = [document, page].map((where) => where.getElementById(form.dataset.live));
      if (number !== asked || !old || !found) return;
      old.replaceWith(document.adoptNode(found));
      offerCopies(found);
      history.replaceState(null, "", url);
      document.title = page.title;
      document.querySelector(".welcome")?.remove();
    }, 250);
  });
}

// Names are suggested while they are typed.
for (const input of document.querySelectorAll("input[data-suggest]")) {
  const list = document.createElement("datalist");
  list.id = `names-${input.name}`;
  input.after(list);
  input.setAttribute("list", list.id);
  let timer;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      if (input.value.trim().length < 2) return;
      try {
        const answer = await fetch(`/actors.json?${new URLSearchParams({ name: input.value })}`);
        if (!answer.ok) return;
        const names = (await answer.json()).actors;
        list.replaceChildren(...names.map((one) => {
          const option = document.createElement("option");
          option.value = `${one.name} #${one.id}`;
          option.label = one.country ? `${one.kind}, ${one.country}` : one.kind;
          return option;
        }));
      } catch { /* Without suggestions it is typed to its end. */ }
    }, 150);
  });
}
