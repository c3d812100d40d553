import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { SampleCustomer } from "../server/sample-customer.ts";

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function CustomerPicker({ onPick }: { onPick: (customerId: string) => void }) {
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string>();
  const samples = useQuery({
    queryKey: ["sample-customers"],
    queryFn: async () => (await (await fetch("/api/sample-customers")).json()) as SampleCustomer[],
  });

  function pick(id: string) {
    const trimmed = id.trim();
    setText(trimmed);
    if (!guid.test(trimmed)) {
      setProblem("That is not a tenant id. It looks like 11111111-2222-3333-4444-555555555555.");
      return;
    }
    setProblem(undefined);
    onPick(trimmed.toLowerCase());
  }

  return (
    <section>
      <form
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          pick(text);
        }}
      >
        <label htmlFor="customer">Customer's tenant id</label>
        <div className="row">
          <input
            id="customer"
            value={text}
            onChange={(event) => setText(event.target.value)}
            aria-describedby="customer-problem"
            autoComplete="off"
            spellCheck={false}
          />
          <button type="submit">Show</button>
        </div>
        <p id="customer-problem" role="alert">
          {problem}
        </p>
      </form>
      {samples.data && samples.data.length > 0 && (
        <div className="row samples">
          {samples.data.map(({ id, summary }) => (
            <button key={id} type="button" className="quiet" onClick={() => pick(id)}>
              {summary}
            </button>
          ))}
        </div>
      )}
    </section>
  );
}
