// The mock in a process of its own, as Partner Center is. It ends with the test that started it.

import { startMock } from "@partner-qualifications/mock";

const mock = await startMock();
process.send?.(mock.url);
process.once("disconnect", () => process.exit());
