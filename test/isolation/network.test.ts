import { afterEach, beforeEach, expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { godwitBinary } from "../helpers/binary.ts";
import { testInNamespaces } from "../helpers/namespaces.ts";
import { importedModules, only } from "../helpers/source-text.ts";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "godwit-network-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

/** In a network namespace of its own, where there is not even 127.0.0.1; who is not root needs a user namespace for that. */
async function withoutNetwork(...words: readonly string[]) {
  const flags = process.getuid?.() === 0 ? ["--net"] : ["--net", "--map-root-user"];
  const child = Bun.spawn(["unshare", ...flags, await godwitBinary(), ...words], {
    cwd: directory,
    env: { PATH: "/usr/bin:/bin" },
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
    timeout: 30_000,
  });
  const [stdout, stderr, exitCode] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited]);
  if (stderr.startsWith("unshare:")) throw new Error(`namespaces are not permitted here: ${stderr}`);
  return { stdout, stderr, exitCode };
}

testInNamespaces("with SQLite, everything works where there is no network", async () => {
  const commands = [
    "init",
    "generate",
    "migrate up",
    "migrate status",
    "migrate showsql",
    "migrate check",
    "schema drift",
    "doctor",
    "migrate down",
    "compile",
    "bundle --out app-migrate",
  ];
  for (const command of commands) {
    const { exitCode, stderr } = await withoutNetwork(...command.split(" "));
    expect({ command, exitCode, stderr: exitCode === 0 ? "" : stderr }).toEqual({ command, exitCode: 0, stderr: "" });
  }
});

testInNamespaces("there is no network there: a server on this machine cannot be reached", async () => {
  const server = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data: () => undefined } });
  const url = `postgres://a@127.0.0.1:${server.port}/a`;
  const { exitCode } = await withoutNetwork("migrate", "wait", "--timeout", "200ms", "--url", url);
  server.stop(true);
  expect(exitCode).toBe(1);
});

test("nothing but drivers talks to the network", () => {
  const root = join(import.meta.dir, "../..");
  const talking = ["src/**/*.ts", "sandbox/host/**/*.ts"]
    .flatMap((pattern) => [...new Bun.Glob(pattern).scanSync({ cwd: root })])
    .filter((path) => !path.startsWith("src/build/") && talks(readFileSync(join(root, path), "utf8")))
    .toSorted();
  expect(talking.filter((path) => !path.startsWith("src/dialects/"))).toEqual([]);
  expect(talking).toContain("src/dialects/postgres/driver.ts");
});

const networked = /^(?:(?:node:)?(?:net|tls|http2?|https|dgram|dns)|postgres|mysql2)(?:\/|$)/;
const talks = (text: string): boolean =>
  importedModules(text).some(({ specifier, typeOnly }) => !typeOnly && networked.test(specifier)) ||
  /\bfetch\(|\bWebSocket\(|\bBun\.(?:connect|listen|serve|udpSocket|dns|SQL|sql)\b/.test(only(text, "code"));
