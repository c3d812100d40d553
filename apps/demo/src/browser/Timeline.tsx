import type { FollowedVetting, VettingEvent } from "../shared/messages.ts";
import { nameOf } from "./names.ts";
import { When } from "./When.tsx";

/** What happened to a vetting, as the server saw it, and what is to come. */
export function Timeline({ vetting }: { vetting: FollowedVetting }) {
  const { timeline, state, looks, nextLookAt } = vetting;
  return (
    <ol className="timeline" aria-label={`Timeline of ${nameOf(vetting.qualification)}`}>
      {timeline.map((event) => (
        <li key={`${event.at} ${event.what}`} className={event.status ?? event.what}>
          <span>{textOf(event)}</span>
          <When date={event.at} />
        </li>
      ))}
      {state === "following" && (
        <li className="now">
          <span>
            Looked {looks} {looks === 1 ? "time" : "times"}
          </span>
          {nextLookAt && (
            <span>
              next at <When date={nextLookAt} only="time" />
            </span>
          )}
        </li>
      )}
    </ol>
  );
}

function textOf({ what, status, reason }: VettingEvent): string {
  const became = status === undefined ? "recognized" : nameOf(status).toLowerCase();
  switch (what) {
    case "asked":
      return `Asked: ${became}`;
    case "found":
      return `Was asked for before: ${became}`;
    case "seen":
      return `Now ${became}${reason ? `: ${reason}` : ""}`;
    case "resumed":
      return "The server was started again, and goes on following";
    case "trouble":
      return `Could not look: ${reason}`;
    case "recovered":
      return "Can look again";
  }
}
