import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { aboutServer } from "../../src/browser/api.ts";
import { CustomerPage } from "../../src/browser/CustomerPage.tsx";
import { CustomerSearch } from "../../src/browser/CustomerSearch.tsx";
import { focusOn } from "../../src/browser/focus-on.ts";
import { useConnection } from "../../src/browser/live.ts";
import { ReviewList } from "../../src/browser/ReviewList.tsx";
import { Link, readCustomerId, usePath } from "../../src/browser/routes.tsx";
import { showroom } from "./showroom.ts";

const connections = { connecting: "Connecting …", live: "Live", lost: "Connection lost" };

export function App() {
  const path = usePath();
  const { data: about } = useQuery(aboutServer);
  const connection = useConnection();
  const isMock = about?.isMock ?? false;
  const [, typed] = /^\/customers\/([^/]*)$/.exec(path) ?? [];
  const customerId = readCustomerId(typed ?? "");
  // A reader with a keyboard or a screen reader begins at the top of a new page.
  const before = useRef(path);
  useEffect(() => {
    if (before.current !== path && path !== "/") focusOn(document.querySelector("h1"));
    before.current = path;
  }, [path]);

  return (
    <>
      <header className="top">
        <a className="skip" href="#main">
          Skip to the content
        </a>
        <Link href="/" className="brand">
          <img src="/icon.svg" alt="" width="24" height="24" />
          Customer qualifications
        </Link>
        <p className="where">
          <span className={`connection ${connection}`} role="status">
            {connections[connection]}
          </span>
          {about && (
            <span className="badge">
              {isMock ? "Mock" : "Partner Center"} <small>{about.partnerCenter}</small>
            </span>
          )}
          {about?.docsUrl && <a href={about.docsUrl}>Docs</a>}
        </p>
      </header>
      {isMock && showroom && <showroom.Banner />}
      <div className="columns">
        <main id="main">
          {path === "/" ? (
            <>
              <ReviewList />
              <CustomerSearch Label={isMock ? showroom?.CustomerLabel : undefined} />
              {isMock && showroom && <showroom.Cases />}
            </>
          ) : customerId ? (
            // With a key, so that what is typed for one customer is not sent for another.
            <CustomerPage
              key={customerId}
              customerId={customerId}
              Progress={showroom?.CallProgress}
            />
          ) : (
            <NotFound path={path} typed={typed} />
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

function NotFound({ path, typed }: { path: string; typed: string | undefined }) {
  return (
    <section className="not-found">
      <h1>{typed === undefined ? "Page not found" : "This is not a tenant ID"}</h1>
      <p>
        <code>{decodeURI(typed ?? path)}</code>{" "}
        {typed === undefined
          ? "is not an address of this app."
          : "is not of the form 11111111-2222-3333-4444-555555555555."}
      </p>
      <Link href="/">Find a customer</Link>
    </section>
  );
}
