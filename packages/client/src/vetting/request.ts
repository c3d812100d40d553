/** The part that sends requests and polls vettings. It is loaded with the first request or resumed vetting. */
export { checkRequest } from "./qualification-request.ts";
export { poll } from "./poll.ts";
export { sendRequest } from "./send-request.ts";
