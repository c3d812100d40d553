import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "./api.ts";
import { describeError } from "./describe-error.ts";

const path = "/v1/customers/{customer_id}/qualifications";

export function EducationForm({ customerId }: { customerId: string }) {
  const [educationSegment, setSegment] = useState<"K12" | "HigherEducation">("K12");
  const [website, setWebsite] = useState("");
  const queries = useQueryClient();
  const params = { path: { customer_id: customerId } };
  const request = api.useMutation("post", path, {
    onSettled: () => queries.invalidateQueries(api.queryOptions("get", path, { params })),
  });

  return (
    <section>
      <h2>Ask for Education</h2>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const trimmed = website.trim();
          request.mutate({
            params,
            body: {
              qualification: "Education",
              educationSegment,
              ...(trimmed && { website: trimmed }),
            },
          });
        }}
      >
        <label htmlFor="segment">Segment</label>
        <select
          id="segment"
          value={educationSegment}
          onChange={(event) => setSegment(event.target.value as typeof educationSegment)}
        >
          <option value="K12">School (K12)</option>
          <option value="HigherEducation">Higher education</option>
        </select>
        <label htmlFor="website">Web site (optional)</label>
        <input
          id="website"
          placeholder="example.edu"
          value={website}
          onChange={(event) => setWebsite(event.target.value)}
        />
        <button type="submit" disabled={request.isPending}>
          Ask
        </button>
      </form>
      {request.error !== null && (
        <p role="alert" className="problem">
          {describeError(request.error)}
        </p>
      )}
    </section>
  );
}
