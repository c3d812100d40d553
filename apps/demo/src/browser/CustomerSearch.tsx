import { useInfiniteQuery } from "@tanstack/react-query";
import { type FormEvent, useEffect, useState } from "react";
import { http } from "./api.ts";
import { looksLikeId, readCustomerId } from "./customer-id.ts";
import { Link, navigate } from "./navigation.tsx";
import { Problem } from "./Problem.tsx";
import { showroom } from "./showroom.ts";

const pageSize = 10;
/** How long somebody pauses who has typed what they meant. */
const pauseMs = 250;

/** @param isMock Whether customers may have a behavior of the mock, which is shown as a label. */
export function CustomerSearch({ isMock }: { isMock: boolean }) {
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string>();
  const id = readCustomerId(text);
  const found = useCustomers(usePaused(looksLikeId(text) ? "" : text.trim()));
  const customers = found.data?.pages.flatMap(({ items }) => items) ?? [];

  function submit(event: FormEvent) {
    event.preventDefault();
    if (id) navigate(`/customers/${id}`);
    else if (looksLikeId(text)) {
      setProblem("That is not a tenant id. One looks like 11111111-2222-3333-4444-555555555555.");
    }
  }

  return (
    <section aria-labelledby="find">
      <h1 id="find" tabIndex={-1}>
        Find a customer
      </h1>
      <p className="lead">
        Before a school, a government or a state-owned company gets its prices and clouds, Microsoft
        has to recognize it as one. Find the customer, ask, and watch the vetting.
      </p>
      <form onSubmit={submit} role="search" noValidate>
        <label htmlFor="customer">Beginning of the name, or tenant id</label>
        <div className="row">
          <input
            id="customer"
            type="search"
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              setProblem(undefined);
            }}
            aria-describedby="customer-problem"
            aria-invalid={problem !== undefined}
            autoComplete="off"
            spellCheck={false}
            placeholder="Contoso"
          />
          <button type="submit" disabled={text.trim() === ""}>
            Open
          </button>
        </div>
        <p id="customer-problem" className="field-problem" role="alert">
          {problem}
        </p>
      </form>
      {found.error !== null && <Problem error={found.error} onRetry={() => found.refetch()} />}
      {found.data && (
        <ul className="customers" aria-label="Customers">
          {customers.map(({ id: customerId, companyProfile }) => (
            <li key={customerId}>
              <Link href={`/customers/${customerId}`}>
                <strong>{companyProfile.companyName}</strong>
                {showroom && <showroom.CustomerLabel isMock={isMock} customerId={customerId} />}
                <small>{companyProfile.domain}</small>
              </Link>
            </li>
          ))}
        </ul>
      )}
      <p role="status" className="hint">
        {found.isPending && "Looking …"}
        {found.data && customers.length === 0 && "No customer's name begins so."}
      </p>
      {found.hasNextPage && (
        <button
          type="button"
          className="quiet"
          disabled={found.isFetchingNextPage}
          onClick={() => found.fetchNextPage()}
        >
          Show more
        </button>
      )}
    </section>
  );
}

/** The customers page by page. The next page is asked for by a header, which openapi-react-query cannot. */
function useCustomers(name: string) {
  const filter = JSON.stringify({ Field: "CompanyName", Value: name, Operator: "starts_with" });
  return useInfiniteQuery({
    queryKey: ["customers", name],
    initialPageParam: "",
    queryFn: async ({ pageParam, signal }) => {
      const { data, error } = await http.GET("/v1/customers", {
        params: {
          query: { size: pageSize, ...(name && { filter }) },
          header: pageParam ? { "MS-ContinuationToken": pageParam } : {},
        },
        signal,
      });
      if (data) return data;
      throw error;
    },
    getNextPageParam: ({ links }) =>
      links?.next?.headers?.find(({ key }) => key === "MS-ContinuationToken")?.value,
  });
}

/** The value once it has stopped changing for a moment. */
function usePaused(value: string): string {
  const [paused, setPaused] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(value), pauseMs);
    return () => clearTimeout(timer);
  }, [value]);
  return paused;
}
