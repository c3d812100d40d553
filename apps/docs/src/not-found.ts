/**
 * VitePress fills the page of unknown addresses by script; this is for readers without one. The
 * style sheet hides it as soon as there is something in the page's usual place.
 */
export function withoutScript(html: string, base: string): string {
  const links = [
    ["start", "Start"],
    ["reference/", "Reference"],
    ["errors/", "Error codes"],
  ].map(([path, name]) => `<li><a href="${base}${path}">${name}</a></li>`);
  return html.replace(
    /<div id="app">\s*<\/div>/,
    `$&
    <main class="vp-doc not-found without-script">
      <h1>Page not found</h1>
      <p>The address may be old or misspelled. Start at one of these:</p>
      <ul>${links.join("")}</ul>
    </main>`,
  );
}
