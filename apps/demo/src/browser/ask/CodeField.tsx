import { api } from "../api.ts";
import { Problem } from "../Problem.tsx";

/** Chooses one of the partner's validation codes that can still be used. */
export function CodeField(props: { value: string; onChange: (code: string) => void }) {
  const codes = api.useQuery("get", "/v1/customers/all/validations");
  if (codes.error !== null) return <Problem error={codes.error} onRetry={() => codes.refetch()} />;
  if (!codes.data) return <p className="hint">Looking for validation codes …</p>;
  const usable = codes.data.filter(({ remainingCreates }) => remainingCreates !== 0);
  const usedUp = codes.data.length - usable.length;
  return (
    <>
      <label htmlFor="code">Validation code</label>
      <select
        id="code"
        required
        value={props.value}
        onChange={({ target }) => props.onChange(target.value)}
        aria-describedby="code-hint"
      >
        <option value="">Choose one</option>
        {codes.data.map(({ validationId, remainingCreates, maxCreates }) => (
          <option key={validationId} value={validationId} disabled={remainingCreates === 0}>
            {validationId} · {usesOf(remainingCreates, maxCreates)}
          </option>
        ))}
      </select>
      <p id="code-hint" className="hint">
        {usable.length === 0
          ? "No code can be used any more. "
          : usedUp > 0 && "A code that is used up cannot be chosen. "}
        {usedUp > 0 && "Microsoft gives new ones for its form of eligibility."}
      </p>
    </>
  );
}

function usesOf(remaining: number | null | undefined, most: number | null | undefined): string {
  if (remaining === 0) return "used up";
  if (remaining == null) return "uses not known";
  return `${remaining}${most == null ? "" : ` of ${most}`} ${remaining === 1 ? "use" : "uses"} left`;
}
