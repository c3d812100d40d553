import type { QualificationRequest, ValidationCode } from "@partner-qualifications/client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { hostNameOf } from "../shared/host-name.ts";
import { api } from "./api.ts";
import { Problem } from "./Problem.tsx";

interface LastProps {
  /** What was sent last: the form may have been closed since. */
  last: QualificationRequest | undefined;
}

interface Props extends LastProps {
  problem: string | undefined;
  onChange: () => void;
}

export function EducationFields({ last, problem, onChange }: Props) {
  const { educationSegment, website } = last?.qualification === "Education" ? last : {};
  return (
    <div className="fields">
      <div>
        <label htmlFor="segment">Segment</label>
        <select id="segment" name="segment" defaultValue={educationSegment}>
          <option value="K12">School (K-12)</option>
          <option value="HigherEducation">Higher education</option>
        </select>
      </div>
      <div>
        <label htmlFor="website">Website (optional)</label>
        <input
          id="website"
          name="website"
          inputMode="url"
          autoCapitalize="none"
          spellCheck={false}
          placeholder="www.contoso.edu"
          defaultValue={website}
          onChange={onChange}
          // Partner Center accepts the host alone.
          onBlur={({ target }) => (target.value = hostNameOf(target.value) ?? target.value)}
          aria-invalid={problem !== undefined}
          aria-describedby="website-problem"
        />
        <p id="website-problem" className="field-problem" role="alert">
          {problem}
        </p>
      </div>
    </div>
  );
}

/** Chooses one of the partner's validation codes that can still be used. */
export function CodeField({ last }: LastProps) {
  const { validationCode = "" } = last?.qualification === "GovernmentCommunityCloud" ? last : {};
  const [code, setCode] = useState(validationCode);
  const { data, error, refetch } = useQuery({
    queryKey: ["validations"],
    queryFn: () => api<ValidationCode[]>("/v1/customers/all/validations"),
    staleTime: 0,
  });
  if (error !== null) return <Problem error={error} onRetry={() => refetch()} />;
  return (
    <div>
      <label htmlFor="code">Validation code</label>
      <select
        id="code"
        name="code"
        required
        aria-describedby="code-hint"
        value={code}
        onChange={({ target }) => setCode(target.value)}
      >
        <option value="">{data ? "Choose one" : "Loading …"}</option>
        {data?.map(({ validationId, remainingCreates, maxCreates }) => (
          <option key={validationId} value={validationId} disabled={remainingCreates === 0}>
            {validationId} · {usesOf(remainingCreates, maxCreates)}
          </option>
        ))}
      </select>
      <p id="code-hint" className="hint">
        Microsoft issues a new code for its eligibility form.
      </p>
    </div>
  );
}

function usesOf(remaining: number | null | undefined, most: number | null | undefined): string {
  if (remaining === 0) return "exhausted";
  if (remaining == null) return "number of uses unknown";
  return `${remaining}${most == null ? "" : ` of ${most}`} ${remaining === 1 ? "use" : "uses"} left`;
}
