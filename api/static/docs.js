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
    // The page has its own first heading, and the groups of operations are headings of level 3.
    onComplete: () => document.querySelector("#docs h1")?.setAttribute("aria-level", "2"),
  });
});
