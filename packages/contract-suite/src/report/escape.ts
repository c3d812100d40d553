const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Escapes a text for XML and HTML. Characters that neither allows become their number. */
export function escape(text: string): string {
  return (
    text
      .toWellFormed()
      .replaceAll(/[&<>"']/g, (letter) => entities[letter] ?? letter)
      // XML 1.0 forbids control characters, even as entities.
      // oxlint-disable-next-line no-control-regex -- control characters are what it escapes
      .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, (letter) => {
        return `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`;
      })
  );
}
