export { budgets } from "./budgets.ts";
export { gzipSize } from "./gzip-size.ts";
export { globalsTouchedByImport, importTime } from "./import-cost.ts";
export { instantiations, tsc } from "./instantiations.ts";
export { tenCalls } from "./ten-calls.ts";
