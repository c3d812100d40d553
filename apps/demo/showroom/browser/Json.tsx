const tokens = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/gi;

/** A body: JSON indented and in color, anything else as it came. */
export function Json({ text }: { text: string }) {
  const shown = indented(text);
  if (shown === undefined) return <pre tabIndex={0}>{text}</pre>;
  const parts = [];
  let end = 0;
  for (const match of shown.matchAll(tokens)) {
    const [all, string, colon] = match;
    const word = colon === undefined ? all : string;
    const kind = string === undefined ? "literal" : colon === undefined ? "string" : "key";
    parts.push(shown.slice(end, match.index));
    parts.push(
      <span key={match.index} className={kind}>
        {word}
      </span>,
    );
    end = match.index + String(word).length;
  }
  return (
    <pre className="json" tabIndex={0}>
      {parts}
      {shown.slice(end)}
    </pre>
  );
}

function indented(text: string): string | undefined {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return undefined;
  }
}
