import type { QualificationRequest } from "@partner-qualifications/client";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useRef, useState } from "react";
import { websiteProblem } from "../../shared/website-problem.ts";
import { qualificationsQuery } from "../api.ts";
import { nameOf } from "../names.ts";
import { Problem } from "../Problem.tsx";
import { showroom } from "../showroom.ts";
import { CodeField } from "./CodeField.tsx";
import { EducationFields, type EducationValues } from "./EducationFields.tsx";
import { notAllowed, type Wanted } from "./not-allowed.ts";
import { Unanswered } from "./Unanswered.tsx";
import { useRequest } from "./use-request.ts";

const choices: { wanted: Wanted; about: string }[] = [
  { wanted: "Education", about: "A school or a university. People vet it, for days." },
  { wanted: "GovernmentCommunityCloud", about: "Needs one of your validation codes." },
  { wanted: "StateOwnedEntity", about: "There is no vetting." },
];

const CallProgress =
  showroom?.CallProgress ??
  (() => (
    <p role="status" className="hint">
      Asking …
    </p>
  ));

export function AskForm({ customerId }: { customerId: string }) {
  const held = useQuery(qualificationsQuery(customerId));
  const { mutation, pending, isTaken, send, forget } = useRequest(customerId);
  const [wanted, setWanted] = useState<Wanted>(pending?.body.qualification ?? "Education");
  const before = pending?.body.qualification === "Education" ? pending.body : undefined;
  const [education, setEducation] = useState<EducationValues>({
    educationSegment: before?.educationSegment ?? "K12",
    website: before?.website ?? "",
  });
  const [code, setCode] = useState("");
  const [problem, setProblem] = useState<string>();
  const form = useRef<HTMLFormElement>(null);
  const reason = notAllowed(held.data ?? [], wanted);
  const isBusy = mutation.isPending;
  const asked = mutation.variables?.body.qualification;

  function submit(event: FormEvent) {
    event.preventDefault();
    const website = education.website.trim();
    const wrong = wanted === "Education" && website ? websiteProblem(website) : undefined;
    setProblem(wrong);
    if (wrong) return form.current?.querySelector<HTMLElement>("#website")?.focus();
    if (!reason && !isBusy) send(bodyOf(wanted, { ...education, website }, code));
  }

  return (
    <section aria-labelledby="ask">
      <h2 id="ask">Request a qualification</h2>
      {pending && !isBusy && !mutation.isError && (
        <Unanswered pending={pending} onSend={() => send(pending.body)} onForget={forget} />
      )}
      <form ref={form} onSubmit={submit}>
        <fieldset className="choices">
          <legend>What the customer is</legend>
          {choices.map((choice) => (
            <label key={choice.wanted}>
              <input
                type="radio"
                name="wanted"
                checked={wanted === choice.wanted}
                onChange={() => setWanted(choice.wanted)}
              />
              <span>
                <strong>{nameOf(choice.wanted)}</strong>
                <small>{choice.about}</small>
              </span>
            </label>
          ))}
        </fieldset>
        {reason ? (
          <p className="not-allowed" role="status">
            {reason}
          </p>
        ) : (
          <>
            {wanted === "Education" && (
              <EducationFields values={education} problem={problem} onChange={setEducation} />
            )}
            {wanted === "GovernmentCommunityCloud" && <CodeField value={code} onChange={setCode} />}
            <div className="row">
              <button type="submit" disabled={isBusy || !held.data}>
                Ask for {nameOf(wanted)}
              </button>
              <span className="hint">A partner cannot take it back.</span>
            </div>
          </>
        )}
      </form>
      {mutation.isPaused && (
        <p role="status" className="hint">
          You are offline. The request goes out when you are back.
        </p>
      )}
      {isBusy && !mutation.isPaused && <CallProgress requestId={pending?.requestId} />}
      {mutation.isError && !isTaken && (
        <Problem error={mutation.error} {...(pending && { onRetry: () => send(pending.body) })} />
      )}
      <p role="status" className="done">
        {(mutation.isSuccess || isTaken) && asked && `Asked for ${nameOf(asked)}.`}
      </p>
    </section>
  );
}

function bodyOf(
  wanted: Wanted,
  { educationSegment, website }: EducationValues,
  validationCode: string,
): QualificationRequest {
  switch (wanted) {
    case "Education":
      return { qualification: wanted, educationSegment, ...(website && { website }) };
    case "GovernmentCommunityCloud":
      return { qualification: wanted, validationCode };
    case "StateOwnedEntity":
      return { qualification: wanted };
  }
}
