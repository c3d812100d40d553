import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { About } from "../shared/messages.ts";
import { ownApi } from "./api.ts";
import { CustomerPage } from "./CustomerPage.tsx";
import { CustomerSearch } from "./CustomerSearch.tsx";
import { Followed } from "./Followed.tsx";
import { Header } from "./Header.tsx";
import { useCustomerId } from "./navigation.tsx";
import { showroom } from "./showroom.ts";

export function App() {
  const customerId = useCustomerId();
  const about = useQuery({ queryKey: ["about"], queryFn: () => ownApi<About>("/about") });
  // Who comes by keyboard, or hears the page, begins at the top of the new one.
  const before = useRef(customerId);
  useEffect(() => {
    if (before.current !== customerId) document.querySelector("h1")?.focus();
    before.current = customerId;
  }, [customerId]);
  const isMock = about.data?.isMock ?? false;
  return (
    <>
      <Header partnerCenter={about.data?.partnerCenter} isMock={isMock} />
      <div className="columns">
        <main id="main">
          {customerId ? (
            // A key for each customer, so that nothing typed for one is sent for another.
            <CustomerPage key={customerId} customerId={customerId} />
          ) : (
            <>
              <CustomerSearch isMock={isMock} />
              <Followed />
            </>
          )}
        </main>
        {showroom && (
          <aside aria-label="Behind the page">
            <showroom.Panel isMock={isMock} customerId={customerId} />
          </aside>
        )}
      </div>
    </>
  );
}
