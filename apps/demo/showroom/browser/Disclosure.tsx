import { type ReactNode, useState } from "react";

interface Props {
  id: string;
  title: string;
  note?: string;
  className?: string;
  children: ReactNode;
}

const wide = matchMedia("(min-width: 60rem)");

/** A section that is collapsed on a phone, where it would be between the reader and the page. */
export function Disclosure({ id, title, note, className, children }: Props) {
  const [isOpen, setOpen] = useState(wide.matches);
  return (
    <section aria-labelledby={id} className={`disclosure ${className ?? ""}`}>
      <details open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>
          <h2 id={id}>{title}</h2>
          {/* With a key, since a note that is aligned to the right would move when it changes. */}
          {note && <small key={note}>{note}</small>}
        </summary>
        <div className="content">{children}</div>
      </details>
    </section>
  );
}
