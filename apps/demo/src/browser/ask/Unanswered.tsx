import { nameOf } from "../names.ts";
import { When } from "../When.tsx";
import type { PendingRequest } from "./use-request.ts";

/** A request from before the page was loaded again, of which nothing was heard since. */
export function Unanswered(props: {
  pending: PendingRequest;
  onSend: () => void;
  onForget: () => void;
}) {
  const { pending, onSend, onForget } = props;
  return (
    <div className="problem" role="status">
      <p className="what">
        The request for {nameOf(pending.body.qualification)} of <When date={pending.at} /> was not
        answered.
      </p>
      <p>Sent again it is still the same request: if it was taken, nothing is written twice.</p>
      <div className="row">
        <button type="button" onClick={onSend}>
          Send it again
        </button>
        <button type="button" className="quiet" onClick={onForget}>
          Forget it
        </button>
      </div>
    </div>
  );
}
