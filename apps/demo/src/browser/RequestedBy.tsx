import type { AuditRecord } from "@partner-qualifications/client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "./api.ts";
import { Problem } from "./Problem.tsx";
import { When } from "./Status.tsx";
import { nameOf } from "./words.ts";

interface Subject {
  customerId: string;
  qualification: string;
}

/** Says who requested a qualification, with the audit record behind it. It is read when it is opened. */
export function RequestedBy({ customerId, qualification }: Subject) {
  const [isOpen, setOpen] = useState(false);
  const { data, error } = useQuery({
    queryKey: ["audit", customerId, qualification],
    queryFn: () => api<AuditRecord[]>(`/v1/customers/${customerId}/auditrecords/${qualification}`),
    enabled: isOpen,
    staleTime: 0,
  });
  const record = data?.at(-1);
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>Who requested {nameOf(qualification)}?</summary>
      {error !== null && <Problem error={error} />}
      {data && !record && <p className="hint">No audit record has appeared, or none is kept.</p>}
      {record && (
        <div className="record">
          <p className="state">
            Requested by {record.userPrincipalName ?? record.applicationId ?? "an unnamed user"}
            {record.operationDate && (
              <>
                {" "}
                on <When date={record.operationDate} />
              </>
            )}
          </p>
          <pre tabIndex={0}>{JSON.stringify(record, null, 2)}</pre>
        </div>
      )}
    </details>
  );
}
