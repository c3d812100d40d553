import {
  type CustomerQualification,
  readList,
  type ReadList,
} from "../answers/read-qualification.ts";
import { unwrap, type UnwrapOptions } from "../answers/unwrap.ts";
import { checkGuid, checkPositive } from "../check.ts";
import type { CallOptions, WriteOptions } from "../pipeline/call.ts";
import { type HookSets, warn } from "../pipeline/observe.ts";
import type { Send } from "../pipeline/send.ts";
import type { Runtime } from "../runtime.ts";
import type { QualificationRequest } from "../vetting/qualification-request.ts";
import { readResumeToken } from "../vetting/resume-token.ts";
import type { SendOptions } from "../vetting/send-request.ts";
import { createVetting, loadRequests, type Vetting } from "../vetting/vetting.ts";

/** A customer's qualifications, and requests for more. */
export interface Qualifications {
  /**
   * Lists the qualifications of a customer, recognized or being vetted. It skips unreadable members, and
   * reports them to the hook `warning`.
   *
   * @param customerId The customer's Microsoft tenant id, a GUID.
   * @returns The qualifications; empty for a customer without one.
   * @throws {PartnerCenterError}
   */
  list(customerId: string, call?: CallOptions): Promise<CustomerQualification[]>;
  /**
   * Requests a qualification. The service only accepts the request; the returned handle polls the vetting,
   * which takes days.
   *
   * If the response is lost, the client sends the same request again with the same MS-RequestId, and then
   * lists the qualifications. If they leave open whose request it was, it waits for the audit record with its
   * MS-CorrelationId, as long as `auditWaitMs` allows. The handle's `write` reports what it found.
   *
   * @param customerId The customer's Microsoft tenant id, a GUID.
   * @throws {ConflictError} When the customer already has the qualification, or one that excludes it.
   * @throws {PartnerCenterError} With `write: "unknown"` if the client could not find out whether the service
   * accepted the request. Call again with the error's `continuation` to find out.
   * @example
   * const vetting = await client.qualifications.request(customerId, {
   *   qualification: "Education",
   *   educationSegment: "K12",
   *   website: "example.edu",
   * });
   * const outcome = await vetting.pollUntilDone();
   */
  request(customerId: string, body: QualificationRequest, call?: WriteOptions): Promise<Vetting>;
  /**
   * Resumes polling a vetting, for instance in another process.
   *
   * @param token The result of {@link Vetting.toString}.
   * @throws {InvalidRequestError} When the token is invalid, was changed, or belongs to another host than this
   * client's.
   */
  resume(token: string): Vetting;
}

export interface QualificationsWorld {
  runtime: Runtime;
  hooks: HookSets;
  /** The host of the base address. */
  host: string;
  prove: SendOptions["prove"];
}

export function createQualifications(
  send: Send,
  unwrapOptions: UnwrapOptions,
  { runtime, hooks, host, prove }: QualificationsWorld,
): Qualifications {
  const sendList = (customerId: string, options: CallOptions) =>
    send("listQualifications", { path: { customer_id: customerId } }, options);

  async function list(customerId: string, options: CallOptions): Promise<ReadList> {
    checkGuid("customerId", customerId);
    const sent = sendList(customerId, options);
    const found = await unwrap(sent, unwrapOptions, readList);
    if (found.unreadable > 0)
      warn(hooks, sent.call, `${found.unreadable} members of the list could not be read`);
    return found;
  }

  const handle = (state: Parameters<typeof createVetting>[0]) =>
    createVetting(state, { list: (options) => list(state.customerId, options), runtime });

  return {
    list: async (customerId, call = {}) => (await list(customerId, call)).items,
    async request(customerId, given, { ...call } = {}) {
      // Copies: the caller may change its own while the part is loaded.
      const body = { ...given };
      const { checkRequest, sendRequest } = await loadRequests();
      checkGuid("customerId", customerId);
      checkRequest(body);
      checkPositive("sentAt", call.sentAt);
      const { qualification } = body;
      const code = "validationCode" in body ? body.validationCode : undefined;
      const sent = await sendRequest({
        customerId,
        qualification,
        send: (options) =>
          send(
            "requestQualification",
            {
              path: { customer_id: customerId },
              // Old sources have the code in the query, new ones in the body; the client sends both (C5).
              query: code === undefined ? {} : { code },
              body,
              secrets: code === undefined ? [] : [`${code}`, encodeURIComponent(code)],
            },
            options,
          ),
        list: (options) => sendList(customerId, options),
        prove,
        call,
        unwrapOptions,
      });
      return handle({ ...sent, customerId, qualification, host });
    },
    resume(token) {
      const vetting = handle(readResumeToken(token, host));
      // Now rather than at the first poll: by then a new version of a page may have replaced its files.
      loadRequests().catch(() => {});
      return vetting;
    },
  };
}
