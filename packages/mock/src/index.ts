export { startMock } from "./start-mock.ts";
export type { Mock, MockOptions } from "./start-mock.ts";
export { testCustomers } from "./test-customers.ts";
export type { TestCustomer } from "./test-customers.ts";
