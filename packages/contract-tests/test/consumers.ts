// Every project of consumers/: the tool whose version the result names, its commands, and what the last one prints.

import { basename } from "node:path";

export interface Consumer {
  name: string;
  /** A package of `package.json`; without it, the consumer needs Node alone. */
  tool?: string;
  /** Lines of a shell, with the commands of all tools in PATH. */
  run: string[];
  prints: RegExp;
}

const approved = /^approved$/m;
const passed = /\b1 passed|# pass 1|pass 1\b/;

/** One version of Node's types for all: a dependency's reference to another version would load both. */
const compilers = ["typescript-5.4", "typescript", "typescript-6", "typescript-7"];
const resolutions = [
  ["node16", "node16"],
  ["nodenext", "nodenext"],
  ["esnext", "bundler"],
];
const libraries = ["es2022,esnext.disposable", "es2022,esnext.disposable,dom,dom.iterable"];

const types = compilers.flatMap((tool) =>
  resolutions.flatMap(([module, resolution]) =>
    libraries.map((lib): Consumer => {
      const dom = lib.includes("dom") ? "with DOM" : "without DOM";
      const command = `rm -f tsconfig.json && node node_modules/${tool}/bin/tsc types.ts --noEmit --strict --exactOptionalPropertyTypes --skipLibCheck false --target es2022 --types node`;
      return {
        name: `TypeScript, ${resolution}, ${dom}`,
        tool,
        run: [
          `${command} --module ${module} --moduleResolution ${resolution} --lib ${lib} && echo compiled`,
        ],
        prints: /^compiled$/m,
      };
    }),
  ),
);

const contract = "node_modules/@partner-qualifications/spec/dist/openapi.json";
const generators: [tool: string, command: string][] = [
  ["@hey-api/openapi-ts", `openapi-ts -i ${contract} -o out/hey-api`],
  ["orval", "orval --config orval.config.mjs"],
  [
    "swagger-typescript-api",
    `swagger-typescript-api generate -p ${contract} -o out/swagger -n index.ts`,
  ],
  ["openapi-zod-client", `openapi-zod-client ${contract} -o out/zod.ts`],
  ["typed-openapi", `typed-openapi ${contract} -o out/typed.ts`],
];

/** Other versions of Node than the workspace's own, which runs the rest. */
const nodes = ["node-22", "node-24"].map((tool): Consumer => {
  const node = `node_modules/${tool}/bin/node`;
  return {
    name: "CommonJS, ES modules, node:test and the mock",
    tool,
    run: [
      `${node} require.cjs | grep -q approved && ${node} run.mjs | grep -q approved && ${node} --test node.test.mjs && ${node} mock.mjs`,
    ],
    prints: approved,
  };
});

export const consumers: Consumer[] = [
  { name: "CommonJS", run: ["node require.cjs"], prints: approved },
  { name: "ES modules", run: ["node run.mjs"], prints: approved },
  { name: "node:test", run: ["node --test node.test.mjs"], prints: passed },
  { name: "the mock in the same process", run: ["node mock.mjs"], prints: approved },
  ...nodes,
  { name: "jest with its defaults", tool: "jest", run: ["jest client.test.js"], prints: passed },
  {
    name: "ts-jest",
    tool: "ts-jest",
    run: [
      `echo '{"compilerOptions":{"module":"node16","moduleResolution":"node16","target":"es2022","strict":true,"isolatedModules":true}}' > tsconfig.json`,
      `jest types.test.ts --config '{"preset":"ts-jest","testMatch":["**/types.test.ts"]}'`,
    ],
    prints: passed,
  },
  {
    name: "ts-node",
    tool: "ts-node",
    run: ["ts-node --transpile-only ts-node.ts"],
    prints: approved,
  },
  { name: "Vitest", tool: "vitest", run: ["vitest run vitest.spec.mjs"], prints: passed },
  { name: "Vite", tool: "vite", run: ["vite build", "node dist/vite/run.mjs"], prints: approved },
  {
    name: "Vite, in Chromium",
    tool: "vite",
    run: ["vite build page --outDir ../dist/page", "node run-page.cjs"],
    prints: approved,
  },
  {
    name: "esbuild",
    tool: "esbuild",
    run: [
      "esbuild run.mjs --bundle --format=esm --outfile=dist/esbuild.mjs",
      "node dist/esbuild.mjs",
    ],
    prints: approved,
  },
  {
    name: "webpack",
    tool: "webpack",
    run: [
      "webpack ./run.mjs --mode production --target node -o dist/webpack",
      "node dist/webpack/main.js",
    ],
    prints: approved,
  },
  {
    name: "Parcel",
    tool: "parcel",
    run: ["parcel build --target parcel --no-cache --no-source-maps", "node dist/parcel/run.js"],
    prints: approved,
  },
  { name: "Bun", tool: "bun", run: ["bun run.mjs"], prints: approved },
  { name: "Deno", tool: "deno", run: ["deno run --allow-all run.mjs"], prints: approved },
  {
    name: "workerd",
    tool: "miniflare",
    run: [
      "esbuild worker.mjs --bundle --format=esm --outfile=dist/worker.mjs",
      "node run-worker.cjs",
    ],
    prints: approved,
  },
  {
    name: "React Native's Babel preset",
    tool: "@react-native/babel-preset",
    run: ["node run-lowered.cjs"],
    prints: approved,
  },
  {
    name: "Next, a server action",
    tool: "next",
    // With a tsconfig.json, Next checks the types of the other consumers' files.
    run: ["rm -f tsconfig.json", "next build", "node run-next.cjs"],
    prints: approved,
  },
  ...types,
  // The client that each generates is compiled, and requests a qualification of the mock.
  ...generators.map(([tool, generate]): Consumer => {
    const program = `generators/${basename(tool)}.ts`;
    return {
      name: "a client generated from the contract",
      tool,
      run: [
        "mkdir -p out",
        generate,
        `rm -f tsconfig.json && node node_modules/typescript/bin/tsc ${program} --noEmit --strict --skipLibCheck --target es2022 --module esnext --moduleResolution bundler --types node && esbuild ${program} --bundle --platform=node --outfile=out/program.cjs && node out/program.cjs`,
      ],
      prints: /^InReview$/m,
    };
  }),
];
