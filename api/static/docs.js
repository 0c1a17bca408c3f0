"use strict";
// The description of the HTTP API, shown by Swagger UI from files of this server only.
addEventListener("DOMContentLoaded", () => {
  SwaggerUIBundle({
    url: `${document.body.dataset.root}/openapi.json`,
    dom_id: "#docs",
    deepLinking: false, // a link within the button of each operation is none for a screen reader
    defaultModelsExpandDepth: 0,
    presets: [SwaggerUIBundle.presets.apis],
    validatorUrl: null,
    onComplete: () => {
      // The page has its own first heading, and the groups of operations are headings of level 3.
      document.querySelector("#docs h1")?.setAttribute("aria-level", "2");
      openOperation();
    },
  });
  // Without its links each operation still has an address: #/Search/search, as Swagger UI writes it.
  document.querySelector("#docs").addEventListener("click", event => {
    const operation = event.target.closest(".opblock-summary")?.closest(".opblock");
    if (operation) history.replaceState(null, "", `#/${operationPath(operation)}`);
  });
  addEventListener("hashchange", openOperation);
});

function operationPath(operation) {
  const tag = operation.closest(".opblock-tag-section").querySelector("[data-tag]").dataset.tag;
  return [tag, operation.id.slice(`operations-${tag}-`.length)].map(encodeURIComponent).join("/");
}

function openOperation() {
  const path = location.hash.slice(2);
  const operation = [...document.querySelectorAll("#docs .opblock")].find(
    one => operationPath(one) === path
  );
  if (!operation) return;
  if (!operation.classList.contains("is-open")) {
    operation.querySelector(".opblock-summary-control").click();
  }
  operation.scrollIntoView();
}
