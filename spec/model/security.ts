import { asSchema, type Grounds, groundsOf, type JsonObject } from "./schema.ts";

/** Where an environment's tokens come from, and for which service. */
export interface Environment extends Grounds {
  authority: string;
  resource: string;
}

/** A way to authenticate. */
export interface SecurityScheme extends Grounds {
  /** Its key in the contract, for example `appUser`. */
  name: string;
  /** What the token represents: an application and a user, an application alone, or either. */
  kind: "user" | "application" | "any";
  description: string;
  /** Of the OAuth flow, if the scheme has one. */
  authorizationUrl?: string;
  tokenUrl?: string;
  scopes: string[];
  /** By name, for example `global` (`x-environments`). */
  environments: Record<string, Environment>;
}

export function readSecurityScheme(name: string, node: JsonObject): SecurityScheme {
  const flows = asSchema(node.flows);
  const flow = asSchema(flows.authorizationCode ?? flows.clientCredentials);
  const { authorizationUrl, tokenUrl } = flow;
  return {
    name,
    kind: flows.clientCredentials ? "application" : flows.authorizationCode ? "user" : "any",
    description: String(node.description ?? ""),
    ...(typeof authorizationUrl === "string" && { authorizationUrl }),
    ...(typeof tokenUrl === "string" && { tokenUrl }),
    scopes: Object.keys(asSchema(flow.scopes)),
    environments: Object.fromEntries(
      Object.entries(asSchema(node["x-environments"])).map(([environment, one]) => {
        const { authority, resource } = asSchema(one);
        return [
          environment,
          { authority: String(authority), resource: String(resource), ...groundsOf(asSchema(one)) },
        ];
      }),
    ),
    ...groundsOf(node),
  };
}
