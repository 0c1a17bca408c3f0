"use strict";
// The description of the HTTP API, shown by Swagger UI from files of this server only.
addEventListener("DOMContentLoaded", () => {
  SwaggerUIBundle({
    url: `${document.body.dataset.root}/openapi.json`,
    dom_id: "#docs",
    deepLinking: true,
    defaultModelsExpandDepth: 0,
    presets: [SwaggerUIBundle.presets.apis],
    validatorUrl: null,
  });
});
