import { useEffect, useState } from "react";
import { AskForm } from "./ask/AskForm.tsx";
import { Link } from "./navigation.tsx";
import { Qualifications } from "./Qualifications.tsx";
import { useCustomerName } from "./api.ts";

export function CustomerPage({ customerId }: { customerId: string }) {
  const name = useCustomerName(customerId) ?? "Customer";
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    document.title = `${name} · Customer qualifications`;
    return () => {
      document.title = "Customer qualifications";
    };
  }, [name]);
  return (
    <>
      <div className="customer">
        <Link href="/" className="back">
          All customers
        </Link>
        <h1 tabIndex={-1}>{name}</h1>
        <p>
          <code>{customerId}</code>{" "}
          <button
            type="button"
            className="small quiet"
            onClick={() =>
              navigator.clipboard.writeText(customerId).then(
                () => setCopied(true),
                () => {},
              )
            }
          >
            {copied ? "Copied" : "Copy id"}
          </button>
        </p>
      </div>
      <Qualifications customerId={customerId} />
      <AskForm customerId={customerId} />
    </>
  );
}
