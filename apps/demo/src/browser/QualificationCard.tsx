import { useMutation } from "@tanstack/react-query";
import type { Review, ReviewEvent } from "../shared/messages.ts";
import { api } from "./api.ts";
import { Problem } from "./Problem.tsx";
import { RequestedBy } from "./RequestedBy.tsx";
import type { Card } from "./request-state.ts";
import { showroom } from "./showroom.ts";
import { StatusPill, When } from "./Status.tsx";
import { elapsed, nameOf } from "./words.ts";

/** A qualification with its status and its story, by Partner Center's clock. */
export function QualificationCard({ card, customerId }: { card: Card; customerId: string }) {
  const { qualification, item, review, status } = card;
  const time = elapsed(item?.vettingCreateDate, review?.polledAt);
  return (
    <li>
      <div className="row spread">
        <h3 id={qualification} tabIndex={-1}>
          {nameOf(qualification)}
        </h3>
        <span role="status">
          <StatusPill status={status} />
        </span>
      </div>
      {status === "Sending" && review && <Sending review={review} />}
      {!review && item?.vettingReason && <p>Reason: {item.vettingReason}</p>}
      {status === "InReview" && time && <p>In review for {time}. Microsoft takes days.</p>}
      {!review && item?.vettingCreateDate && (
        <p className="hint">
          Requested on <When date={item.vettingCreateDate} />
        </p>
      )}
      {review && status !== "Sending" && <Story review={review} />}
      {item && <RequestedBy customerId={customerId} qualification={qualification} />}
    </li>
  );
}

function Sending({ review: { problem, requestId } }: { review: Review }) {
  if (!problem) return showroom ? <showroom.CallProgress requestId={requestId} /> : null;
  return (
    <p role="status">
      Partner Center has not confirmed this request ({problem.message}). The server keeps sending it
      as the same request, so nothing is written twice.
    </p>
  );
}

function Story({ review }: { review: Review }) {
  const { customerId, qualification, problem, state, timeline, polls, polledAt } = review;
  const stop = useMutation({
    mutationFn: () => api(`/reviews/${customerId}/${qualification}`, { method: "DELETE" }),
  });
  return (
    <>
      <ol className="timeline" aria-label={`Timeline of ${nameOf(qualification)}`}>
        {timeline.map((event, index) => (
          <li key={`${event.at} ${event.what}`} className={event.status ?? event.what}>
            <span>{textOf(event)}</span>
            <When date={event.at} />
            <small>{index > 0 && after(timeline, index)}</small>
          </li>
        ))}
        {state === "following" && polledAt && (
          <li className="now">
            <span>
              Checked {polls} {polls === 1 ? "time" : "times"}, last
            </span>
            <When date={polledAt} />
            <button type="button" className="link" onClick={() => stop.mutate()}>
              Stop following
            </button>
          </li>
        )}
      </ol>
      {problem && <Problem error={{ support: problem, description: problem.description }} />}
      {stop.error !== null && <Problem error={stop.error} />}
    </>
  );
}

const isRequest = ({ what }: ReviewEvent) => what === "requested" || what === "found";

/** Returns the time since the request before an event. */
function after(timeline: ReviewEvent[], index: number): string | undefined {
  const event = timeline[index];
  if (!event || isRequest(event)) return undefined;
  const time = elapsed(timeline.slice(0, index).findLast(isRequest)?.at, event.at);
  return time && `after ${time}`;
}

function textOf({ what, status, reason }: ReviewEvent): string {
  const became = status === undefined ? "Recognized" : nameOf(status);
  const inWords: Record<ReviewEvent["what"], string> = {
    requested: status === "InReview" ? "Requested" : `Requested: ${became.toLowerCase()}`,
    found: `Requested before: ${became.toLowerCase()}`,
    changed: reason ? `${became}: ${reason}` : became,
    restarted: "The server restarted and continued",
    trouble: `Could not check: ${reason}`,
    recovered: "Can check again",
  };
  return inWords[what];
}
