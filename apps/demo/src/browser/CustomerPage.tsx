import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type ComponentType, useEffect, useState } from "react";
import { isDecided, qualificationsOf, useCustomerName } from "./api.ts";
import { useReviews } from "./live.ts";
import { Problem } from "./Problem.tsx";
import { QualificationCard } from "./QualificationCard.tsx";
import { RequestPanel } from "./RequestPanel.tsx";
import { cardsOf } from "./request-state.ts";
import { Link } from "./routes.tsx";

interface Props {
  customerId: string;
  /** Says what a request waits for. */
  Progress?: ComponentType<{ requestId: string | undefined }> | undefined;
}

export function CustomerPage({ customerId, Progress = Sending }: Props) {
  const { data, error, refetch } = useQuery(qualificationsOf(customerId));
  const name = useCustomerName(customerId) ?? (error ? "Unknown customer" : "Customer");
  const reviews = useReviews(customerId);
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    document.title = `${name} · Customer qualifications`;
    return () => {
      document.title = "Customer qualifications";
    };
  }, [name]);
  const copy = () =>
    navigator.clipboard.writeText(customerId).then(
      () => setCopied(true),
      () => {},
    );
  const queries = useQueryClient();
  useEffect(
    () => () =>
      queries.removeQueries({
        queryKey: qualificationsOf(customerId).queryKey,
        predicate: ({ state }) => state.status === "error",
      }),
    [queries, customerId],
  );
  const cards = data && cardsOf(data, reviews);
  // A read that fails for the moment does not take away what is known, or what was typed.
  const failure = data && !isDecided(error) ? null : error;
  return (
    <>
      <div className="customer">
        <Link href="/" className="back">
          All customers
        </Link>
        <h1>{name}</h1>
        <p>
          <code>{customerId}</code>{" "}
          <button type="button" className="small quiet" onClick={copy}>
            {copied ? "Copied" : "Copy ID"}
          </button>
        </p>
      </div>
      {failure !== null && <Problem error={failure} onRetry={() => refetch()} />}
      {failure === null && (
        <section aria-labelledby="qualifications">
          <h2 id="qualifications">Qualifications</h2>
          <div aria-live="polite">
            {!cards && <p className="hint loading">Loading …</p>}
            {cards?.length === 0 && <p className="hint">None yet.</p>}
          </div>
          <ul className="qualifications">
            {cards?.map((card) => (
              <QualificationCard key={card.qualification} {...{ card, customerId, Progress }} />
            ))}
          </ul>
        </section>
      )}
      {failure === null && cards && <RequestPanel {...{ customerId, cards, Progress }} />}
    </>
  );
}

function Sending() {
  return <p role="status">Sending …</p>;
}
