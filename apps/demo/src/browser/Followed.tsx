import { useFollowed } from "./live.ts";
import { nameOf } from "./names.ts";
import { Link } from "./navigation.tsx";
import { StatusPill } from "./StatusPill.tsx";
import { When } from "./When.tsx";

/** Every vetting that the server follows, whoever asked for it. */
export function Followed() {
  const followed = useFollowed();
  if (followed.length === 0) return null;
  return (
    <section aria-labelledby="followed">
      <h2 id="followed">Vettings</h2>
      <p className="hint">The server follows them, also while nobody looks.</p>
      <ul className="followed">
        {followed.map(({ customerId, customerName, qualification, item, timeline }) => (
          <li key={`${customerId} ${qualification}`}>
            <Link href={`/customers/${customerId}`}>
              <strong>{customerName ?? customerId}</strong>
              <small>{nameOf(qualification)}</small>
            </Link>
            <StatusPill status={item ? item.vettingStatus : "Not seen yet"} />
            <small>
              <When date={timeline.at(-1)?.at ?? ""} />
            </small>
          </li>
        ))}
      </ul>
    </section>
  );
}
