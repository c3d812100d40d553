import manifest from "../package.json" with { type: "json" };

// Loaded before Prism, which ends with its own stack trace on an older Node. Prism's manifest asks for a newer Node than
// Prism needs; `engines` of this package is the oldest on which the tests run this package.

const least = manifest.engines.node.replace(">=", "");
const [major = 0, minor = 0] = least.split(".").map(Number);
const [thisMajor = 0, thisMinor = 0] = process.versions.node.split(".").map(Number);

if (thisMajor < major || (thisMajor === major && thisMinor < minor)) {
  throw new RangeError(
    `@partner-qualifications/mock needs Node ${least} or newer, and this is ${process.versions.node}`,
  );
}
