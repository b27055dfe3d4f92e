// Apart from the page, for its policy runs no script of its own. Nothing is asked of other hosts.
window.addEventListener("load", () => {
  SwaggerUIBundle({
    url: "/openapi.json",
    dom_id: "#swagger-ui",
    deepLinking: true,
    docExpansion: "none",
    defaultModelsExpandDepth: 0,
    persistAuthorization: false,
    validatorUrl: null,
    displayRequestDuration: true,
  });
});
