import { api } from "./api.ts";
import { describeError } from "./describe-error.ts";

/** How often to look while something is in review. A mock decides in seconds, people take days. */
const pollEveryMs = 1000;

const dates = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });

const labels: Record<string, string> = {
  StateOwnedEntity: "State-owned entity",
  GovernmentCommunityCloud: "Government Community Cloud",
  InReview: "In review",
};

export function Qualifications({ customerId }: { customerId: string }) {
  const { data, error, isPending } = api.useQuery(
    "get",
    "/v1/customers/{customer_id}/qualifications",
    { params: { path: { customer_id: customerId } } },
    {
      refetchInterval: (query) =>
        query.state.data?.some((item) => item.vettingStatus === "InReview") ? pollEveryMs : false,
    },
  );

  return (
    <section aria-live="polite">
      <h2>Qualifications</h2>
      {isPending && <p>Looking …</p>}
      {error !== null && <p className="problem">{describeError(error)}</p>}
      {data?.length === 0 && <p>None yet.</p>}
      <ul>
        {data?.map((item) => (
          <li key={item.qualification}>
            <strong>{labels[item.qualification] ?? item.qualification}</strong>
            {item.vettingStatus && (
              <span className={`status ${item.vettingStatus}`}>
                {labels[item.vettingStatus] ?? item.vettingStatus}
              </span>
            )}
            {item.vettingReason && <p>Reason: {item.vettingReason}</p>}
            {item.vettingCreateDate && (
              <p>
                Asked for on{" "}
                <time dateTime={item.vettingCreateDate}>
                  {dates.format(new Date(item.vettingCreateDate))}
                </time>
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
