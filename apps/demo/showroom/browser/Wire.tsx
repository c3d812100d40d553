import type { Customer } from "@partner-qualifications/client";
import { useQueryClient } from "@tanstack/react-query";
import { useLayoutEffect, useRef, useState } from "react";
import { useReviews } from "../../src/browser/live.ts";
import type { WireCall } from "../shared/wire-call.ts";
import { Disclosure } from "./Disclosure.tsx";
import { useCalls } from "./use-calls.ts";
import { WireLine } from "./WireLine.tsx";

/** The calls of the server to Partner Center while they happen, with what they send and receive. */
export function Wire({ customerId }: { customerId: string | undefined }) {
  const [filter, setFilter] = useState("");
  const [toggled, setToggled] = useState<ReadonlyMap<number, boolean>>(new Map());
  const calls = useCalls().filter((call) => matches(call, filter, customerId));
  const queries = useQueryClient();
  const names = new Map(useReviews().map((one) => [one.customerId, one.customerName]));
  const nameOf = (call: WireCall) => {
    const id = customerOf(call);
    const read = queries.getQueryData<Customer>(["customer", id]);
    return id && (read?.companyProfile.companyName ?? names.get(id));
  };
  // The last write is the most interesting exchange, so it is open until the reader closes it.
  const write = calls.findLast(({ method }) => method !== "GET")?.id;
  const isOpen = (id: number) => toggled.get(id) ?? id === write;
  // New calls are added at the end, so that nothing moves, and are in view unless the reader has scrolled up.
  const list = useRef<HTMLOListElement>(null);
  const end = useRef(0);
  const isAtEnd = useRef(true);
  const onScroll = () => {
    isAtEnd.current = (list.current?.scrollTop ?? 0) > end.current - 40;
  };
  const shown = useRef(0);
  useLayoutEffect(() => {
    if (calls.length === shown.current) return;
    shown.current = calls.length;
    if (!isAtEnd.current || !list.current) return;
    end.current = endOf(list.current);
    list.current.scrollTo({ top: end.current });
  });
  return (
    <Disclosure
      id="wire"
      title="On the wire"
      note={calls.length === 1 ? "1 call" : `${calls.length} calls`}
      className="wire"
    >
      <div className="row spread">
        <p className="hint">By this server's clock. The token is never shown.</p>
        <input
          type="search"
          aria-label="Filter the calls"
          placeholder="Filter: POST, 429, denied …"
          value={filter}
          onChange={({ target }) => setFilter(target.value)}
        />
      </div>
      {calls.length === 0 && (
        <p className="hint">{filter ? "No call matches." : "No calls yet."}</p>
      )}
      <ol ref={list} onScroll={onScroll}>
        {calls.map((call) => (
          <WireLine
            key={call.id}
            call={call}
            customer={nameOf(call)}
            isOpen={isOpen(call.id)}
            onToggle={(open) => setToggled((all) => new Map(all).set(call.id, open))}
          />
        ))}
      </ol>
    </Disclosure>
  );
}

/** Returns where the last calls are in view, with the first line of a write that is longer than the list. */
function endOf(list: HTMLOListElement): number {
  const end = list.scrollHeight - list.clientHeight;
  const opened = [...list.children].slice(-3).find((line) => line.querySelector("details[open]"));
  return opened instanceof HTMLElement ? Math.min(end, opened.offsetTop) : end;
}

/** On the page of a customer, only the calls about this customer and the validation codes matter. */
function matches(call: WireCall, filter: string, customerId: string | undefined): boolean {
  const isOther = customerOf(call) !== customerId && !call.path.endsWith("/validations");
  if (customerId && isOther) return false;
  const results = call.attempts.map(({ status, error, body }) => `${status} ${error} ${body}`);
  const text = `${call.method} ${call.path} ${call.body} ${results.join(" ")}`.toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function customerOf({ path }: WireCall): string | undefined {
  return /\/customers\/([0-9a-f-]{36})/i.exec(path)?.[1]?.toLowerCase();
}
