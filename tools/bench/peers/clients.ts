import ky from "ky";
import OpenAI from "openai";
import { authorization, type Contender, token } from "../src/client/contender.ts";
import { path, requested } from "../src/client/sample.ts";

export const kyClient: Contender = (given) => {
  const http = ky.create({ ...given, headers: authorization });
  return {
    GET: () => http.get(path).json(),
    POST: () => http.post(path, { json: requested }).json(),
  };
};

export const openai: Contender = ({ baseUrl, fetch }) => {
  const http = new OpenAI({ apiKey: token, baseURL: baseUrl, ...(fetch && { fetch }) });
  return {
    GET: async () => http.get(path),
    POST: async () => http.post(path, { body: requested }),
  };
};

/** Resolves a module from the peers, which also finds the benchmarks' own packages. */
export const resolve = (module: string): string => import.meta.resolve(module);
