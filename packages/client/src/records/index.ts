export { findRequest, prove } from "./find-record.ts";
export { listRecords } from "./list-records.ts";
