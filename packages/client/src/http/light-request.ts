/**
 * What openapi-fetch makes a request of. A real `Request` costs several times as much as the rest of
 * the client, and nothing of it is needed: our own stages call `fetch` with address and init.
 */
export class LightRequest {
  declare readonly headers: Headers;
  declare readonly body: string | undefined;
  declare readonly signal: AbortSignal | undefined;
  readonly url: string;
  readonly method: string = "GET";

  constructor(url: string, init: Partial<LightRequest>) {
    Object.assign(this, init);
    this.url = url;
  }
}
