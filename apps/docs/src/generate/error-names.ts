import { createQualificationsClient, PartnerCenterError } from "@partner-qualifications/client";

/**
 * What the client makes of an answer, found out by giving it one.
 *
 * @returns The error's name, for instance `PermissionError`.
 */
export async function errorName(status: number, code: string): Promise<string> {
  const { qualifications } = createQualificationsClient({
    credential: () => "any",
    retry: { maxAttempts: 1 },
    fetch: async () => Response.json({ code, description: "" }, { status }),
  });
  try {
    await qualifications.list("11111111-2222-3333-4444-555555555555");
  } catch (error) {
    if (error instanceof PartnerCenterError) return error.name;
    throw error;
  }
  throw new Error(`The client took ${status} for a success`);
}
