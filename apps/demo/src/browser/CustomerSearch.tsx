import type { Customer } from "@partner-qualifications/client";
import { keepPreviousData, queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ComponentType, type KeyboardEvent, useEffect, useRef, useState } from "react";
import { api } from "./api.ts";
import { Problem } from "./Problem.tsx";
import { navigate, readCustomerId } from "./routes.tsx";

/** Typing pauses for so long, in milliseconds, before the search starts. */
const pauseMs = 200;

interface Option {
  id: string;
  name: string;
  detail: string;
}

const customersNamed = (name: string) =>
  queryOptions({
    queryKey: ["customers", name],
    queryFn: () =>
      api<{ items: Customer[]; hasMore: boolean }>(
        `/v1/customers?name=${encodeURIComponent(name)}`,
      ),
  });

interface Props {
  /** Shown beside a customer's name. */
  Label?: ComponentType<{ customerId: string }> | undefined;
}

/** A combobox as the ARIA Authoring Practices describe it, with a list of names or one tenant ID. */
export function CustomerSearch({ Label }: Props) {
  const [text, setText] = useState("");
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const queries = useQueryClient();
  const id = readCustomerId(text);
  const name = usePaused(text.trim());
  const found = useQuery({
    ...customersNamed(name),
    // Not for the text before, while the reader types.
    enabled: isOpen && !id && name === text.trim(),
    placeholderData: keepPreviousData,
  });
  const isCurrent = name === text.trim() && !found.isPlaceholderData && !found.isPending;
  const options = id ? [{ id, name: "Open this tenant ID", detail: id }] : optionsOf(found.data);
  const chosen = options[Math.min(active, options.length - 1)];

  /** Opens the first match of what was typed so far, as soon as it is found. */
  async function openFirst() {
    const typed = text.trim();
    const [first] = optionsOf(
      await queries.fetchQuery(customersNamed(typed)).catch(() => undefined),
    );
    if (input.current?.value.trim() === typed) choose(first);
  }

  function onKeyDown(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setOpen(true);
      const next = isOpen ? Math.min(active, options.length - 1) + step : active;
      setActive((next + options.length) % Math.max(options.length, 1));
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (text.trim() === "" && !isOpen) setOpen(true);
      else if (id || isCurrent) choose(chosen);
      else void openFirst();
    } else if (event.key === "Escape") {
      setOpen(false);
      if (!isOpen) setText("");
    }
  }

  return (
    <section aria-labelledby="find" className="search">
      <h2 id="find">Find a customer</h2>
      <label htmlFor="customer">Company name or tenant ID</label>
      <div className="combobox">
        <input
          ref={input}
          id="customer"
          role="combobox"
          // The page is for this; a reader who comes back to it searches again.
          autoFocus
          aria-expanded={isOpen && options.length > 0}
          aria-controls="matches"
          aria-autocomplete="list"
          aria-activedescendant={isOpen && chosen ? `match-${chosen.id}` : undefined}
          aria-describedby="customer-hint"
          autoComplete="off"
          spellCheck={false}
          placeholder="Contoso, or 11111111-2222-…"
          value={text}
          onChange={({ target }) => {
            setText(target.value);
            setActive(0);
            setOpen(target.value.trim() !== "");
          }}
          onClick={() => setOpen(true)}
          onBlur={() => setOpen(false)}
          onKeyDown={onKeyDown}
        />
        <ul
          // Other matches are other rows: none moves from its place.
          key={name}
          id="matches"
          role="listbox"
          aria-label="Customers"
          hidden={!isOpen || !chosen}
        >
          {options.map((option, index) => (
            <li
              key={option.id}
              id={`match-${option.id}`}
              role="option"
              aria-selected={option === chosen}
              // The input keeps the focus.
              onMouseDown={(event) => event.preventDefault()}
              onMouseMove={() => setActive(index)}
              onClick={() => choose(option)}
              ref={option === chosen ? (row) => row?.scrollIntoView({ block: "nearest" }) : null}
            >
              <strong>{option.name}</strong>
              {Label && <Label customerId={option.id} />}
              <small>{option.detail}</small>
            </li>
          ))}
        </ul>
      </div>
      <p id="customer-hint" className="hint" role="status">
        {hintFor(text.trim(), id, isCurrent ? options.length : undefined, found.data?.hasMore)}
      </p>
      {found.error !== null && <Problem error={found.error} onRetry={() => found.refetch()} />}
    </section>
  );
}

function choose(option: Option | undefined): void {
  if (option) navigate(`/customers/${option.id}`);
}

function optionsOf(found: { items: Customer[] } | undefined): Option[] {
  return (found?.items ?? []).map(({ id, companyProfile }) => {
    const { companyName = id, domain = "" } = companyProfile;
    return { id, name: companyName, detail: domain };
  });
}

function hintFor(
  text: string,
  id: string | undefined,
  matches: number | undefined,
  hasMore = false,
) {
  if (id) return "A tenant ID. Press Enter to open it.";
  const digits = text.replaceAll("-", "").length;
  if (/^(?=.*\d)[0-9a-f-]{4,}$/i.test(text) && !matches) {
    return `${digits} of the 32 digits of a tenant ID. No customer's name begins with it.`;
  }
  const rule =
    "Partner Center finds names by their beginning: “cont” finds Contoso College, “college” does not.";
  if (text === "" || matches === undefined) return rule;
  if (matches === 0) return `No customer's name begins with “${text}”. ${rule}`;
  const count = `${matches}${hasMore ? "+" : ""} ${matches === 1 ? "customer" : "customers"}`;
  return `${count}. Press Enter to open the highlighted one.`;
}

/** Returns the value once it has not changed for a moment. */
function usePaused(value: string): string {
  const [paused, setPaused] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(value), pauseMs);
    return () => clearTimeout(timer);
  }, [value]);
  return paused;
}
