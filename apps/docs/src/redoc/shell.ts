import type { Contract, Operation } from "@partner-qualifications/spec/model";
import { html, raw } from "hono/html";
import { anchorOf, pageOf } from "./contract.ts";

/** The page's own files and nothing else. The hash is that of the empty element which Redoc fills through the style sheet's own interface. */
const policy = [
  "default-src 'self'",
  "style-src 'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
  "base-uri 'none'",
  "object-src 'none'",
  "form-action 'none'",
].join("; ");

const entry = (operation: Operation) =>
  html` <li id="operation/${operation.id}" data-anchor="${anchorOf(operation)}">
    <a href="${pageOf(operation.id)}">${operation.summary}</a>
    <code><b>${operation.method}</b> ${operation.path}</code>
  </li>`;

/** The page as it is before Redoc: what it will be, and the operations with their own pages. */
export function shell(contract: Contract): string {
  const groups = contract.tags.map(
    ({ name, description }) =>
      html` <section>
        <h2>${name}</h2>
        <p>${description}</p>
        <ul>
          ${contract.operations.filter(({ tag }) => tag === name).map(entry)}
        </ul>
      </section>`,
  );
  return String(
    html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta http-equiv="Content-Security-Policy" content="${raw(policy)}" />
          <title>Interactive reference · ${contract.title}</title>
          <meta
            name="description"
            content="Every operation, parameter and schema of the contract, in Redoc."
          />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <link rel="icon" href="../favicon.svg" />
          <link rel="stylesheet" href="style.css" />
          <script src="theme.js"></script>
          <script type="module" src="load.js"></script>
        </head>
        <body>
          <header class="site">
            <div>
              <a href="../">${contract.title}</a>
              <h1>Interactive reference</h1>
            </div>
            <nav aria-label="Site">
              <a href="../reference/">Plain reference</a>
              <a href="../openapi.yaml" download>openapi.yaml</a>
              <a href="../openapi.json" download>openapi.json</a>
            </nav>
          </header>
          <main id="shell">
            <p>
              Every operation, parameter and schema of the contract (version ${contract.version}),
              in Redoc.
            </p>
            <p id="status" role="status">
              Redoc is a large script. It loads when you scroll, press a key or touch this page. The
              operations below lead to plain pages that need no script.
            </p>
            ${groups}
          </main>
          <div id="redoc" tabindex="-1"></div>
        </body>
      </html> `,
  );
}
