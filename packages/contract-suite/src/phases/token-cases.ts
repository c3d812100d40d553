import type { Case } from "../exchange/case.ts";
import type { MockControl, MockInfo } from "../exchange/mock-control.ts";
import type { CaseMaker } from "./request-cases.ts";

/** Requests without a token, with a bad one, and with one of each kind. */
export function tokenCases(
  { operation, make }: CaseMaker,
  { mock, control }: { mock?: MockInfo | undefined; control?: MockControl | undefined },
): Case[] {
  if (operation.security.length === 0) return [];
  const base = `coverage/${operation.id}/token`;
  const bad = [
    "Basic dXNlcjpwYXNzd29yZA==",
    "Bearer",
    // The mock accepts any token that has no special meaning.
    ...(mock?.badTokens ?? ["not-a-token"]).map((token) => `Bearer ${token}`),
  ];
  return [
    make(`${base}/none`, { kind: "withoutToken" }, { more: { token: { none: true } } }),
    ...bad.map((authorization, index) =>
      make(`${base}/bad/${index}`, { kind: "badToken" }, { more: { token: { authorization } } }),
    ),
    ...Object.entries(control?.tokens ?? {}).map(([scheme, token]) =>
      make(
        `${base}/${scheme}`,
        { kind: "tokenKind", scheme, isTaken: operation.security.includes(scheme) },
        { more: { token: { authorization: `Bearer ${token}` } } },
      ),
    ),
  ];
}
