// Draws the API's OpenAPI document with Swagger UI, from our own files only.
const place = document.getElementById("api-docs");

window.SwaggerUIBundle({
  url: place.dataset.schema,
  domNode: place,
  // Deep links would stand inside buttons, where neither keyboard nor screen reader finds them.
  deepLinking: false,
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  validatorUrl: null,
});
