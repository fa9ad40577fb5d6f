import { expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { join } from "node:path";
import postgres from "postgres";
import { postgresServer } from "./postgres-server.ts";

test("a test database is real, empty, its own, and can be dropped while somebody is connected", async () => {
  const server = await postgresServer();
  const [first, second] = await Promise.all([server.createDatabase(), server.createDatabase()]);
  expect(first.name).not.toBe(second.name);
  const sql = postgres(first.url, { max: 1, onclose: () => undefined });
  const [row] = await sql`SELECT current_database() AS name, current_setting('server_version_num')::int AS version`;
  expect(row?.["name"]).toBe(first.name);
  expect(row?.["version"]).toBeGreaterThan(140000);
  await Promise.all([first.drop(), second.drop()]);
  await expect(sql`SELECT 1`.execute()).rejects.toThrow();
  await sql.end({ timeout: 1 });
});

const ownServer = `
  import postgres from "postgres";
  import { postgresServer } from "${join(import.meta.dir, "postgres-server.ts")}";
  const sql = postgres((await postgresServer()).url(), { max: 1 });
  const [row] = await sql\`SELECT current_setting('data_directory') AS folder\`;
  console.log(row.folder);
  // Waits for the signal; not for ever, should the test itself be ended.
  setTimeout(() => process.exit(), 20_000);
`;

for (const signal of ["SIGKILL", "SIGINT"] as const) {
  test(`a server ends, and leaves no files, when ${signal} ends the process that started it`, async () => {
    const { GODWIT_TEST_POSTGRES_URL: _, ...env } = process.env;
    const child = Bun.spawn([process.execPath, "-e", ownServer], {
      env,
      stdout: "pipe",
      cwd: import.meta.dir,
    });
    const folder = await firstLine(child.stdout);
    expect(existsSync(join(folder, "postmaster.pid"))).toBe(true);
    child.kill(signal);
    await child.exited;
    for (let waited = 0; existsSync(folder) && waited < 10_000; waited += 20) await Bun.sleep(20);
    expect(existsSync(folder)).toBe(false);
  });
}

const firstLine = async (stream: ReadableStream<Uint8Array>): Promise<string> => {
  for await (const chunk of stream) return new TextDecoder().decode(chunk).trim();
  throw new Error("the process that was to start a server printed nothing");
};
