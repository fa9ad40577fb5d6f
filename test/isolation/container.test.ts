import { afterEach, beforeEach, expect, test } from "bun:test";
import { basename } from "node:path";
import { type BareRoot, bareRoot, librariesOf } from "../helpers/bare-root.ts";
import { godwitBinary } from "../helpers/binary.ts";
import { makeBundle } from "../helpers/bundle.ts";
import { mariadbServer } from "../helpers/mariadb-server.ts";
import { testInNamespaces } from "../helpers/namespaces.ts";
import { postgresServer } from "../helpers/postgres-server.ts";

// docs/containers.md promises what the executable needs where there is nothing else: five libraries and /proc. No /tmp, no /dev, no /etc, no
// HOME, no user of that number, and a file system that is mounted for reading only.

let bare: BareRoot;
beforeEach(async () => {
  bare = bareRoot(await godwitBinary());
  bare.write("migrations/0001_a.ts", migration);
});
afterEach(() => bare.remove());

const migration = `import { createTable, migration, runSQL } from "godwit";

export default migration({
  operations: [
    createTable({ name: "a", fields: [{ name: "id", type: "integer", primaryKey: true }] }),
    runSQL({ forward: "INSERT INTO a (id) VALUES (1)", backward: "DELETE FROM a" }),
  ],
});
`;

const libraries = ["ld-linux-x86-64.so.2", "libc.so.6", "libdl.so.2", "libm.so.6", "libpthread.so.0"];
const nameOf = (path: string): string => basename(path).replace("ld-linux-aarch64.so.1", "ld-linux-x86-64.so.2");

test("the executable is linked with five libraries of glibc, and nothing else is in the root", async () => {
  expect(
    librariesOf(await godwitBinary())
      .map(nameOf)
      .toSorted(),
  ).toEqual(libraries);
  expect(bare.files().map(nameOf).toSorted()).toEqual(["0001_a.ts", "godwit", ...libraries].toSorted());
});

/** Up, again, down: each as a process of its own in that root. */
async function story(url: string): Promise<void> {
  const env = { DATABASE_URL: url };
  const up = await bare.run(["migrate", "up"], env);
  expect(up).toEqual({
    stdout: "1 migration applied\n",
    stderr: expect.stringMatching(/^applied 0001_a /),
    exitCode: 0,
  });
  const status = await bare.run(["migrate", "status", "--json"], env);
  expect(JSON.parse(status.stdout)).toMatchObject({ applied: 1, pending: 0 });
  expect((await bare.run(["migrate", "up"], env)).stdout).toBe("nothing to apply\n");
  const doctor = JSON.parse((await bare.run(["doctor", "--json"], env)).stdout);
  expect(doctor.checks.filter(({ state }: { readonly state: string }) => state !== "ok")).toEqual([
    expect.objectContaining({ name: "cache", state: "warning" }),
  ]);
  expect((await bare.run(["migrate", "down"], env)).exitCode).toBe(0);
}

testInNamespaces("SQLite, with the file on a volume that can be written", () => story("sqlite:///data/app.db"), 60_000);

testInNamespaces("a SQLite file on the read-only file system is refused with a reason", async () => {
  const { exitCode, stderr } = await bare.run(["migrate", "up"], { DATABASE_URL: "sqlite:///app.db" });
  expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: expect.stringContaining('may not create files in "/"') });
});

testInNamespaces(
  "PostgreSQL",
  async () => {
    const database = await (await postgresServer()).createDatabase();
    await story(database.url).finally(database.drop);
  },
  60_000,
);

testInNamespaces(
  "MariaDB",
  async () => {
    const database = await (await mariadbServer()).createDatabase();
    await story(database.url).finally(database.drop);
  },
  60_000,
);

testInNamespaces(
  "a bundle, which brings its migrations",
  async () => {
    const bundle = await makeBundle({ "0002_b.ts": migration });
    const root = bareRoot(bundle.path, "app-migrate");
    try {
      const { stdout, exitCode } = await root.run(["up"], { DATABASE_URL: "sqlite:///data/app.db" });
      expect({ stdout, exitCode }).toEqual({ stdout: "1 migration applied\n", exitCode: 0 });
    } finally {
      root.remove();
      bundle.remove();
    }
  },
  60_000,
);
