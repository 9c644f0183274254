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
  const status = document.createElement("p");
  status.className = "unseen";
  status.setAttribute("role", "status");
  form.after(status);
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
      status.textContent = [...found.querySelectorAll(".tabs a")].map((tab) => tab.textContent).join(", ");
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

// How adding goes on.
async function follow() {
  const running = document.querySelector("#progress[data-running]");
  if (!running) return;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = page.getElementById("progress");
    if (next) {
      running.replaceWith(document.adoptNode(next));
      document.title = page.title;
    }
  } catch { /* The desk may be busy; it is asked again. */ }
  setTimeout(follow, 500);
}
follow();

// Files may be dropped.
for (const place of document.querySelectorAll("[data-drop]")) {
  const input = place.querySelector("input[type=file]");
  for (const type of ["dragover", "dragleave", "drop"]) {
    place.addEventListener(type, (event) => {
      event.preventDefault();
      place.classList.toggle("over", type === "dragover");
      if (type === "drop" && event.dataTransfer.files.length) input.files = event.dataTransfer.files;
    });
  }
}

// Drawings are made larger and moved.
for (const place of document.querySelectorAll("[data-zoom]")) {
  const svg = place.querySelector("svg.plot");
  if (!svg) continue;
  const whole = svg.getAttribute("viewBox");
  const [left, top, width, height] = whole.split(" ").map(Number);
  let view = { x: left, y: top, scale: 1 };
  const show = () => svg.setAttribute("viewBox", `${view.x} ${view.y} ${width / view.scale} ${height / view.scale}`);
  const zoom = (factor) => {
    const scale = Math.min(8, Math.max(1, view.scale * factor));
    view.x += (width / view.scale - width / scale) / 2;
    view.y += (height / view.scale - height / scale) / 2;
    view.scale = scale;
    svg.classList.toggle("zoomed", scale > 1);
    if (scale === 1) view = { x: left, y: top, scale: 1 };
    show();
  };
  const bar = document.createElement("div");
  bar.className = "zoom";
  for (const [label, factor] of [["Larger", 1.5], ["Smaller", 1 / 1.5], ["Whole", 0]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.addEventListener("click", () => zoom(factor));
    bar.append(button);
  }
  place.querySelector(".scroll").before(bar);
  let from;
  svg.addEventListener("pointerdown", (event) => {
    if (view.scale > 1 && !event.target.closest("a")) from = { x: event.clientX, y: event.clientY };
  });
  addEventListener("pointermove", (event) => {
    if (!from) return;
    const unit = width / view.scale / svg.clientWidth;
    view.x -= (event.clientX - from.x) * unit;
    view.y -= (event.clientY - from.y) * unit;
    from = { x: event.clientX, y: event.clientY };
    show();
  });
  addEventListener("pointerup", () => { from = undefined; });
}
