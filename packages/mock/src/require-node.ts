import manifest from "../package.json" with { type: "json" };

// Loaded before Prism, which fails with a stack trace on an older Node. Prism's manifest requires a newer
// Node than Prism needs; `engines` of this package is the oldest tested one.

const least = manifest.engines.node.replace(">=", "");
const [major = 0, minor = 0] = least.split(".").map(Number);
const [thisMajor = 0, thisMinor = 0] = process.versions.node.split(".").map(Number);

if (thisMajor < major || (thisMajor === major && thisMinor < minor)) {
  throw new RangeError(
    `@partner-qualifications/mock needs Node ${least} or newer; this is ${process.versions.node}`,
  );
}
