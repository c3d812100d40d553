import { useMutation, useQuery } from "@tanstack/react-query";
import type { FollowedVetting } from "../shared/messages.ts";
import { ownApi, qualificationsQuery } from "./api.ts";
import { useFollowed } from "./live.ts";
import { nameOf } from "./names.ts";
import { Problem } from "./Problem.tsx";
import { StatusPill } from "./StatusPill.tsx";
import { Timeline } from "./Timeline.tsx";
import { When } from "./When.tsx";

/** What a customer is recognized as or is being vetted for, and what is known of the way there. */
export function Qualifications({ customerId }: { customerId: string }) {
  const { data, error, isPending, isFetching, refetch } = useQuery(qualificationsQuery(customerId));
  const followed = useFollowed(customerId);
  const listed = data?.map(({ qualification }) => qualification as string) ?? [];
  // What was asked for but is not listed is no less followed.
  const lost = followed.filter(({ qualification }) => data && !listed.includes(qualification));
  return (
    <section aria-labelledby="qualifications">
      <div className="row spread">
        <h2 id="qualifications">Qualifications</h2>
        <button
          type="button"
          className="small quiet"
          disabled={isFetching}
          onClick={() => refetch()}
        >
          Look again
        </button>
      </div>
      {error !== null && <Problem error={error} onRetry={() => refetch()} />}
      <div aria-live="polite">
        {isPending && <p className="hint">Looking …</p>}
        {data?.length === 0 && <p className="hint">None yet.</p>}
        <ul className="qualifications">
          {data?.map((item) => (
            <li key={item.qualification}>
              <div className="row spread">
                <h3>{nameOf(item.qualification)}</h3>
                <StatusPill status={item.vettingStatus} />
              </div>
              {item.vettingReason && <p>Reason: {item.vettingReason}</p>}
              {item.vettingCreateDate && (
                <p className="hint">
                  Asked for on <When date={item.vettingCreateDate} />
                </p>
              )}
              {followed
                .filter(({ qualification }) => qualification === item.qualification)
                .map((vetting) => (
                  <Story key={vetting.requestId} vetting={vetting} />
                ))}
            </li>
          ))}
          {lost.map((vetting) => (
            <li key={vetting.qualification}>
              <div className="row spread">
                <h3>{nameOf(vetting.qualification)}</h3>
                <StatusPill status="Not listed" />
              </div>
              <Story vetting={vetting} />
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}

function Story({ vetting }: { vetting: FollowedVetting }) {
  const { customerId, qualification, problem, state } = vetting;
  const stop = useMutation({
    mutationFn: () => ownApi(`/followed/${customerId}/${qualification}`, { method: "DELETE" }),
  });
  return (
    <>
      {/* The looks are counted here, which nobody wants to have read out. */}
      <div aria-live="off">
        <Timeline vetting={vetting} />
      </div>
      {problem && <Problem error={{ support: problem, description: problem.description }} />}
      {state === "following" && (
        <button type="button" className="small quiet" onClick={() => stop.mutate()}>
          Stop following
        </button>
      )}
      {stop.error !== null && <Problem error={stop.error} />}
    </>
  );
}
