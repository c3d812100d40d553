// The mock in its own process, as Partner Center is. It ends with the test that started it, also if that test ends first.

import { startMock } from "@partner-qualifications/mock";

process.once("disconnect", () => process.exit());
const mock = await startMock();
process.send?.(mock.url, undefined, undefined, (error: Error | null) => error && process.exit());
