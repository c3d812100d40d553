import { readFileSync } from "node:fs";
import { packageFile } from "./package-file.ts";

// Loaded before Prism, which on an older Node ends with a stack trace of its own. Prism's manifest asks for a newer Node
// than Prism needs; `engines` of this package is the oldest on which the tests run this package.

const { engines } = JSON.parse(readFileSync(packageFile("package.json"), "utf8")) as {
  engines: { node: string };
};
const least = engines.node.replace(">=", "");
const [major = 0, minor = 0] = least.split(".").map(Number);
const [thisMajor = 0, thisMinor = 0] = process.versions.node.split(".").map(Number);

if (thisMajor < major || (thisMajor === major && thisMinor < minor)) {
  throw new RangeError(
    `@partner-qualifications/mock needs Node ${least} or newer, and this is ${process.versions.node}`,
  );
}
