import { Link } from "./navigation.tsx";
import { useLive } from "./live.ts";

const connections = { connecting: "Connecting …", live: "Live", lost: "Connection lost" };

export function Header(props: { partnerCenter: string | undefined; isMock: boolean }) {
  const { connection } = useLive();
  return (
    <header className="top">
      <a className="skip" href="#main">
        Skip to the content
      </a>
      <Link href="/" className="brand">
        <img src="/icon.svg" alt="" width="28" height="28" />
        Customer qualifications
      </Link>
      <p className="where">
        {props.partnerCenter && (
          <span className="badge">
            {props.isMock ? "Mock" : "Partner Center"} <small>{props.partnerCenter}</small>
          </span>
        )}
        <span className={`connection ${connection}`} role="status">
          {connections[connection]}
        </span>
      </p>
    </header>
  );
}
