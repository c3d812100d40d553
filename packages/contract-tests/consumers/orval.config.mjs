// The client of orval calls `fetch`, which needs the address of the service when it generates.
export default {
  contract: {
    input: "node_modules/@partner-qualifications/spec/dist/openapi.json",
    output: { target: "out/orval.ts", client: "fetch", baseUrl: process.env.MOCK_URL },
  },
};
