/** @param {Record<string, any>} manifest */
function readPackage(manifest) {
  // Only its standalone page is used, a single self-contained file.
  if (manifest.name === "@scalar/api-reference") manifest.dependencies = {};
  return manifest;
}

module.exports = { hooks: { readPackage } };
