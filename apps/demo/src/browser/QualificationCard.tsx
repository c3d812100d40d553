import { useMutation } from "@tanstack/react-query";
import type { ComponentType } from "react";
import type { CustomerQualification } from "@partner-qualifications/client";
import type { Review, ReviewEvent } from "../shared/messages.ts";
import { api } from "./api.ts";
import { Problem } from "./Problem.tsx";
import { RequestedBy } from "./RequestedBy.tsx";
import type { Card } from "./request-state.ts";
import { StatusPill, When } from "./Status.tsx";
import { elapsed, nameOf } from "./words.ts";

interface Props {
  card: Card;
  customerId: string;
  Progress: ComponentType<{ requestId: string | undefined }>;
}

/** A qualification with its status and its story, by Partner Center's clock. */
export function QualificationCard({ card, customerId, Progress }: Props) {
  const { qualification, item, review, status } = card;
  return (
    <li>
      <div className="row spread">
        <h3 id={qualification} tabIndex={-1}>
          {nameOf(qualification)}
        </h3>
        <span role="status" className="standing">
          <StatusPill key={status} status={status} />
        </span>
      </div>
      {status === "Sending" && review && <Unconfirmed review={review} Progress={Progress} />}
      {item && status !== "Sending" && <p className="state">{stateOf(item, review)}</p>}
      {!review && item?.vettingCreateDate && (
        <p className="hint">
          Requested on <When date={item.vettingCreateDate} />
        </p>
      )}
      {item && <RequestedBy customerId={customerId} qualification={qualification} />}
      {review && review.timeline.length > 0 && <Story review={review} />}
    </li>
  );
}

/** Returns how long the review has lasted, or how it ended, in one sentence of the same height. */
function stateOf(item: CustomerQualification, review: Review | undefined): string {
  const { vettingStatus, vettingReason, vettingCreateDate } = item;
  if (vettingStatus === "InReview") {
    const time = elapsed(vettingCreateDate, review?.polledAt);
    return `In review${time ? ` for ${time}` : ""}. It takes days.`;
  }
  const became = vettingStatus === undefined ? "Recognized" : nameOf(vettingStatus);
  const end = review?.timeline.findLast(({ what }) => what === "changed");
  const time = elapsed(vettingCreateDate, end?.at);
  // The timeline has the reason, if there is one.
  const reason = !review && vettingReason ? `: ${vettingReason}` : "";
  return `${became}${time ? ` after ${time}` : ""}${reason}.`;
}

function Unconfirmed({ review, Progress }: { review: Review } & Pick<Props, "Progress">) {
  const { problem, requestId } = review;
  if (!problem) return <Progress requestId={requestId} />;
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
            <span>{`Checked ${polls} ${polls === 1 ? "time" : "times"}, last`}</span>
            <When date={polledAt} />
            <button type="button" className="link" onClick={() => stop.mutate()}>
              Stop following
            </button>
          </li>
        )}
      </ol>
      {problem && state !== "sending" && (
        <Problem error={{ support: problem, description: problem.description }} />
      )}
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
