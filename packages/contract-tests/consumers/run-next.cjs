// Starts what `next build` made, and prints what its server action returned.
const { spawn } = require("node:child_process");

const child = spawn("next", ["start", "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
let output = "";
child.stdout.setEncoding("utf8").on("data", async (text) => {
  output += text;
  const [url] = /http:\/\/localhost:\d+/.exec(output) ?? [];
  if (!url || !output.includes("Ready")) return;
  output = "";
  const page = await (await fetch(url)).text();
  console.log(/<p>(.*?)<\/p>/.exec(page)?.[1]);
  child.kill();
});
