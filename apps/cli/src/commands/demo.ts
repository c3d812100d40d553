import type { Command } from "commander";
import { connect } from "../connection.ts";
import { colored } from "../print.ts";

/** Adds the command that shows a request and its outcome without Partner Center. */
export function addDemo(program: Command): void {
  program
    .command("demo")
    .description(
      "start the mock of Partner Center, and follow a school from the request to the outcome",
    )
    .option("--keep", "leave the mock running, to try the other commands on it")
    .action(demo);
}

async function demo({ keep }: { keep?: boolean }): Promise<void> {
  const { startMock } = await import("@partner-qualifications/mock");
  const mock = await startMock({ clock: "manual" });
  const options = `--base-url ${mock.url} --token any`;
  try {
    await using connection = await connect({ baseUrl: mock.url, token: "any" });
    const { qualifications } = connection.client;
    for (const [company, id] of [
      ["Bellows College", "00000000-0000-4000-8000-0000000000a1"],
      ["Fourth Coffee", "00000000-0000-4000-8000-00000000de01"],
    ] as const) {
      console.log(
        `\n# ${company}\n$ qualifications request ${id} education --segment K12 ${options}`,
      );
      const vetting = await qualifications.request(id, {
        qualification: "Education",
        educationSegment: "K12",
      });
      console.log(
        `${vetting.item?.vettingStatus}: Microsoft reviews it, which takes days. The mock's clock moves five days on.`,
      );
      mock.advance("P5D");
      console.log(`$ qualifications get ${id} ${options}`);
      for (const { vettingStatus, vettingReason } of await qualifications.list(id)) {
        console.log(`${colored(vettingStatus ?? "")}${vettingReason ? `: ${vettingReason}` : ""}`);
      }
    }
    console.log(
      "\nA whole spreadsheet: qualifications portfolio plan rows.csv, then portfolio run.",
    );
    if (!keep) return;
    console.log(`The mock runs on ${mock.url}. Stop it with Ctrl-C.`);
    await new Promise<void>((resolve) => process.once("SIGINT", resolve).once("SIGTERM", resolve));
  } finally {
    await mock.close();
  }
}
