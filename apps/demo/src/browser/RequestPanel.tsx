import type { CustomerQualification, QualificationRequest } from "@partner-qualifications/client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ComponentType, type FormEvent, useEffect, useRef, useState } from "react";
import { hostNameOf } from "../shared/host-name.ts";
import { api, isDecided, qualificationsOf } from "./api.ts";
import { CodeField, EducationFields } from "./fields.tsx";
import { focusOn } from "./focus-on.ts";
import { Problem } from "./Problem.tsx";
import { type Card, requestStateOf, type Wanted } from "./request-state.ts";
import { nameOf } from "./words.ts";

const about: Record<Wanted, string> = {
  Education: "A school or university. Microsoft's review takes days.",
  GovernmentCommunityCloud: "Needs one of your validation codes.",
  StateOwnedEntity: "Set at once, without a review.",
};

interface Sent {
  requestId: string;
  body: QualificationRequest;
}

interface Props {
  customerId: string;
  cards: Card[];
  Progress: ComponentType<{ requestId: string | undefined }>;
}

/** Below the qualifications: the form, a button that opens it, or why there is neither. */
export function RequestPanel({ customerId, cards, Progress }: Props) {
  const queries = useQueryClient();
  const state = requestStateOf(cards);
  // The request after which the form was opened; the next one closes it. A review that ends does not open
  // it, since that would move the page below while it is read.
  const [opened, setOpened] = useState<{ after: Sent | undefined } | undefined>(
    state.kind === "form" ? { after: undefined } : undefined,
  );
  const [wanted, setWanted] = useState<Wanted>("Education");
  const [wrong, setWrong] = useState<string>();
  const [sent, setSent] = useState<Sent>();
  const form = useRef<HTMLFormElement>(null);
  const problem = useRef<HTMLDivElement>(null);

  const { mutate, isPending, isPaused, isSuccess, error } = useMutation({
    mutationFn: ({ requestId, body }: Sent) => {
      const path = `/v1/customers/${customerId}/qualifications`;
      return api<CustomerQualification>(path, { method: "POST", body, requestId });
    },
    // The page knows the new list before it says that the request has succeeded.
    onSettled: () => queries.invalidateQueries({ queryKey: qualificationsOf(customerId).queryKey }),
  });
  // The server's own record counts: it may have got a response that this page never received.
  const own = sent && cards.find(({ review }) => review?.requestId === sent.requestId);
  const isSending = isPending && !own;
  const failure = own ? null : error;
  const landed = own || isSuccess ? sent : undefined;
  const isDone = landed !== undefined && own?.status !== "Sending";
  const isOpened = opened !== undefined && (opened.after === sent || !isDone);

  // The focus goes to what changed: the problem, or the new qualification.
  useEffect(() => {
    if (failure) focusOn(problem.current);
  }, [failure]);
  useEffect(() => {
    if (landed) focusOn(document.getElementById(landed.body.qualification));
  }, [landed]);

  if (state.kind === "closed") return <p className="hint closed">{state.why}</p>;
  const denied = state.choices.find((one) => one.denied !== undefined);
  if (!isOpened && !isSending && !failure) {
    const open = () => {
      setOpened({ after: sent });
      setTimeout(() => form.current?.querySelector<HTMLElement>("input:enabled")?.focus());
    };
    return (
      <button type="button" className="quiet closed" onClick={open}>
        {denied ? "Request again" : "Request another qualification"}
      </button>
    );
  }
  const choice =
    state.choices.find((one) => one.wanted === wanted && !one.blocked) ??
    state.choices.find((one) => !one.blocked);
  const selected = choice?.wanted ?? "Education";
  const isAgain = choice?.denied !== undefined;

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (isSending) return;
    const data = new FormData(event.currentTarget);
    const body = bodyOf(selected, (name) => String(data.get(name) ?? "").trim());
    if (!body) {
      setWrong("This is not a website address. Enter one such as www.contoso.edu.");
      return form.current?.querySelector<HTMLElement>("#website")?.focus();
    }
    // The same again is the same request until Partner Center has decided on it.
    const isSame =
      !isDone && !isDecided(error) && JSON.stringify(sent?.body) === JSON.stringify(body);
    const next = isSame && sent ? sent : { requestId: crypto.randomUUID(), body };
    setSent(next);
    mutate(next);
  }

  return (
    <section aria-labelledby="request">
      <h2 id="request">Request a qualification</h2>
      {isAgain && (
        <p className="note">
          {nameOf(selected)} was denied{choice?.denied && `: ${choice.denied}`}. Correct what led to
          it, then request again.
        </p>
      )}
      <form ref={form} onSubmit={submit} aria-busy={isSending}>
        <fieldset className="choices">
          <legend>What the customer is</legend>
          {state.choices.map((one) => (
            <label key={one.wanted}>
              <input
                type="radio"
                name="wanted"
                checked={selected === one.wanted}
                disabled={one.blocked !== undefined}
                onChange={() => setWanted(one.wanted)}
              />
              <span>
                <strong>{nameOf(one.wanted)}</strong>
                <small>{one.blocked ?? about[one.wanted]}</small>
              </span>
            </label>
          ))}
        </fieldset>
        {selected === "Education" && (
          <EducationFields last={sent?.body} problem={wrong} onChange={() => setWrong(undefined)} />
        )}
        {selected === "GovernmentCommunityCloud" && <CodeField last={sent?.body} />}
        {failure && <Problem ref={problem} error={failure} />}
        <div className="row">
          <button type="submit" aria-disabled={isSending}>
            {isAgain ? "Request again" : `Request ${nameOf(selected)}`}
          </button>
          {isPaused && (
            <p role="status">You are offline. The request goes out when you are back.</p>
          )}
          {isSending && !isPaused && <Progress requestId={sent?.requestId} />}
          {!isSending && <p className="hint">You cannot withdraw a request.</p>}
        </div>
      </form>
    </section>
  );
}

/** Returns the request in the form, or `undefined` if its website is not an address. */
function bodyOf(
  qualification: Wanted,
  read: (field: string) => string,
): QualificationRequest | undefined {
  if (qualification === "StateOwnedEntity") return { qualification };
  if (qualification === "GovernmentCommunityCloud") {
    return { qualification, validationCode: read("code") };
  }
  const educationSegment = read("segment") === "K12" ? "K12" : "HigherEducation";
  if (!read("website")) return { qualification, educationSegment };
  const website = hostNameOf(read("website"));
  return website === undefined ? undefined : { qualification, educationSegment, website };
}
