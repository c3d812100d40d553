import { audit } from "./plants/audit.ts";
import { codes } from "./plants/codes.ts";
import { customers, status } from "./plants/customers.ts";
import type { Plant } from "./plants/plant.ts";
import { qualifications } from "./plants/qualifications.ts";
import { retired } from "./plants/retired.ts";

/** Semantic defects of all operations. */
export const plants: readonly Plant[] = [
  ...customers,
  ...qualifications,
  ...codes,
  ...retired,
  ...status,
  ...audit,
];
