import { useState } from "react";
import type { Review } from "../shared/messages.ts";
import { useReviews } from "./live.ts";
import { Link } from "./routes.tsx";
import { StatusPill, When } from "./Status.tsx";
import { elapsed, nameOf } from "./words.ts";

const idOf = ({ customerId, requestId }: Review) => `${customerId} ${requestId}`;

/** The reviews that the server follows, and those that had ended when the page was opened. */
export function ReviewList() {
  const all = useReviews().toReversed();
  // A review that ends while the reader watches stays in its row.
  const [before] = useState(
    () => new Set(all.filter(({ state }) => state === "ended").map((one) => idOf(one))),
  );
  const ended = all.filter((one) => before.has(idOf(one)));
  const running = all.filter((one) => !before.has(idOf(one)));
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
        const status = state === "sending" ? "Sending" : item?.vettingStatus;
        return (
          <li key={`${customerId} ${qualification}`}>
            <Link href={`/customers/${customerId}`}>
              <span className="name">
                <strong>{customerName ?? customerId}</strong>
                <small>{nameOf(qualification)}</small>
              </span>
              <small key={time}>
                {state === "following" && time && `for ${time}`}
                {state === "ended" && last && <When date={last} />}
              </small>
              <StatusPill key={status} status={status} />
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
