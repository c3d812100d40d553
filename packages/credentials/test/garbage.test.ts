import { execFile } from "node:child_process";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { systemNode } from "@partner-qualifications/testing/packed";

const exec = promisify(execFile);
const nodes = [["the workspace's Node", process.execPath]];
const own = await systemNode();
if (own && own.major >= 22) nodes.push(["the machine's own Node", own.path]);

test.each(process.env.SWEEPS ? nodes : nodes.slice(0, 1))(
  "keeps its timeouts through garbage collection on %s",
  async (_, node) => {
    const silent = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const { port } = silent.address() as AddressInfo;
    const script = join(import.meta.dirname, "hang-and-collect.js");
    const { stdout } = await exec(node!, ["--expose-gc", script, `http://127.0.0.1:${port}`]);
    silent.close();
    expect(JSON.parse(stdout)).toEqual(["timeout", "timeout", "timeout"]);
  },
  90_000,
);
