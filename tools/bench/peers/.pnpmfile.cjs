/** @param {Record<string, any>} manifest */
function readPackage(manifest) {
  // Only its standalone page is used, which carries in one file all that it needs.
  if (manifest.name === "@scalar/api-reference") manifest.dependencies = {};
  return manifest;
}

module.exports = { hooks: { readPackage } };
