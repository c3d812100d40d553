import type { Review } from "../shared/messages.ts";
import { useReviews } from "./live.ts";
import { Link } from "./routes.tsx";
import { StatusPill, When } from "./Status.tsx";
import { elapsed, nameOf } from "./words.ts";

/** The reviews that the server follows, and those that have ended. */
export function ReviewList() {
  const all = useReviews().toReversed();
  const ended = all.filter(({ state }) => state === "ended");
  const running = all.filter(({ state }) => state !== "ended");
  return (
    <section aria-labelledby="reviews">
      <h1 id="reviews">Reviews in progress</h1>
      {running.length > 0 ? (
        <Rows reviews={running} />
      ) : (
        <p className="hint">None. Find a customer below and request a qualification.</p>
      )}
      {ended.length > 0 && (
        <>
          <h2>Decided</h2>
          <Rows reviews={ended} />
        </>
      )}
    </section>
  );
}

function Rows({ reviews }: { reviews: Review[] }) {
  return (
    <ul className="rows">
      {reviews.map(({ customerId, customerName, qualification, state, item, ...rest }) => {
        const last = rest.timeline.at(-1)?.at;
        const time = elapsed(item?.vettingCreateDate, rest.polledAt);
        return (
          <li key={`${customerId} ${qualification}`}>
            <Link href={`/customers/${customerId}`}>
              <span className="name">
                <strong>{customerName ?? customerId}</strong>
                <small>{nameOf(qualification)}</small>
              </span>
              <small>
                {state === "following" && time && `for ${time}`}
                {state === "ended" && last && <When date={last} />}
              </small>
              <StatusPill status={state === "sending" ? "Sending" : item?.vettingStatus} />
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
