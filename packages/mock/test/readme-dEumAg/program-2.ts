import { startMock } from "@partner-qualifications/mock";

await using mock = await startMock({ clock: "manual", now: "2026-11-23T09:00:00Z" });
mock.advance("P1M"); // one calendar month
console.log(mock.control.clock.now); // 2026-12-23T09:00:00.000Z
mock.control.setClock({ mode: "fast", speed: 3600 }); // one hour per second
mock.control.reset(); // discards all state and restarts
console.log(mock.control.clock.mode); // manual
