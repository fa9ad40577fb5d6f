import { expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createConnection, type RowDataPacket } from "mysql2/promise";
import { mariadbServer } from "./mariadb-server.ts";

const connect = (url: string) => createConnection({ uri: url.replace(/^mariadb:/, "mysql:") });

test("a test database is real, empty, its own, and can be dropped while a transaction is open in it", async () => {
  const server = await mariadbServer();
  const [first, second] = await Promise.all([server.createDatabase(), server.createDatabase()]);
  expect(first.name).not.toBe(second.name);
  const session = await connect(first.url);
  session.on("error", () => undefined);
  const [rows] = await session.query<RowDataPacket[]>("SELECT DATABASE() AS name, VERSION() AS version");
  expect(rows[0]?.["name"]).toBe(first.name);
  expect(rows[0]?.["version"]).toContain("MariaDB");
  await session.query("CREATE TABLE t (id INT)");
  await session.query("START TRANSACTION");
  await session.query("SELECT * FROM t");
  await Promise.all([first.drop(), second.drop()]);
  await expect(session.query("SELECT 1")).rejects.toThrow();
  session.destroy();
});

const ownServer = `
  import { startMariadb } from "${join(import.meta.dir, "mariadb-server.ts")}";
  console.log((await startMariadb()).folder);
  // Waits for the signal; not for ever, should the test itself be ended.
  setTimeout(() => process.exit(), 20_000);
`;

test("a server ends, and leaves no files, when SIGKILL ends the process that started it", async () => {
  const child = Bun.spawn([process.execPath, "-e", ownServer], { stdout: "pipe", cwd: import.meta.dir });
  const folder = await firstLine(child.stdout);
  expect(existsSync(join(folder, "socket"))).toBe(true);
  child.kill("SIGKILL");
  await child.exited;
  for (let waited = 0; existsSync(folder) && waited < 10_000; waited += 20) await Bun.sleep(20);
  expect(existsSync(folder)).toBe(false);
});

const firstLine = async (stream: ReadableStream<Uint8Array>): Promise<string> => {
  for await (const chunk of stream) return new TextDecoder().decode(chunk).trim();
  throw new Error("the process that was to start a server printed nothing");
};
