/** The type and subtype of a Content-Type in lower case; undefined when it is malformed. */
export function mediaTypeOf(declared: string): string | undefined {
  const token = /[\w!#$&^.+*'|~-]+/.source;
  const parameter = `\\s*;\\s*${token}=(${token}|"[^"]*")`;
  const whole = new RegExp(`^\\s*(${token}/${token})(${parameter})*\\s*;?\\s*$`);
  return whole.exec(declared)?.[1]?.toLowerCase();
}

/** Whether a media type is JSON. */
export function isJson(type: string): boolean {
  return /^(application|text)\/([\w.+-]+\+)?json$/.test(type);
}
