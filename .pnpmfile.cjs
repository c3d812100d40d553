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
  // Both are written against the compiler API of TypeScript 5; the workspace is on 7.
  if (manifest.name === "openapi-typescript" || manifest.name === "typedoc") {
    delete manifest.peerDependencies?.typescript;
    manifest.dependencies = { ...manifest.dependencies, typescript: "5.9.3" };
  }
  return manifest;
}

module.exports = { hooks: { readPackage } };
