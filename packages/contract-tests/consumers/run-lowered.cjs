// React Native's preset on the files of the package, as Metro applies it.
const { transformFileSync } = require("@babel/core");
const { mkdirSync, readdirSync, readFileSync, writeFileSync } = require("node:fs");
const { dirname, join } = require("node:path");

const source = dirname(require.resolve("@partner-qualifications/client"));
const target = "lowered/node_modules/@partner-qualifications/client";
mkdirSync(join(target, "dist"), { recursive: true });
writeFileSync(join(target, "package.json"), readFileSync(join(source, "../package.json")));
for (const name of readdirSync(source).filter((file) => /^(?!node).*\.cjs$/.test(file))) {
  const { code } = transformFileSync(join(source, name), {
    presets: [
      [
        "@react-native/babel-preset",
        { disableImportExportTransform: true, enableBabelRuntime: false },
      ],
    ],
    configFile: false,
    babelrc: false,
  });
  writeFileSync(join(target, "dist", name), code);
}
writeFileSync("lowered/run.cjs", readFileSync("lowered.cjs"));
require("./lowered/run.cjs");
