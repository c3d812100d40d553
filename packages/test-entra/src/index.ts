export { type Entra, type EntraOptions, startEntra, type TokenRequest } from "./start-entra.ts";
