import { expect } from "bun:test";
import { mkdtempSync, rmdirSync } from "node:fs";
import { join } from "node:path";
import { testInNamespaces } from "../helpers/namespaces.ts";
import { reachableFolder } from "../helpers/server-folder.ts";
import { withMounts } from "./mounts.ts";

const kilo = 1024;

for (const [engine, size, rooms] of [
  ["sqlite", 4000 * kilo, [20, 60, 200, 400, 4000]],
  ["postgresql", 120_000 * kilo, [200, 1000, 2000, 64_000]],
  ["mariadb", 150_000 * kilo, [200, 1000, 64_000]],
] as const) {
  testInNamespaces(
    `${engine} on a disk that is full: each run says so, status is the truth, and with more space the next run goes on`,
    () => {
      const script = join(import.meta.dir, "full-disk.ts");
      const disk = mkdtempSync(join(reachableFolder(), "godwit-disk-"));
      const { stdout, stderr, exitCode } = Bun.spawnSync(
        [
          ...withMounts(),
          process.execPath,
          script,
          engine,
          disk,
          String(size),
          ...rooms.map((room) => `${room * kilo}`),
        ],
        { env: process.env, stdin: "ignore" },
      );
      rmdirSync(disk);
      expect({ exitCode, stderr: exitCode === 0 ? "" : String(stderr) }).toEqual({ exitCode: 0, stderr: "" });
      const said = JSON.parse(String(stdout)) as readonly (string | null)[];
      expect(said).toHaveLength(rooms.length);
      const refused = said.filter((message) => message !== null);
      expect(refused.length).toBeGreaterThanOrEqual(2);
      for (const message of refused) expect(message).toMatch(/disk (?:of the server )?is full.* make room/s);
      expect(said.at(-1)).toBeNull();
    },
    60_000,
  );
}
