/** The used part of autocannon, which has no types. */
declare module "autocannon" {
  interface AutocannonRequest {
    method: string;
    path: string;
    headers: Record<string, string>;
    body?: string;
  }
  interface AutocannonOptions {
    url: string;
    connections: number;
    duration?: number;
    amount?: number;
    setupClient?: (client: { setRequests(requests: AutocannonRequest[]): void }) => void;
  }
  interface AutocannonResult {
    "2xx": number;
    non2xx: number;
    errors: number;
    /** Responses per second. */
    requests: { p50: number };
  }
  export default function autocannon(options: AutocannonOptions): Promise<AutocannonResult>;
}
