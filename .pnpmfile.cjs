// Two corrections to what packages say of themselves.

/** @param {Record<string, any>} manifest */
function readPackage(manifest) {
  // The per-platform Node packages give `os` and `cpu` as plain strings, which pnpm does not
  // match; every platform would be installed.
  if (/^node-(bin-)?(linux|darwin|win)-/.test(manifest.name)) {
    for (const field of ["os", "cpu"]) {
      if (typeof manifest[field] === "string") manifest[field] = [manifest[field]];
    }
  }
  // These are written against the compiler API of TypeScript 5; the workspace is on 7.
  if (
    ["@hey-api/openapi-ts", "oazapfts", "openapi-typescript", "typedoc"].includes(manifest.name)
  ) {
    delete manifest.peerDependencies?.typescript;
    manifest.dependencies = { ...manifest.dependencies, typescript: "5.9.3" };
  }
  // Loads a compiler that it never uses.
  if (manifest.name === "@apiture/openapi-down-convert") delete manifest.dependencies.typescript;
  return manifest;
}

module.exports = { hooks: { readPackage } };
