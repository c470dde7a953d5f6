"use strict";
// Everything here is convenience: without it the report is complete and readable.
(() => {
  for (const element of document.querySelectorAll("[data-needs-script]")) element.hidden = false;

  const root = document.documentElement;
  const dark = () => root.dataset.theme
    ? root.dataset.theme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
  document.getElementById("theme").addEventListener("click", () => {
    root.dataset.theme = dark() ? "light" : "dark";
  });
  document.getElementById("print").addEventListener("click", () => print());

  // On paper every endpoint is written out; afterwards the page is as it was.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    for (const element of opened) element.open = true;
  });
  addEventListener("afterprint", () => {
    for (const element of opened) element.open = false;
  });

  // A link to an endpoint opens it.
  const openTarget = () => {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (target instanceof HTMLDetailsElement) target.open = true;
  };
  addEventListener("hashchange", openTarget);
  openTarget();

  const sortValue = (cell) => cell.dataset.value === undefined ? cell.textContent.trim() : Number(cell.dataset.value);
  const compare = (a, b) => typeof a === "number" ? a - b : a.localeCompare(b, root.lang, { numeric: true });
  for (const table of document.querySelectorAll("table.sortable")) {
    const body = table.tBodies[0];
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const descending = head.getAttribute("aria-sort") === "ascending" ||
          (!head.hasAttribute("aria-sort") && head.classList.contains("number"));
        for (const other of heads) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", descending ? "descending" : "ascending");
        const rows = [...body.rows];
        rows.sort((a, b) => compare(sortValue(a.cells[column]), sortValue(b.cells[column])) * (descending ? -1 : 1));
        body.append(...rows);
      });
    });
  }

  const filter = document.getElementById("table-filter");
  const verdict = document.getElementById("table-verdict");
  if (filter && verdict) {
    const apply = () => {
      const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
      for (const row of document.querySelectorAll("#endpoint-table tbody tr")) {
        const text = row.textContent.toLowerCase();
        const fits = words.every((word) => text.includes(word));
        row.hidden = !fits || (verdict.value !== "" && row.dataset.verdict !== verdict.value);
      }
    };
    filter.addEventListener("input", apply);
    verdict.addEventListener("change", apply);
  }

  for (const button of document.querySelectorAll("button.copy")) {
    const label = button.textContent;
    button.addEventListener("click", async () => {
      const code = button.parentElement.querySelector("code");
      try {
        await navigator.clipboard.writeText(code.textContent);
        button.textContent = button.dataset.done;
        setTimeout(() => { button.textContent = label; }, 1500);
      } catch {
        getSelection().selectAllChildren(code);
      }
    });
  }
})();
