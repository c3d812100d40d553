// The installed mock, in the same process as the program.
import { startMock } from "@partner-qualifications/mock";
import { main } from "./program.mjs";

const mock = await startMock();
console.log(await main(mock.url));
await mock.close();
