// A server action of Next, and a page that shows what it returns.
import { main } from "../program.mjs";

export const dynamic = "force-dynamic";

async function request() {
  "use server";
  return main(process.env.MOCK_URL);
}

export default async () => (
  <form action={request}>
    <p>{await request()}</p>
  </form>
);
