"use strict";

window.addEventListener("load", () => {
    window.SwaggerUIBundle({
        url: "../v3/api-docs",
        dom_id: "#api",
        deepLinking: true,
        // the validator is a service on the web
        validatorUrl: null,
    });
});
