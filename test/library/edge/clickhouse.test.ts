import { afterAll, beforeAll, expect, test } from "bun:test";
import { clickhouseServer } from "../../helpers/clickhouse-server.ts";
import { compiled } from "../../helpers/compiled.ts";
import { deno, type EdgeFolder, edgeFolder } from "../../helpers/edge-runtimes.ts";
import { source } from "../program.ts";

let folder: EdgeFolder;
beforeAll(async () => {
  folder = await edgeFolder();
}, 60_000);
afterAll(() => folder.dispose());

test("a program in Deno migrates ClickHouse, once", async () => {
  const server = await clickhouseServer();
  const { url, name, drop } = await server.createDatabase();
  const event = `createTable({ name: "events", fields: [{ name: "id", type: "bigint", primaryKey: true }, { name: "what", type: "text" }] })`;
  folder.write({
    "compiled.json": JSON.stringify(await compiled({ "0001_events.ts": source(event) })),
    "program.js": `import { clickhouse, migrate, status } from "./edge.js";
import migrations from "./compiled.json" with { type: "json" };
const driver = clickhouse({ url: Deno.args[0] });
const first = await migrate({ driver, migrations });
const again = await migrate({ driver, migrations });
console.log(JSON.stringify([first.applied, again.applied, (await status({ driver, migrations })).applied]));
`,
  });
  const net = `--allow-net=127.0.0.1:${server.port}`;
  const { stdout, stderr } = await deno(folder.directory, [
    "run",
    "--no-config",
    "--no-remote",
    "--no-npm",
    net,
    "program.js",
    url,
  ]);
  expect(stderr).toBe("");
  expect(JSON.parse(stdout)).toEqual([["0001_events"], [], 1]);
  expect(
    (await server.run(`SELECT count() FROM system.columns WHERE database = '${name}' AND table = 'events'`)).trim(),
  ).toBe("2");
  await drop();
}, 60_000);
