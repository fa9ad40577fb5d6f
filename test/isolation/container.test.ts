import { afterEach, beforeEach, expect, test } from "bun:test";
import { mkdirSync } from "node:fs";
import { basename, join } from "node:path";
import { type BareRoot, bareRoot, librariesOf } from "../helpers/bare-root.ts";
import { godwitBinary } from "../helpers/binary.ts";
import { makeBundle } from "../helpers/bundle.ts";
import { containerStory, migration } from "../helpers/container-story.ts";
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

testInNamespaces(
  "SQLite, with the file on a volume that can be written",
  () => containerStory(bare, "sqlite:///data/app.db"),
  60_000,
);

testInNamespaces("a SQLite file on the read-only file system is refused with a reason", async () => {
  const { exitCode, stderr } = await bare.run(["migrate", "up"], { DATABASE_URL: "sqlite:///app.db" });
  expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: expect.stringContaining('may not create files in "/"') });
});

testInNamespaces("it may stand in a directory that it may not read", async () => {
  mkdirSync(join(bare.root, "data/closed"), { mode: 0o711 });
  // Plain data is read without the compiler, which is what looks around.
  bare.write(
    "migrations/0001_a.ts",
    migration.replace("operations: [", "operations: [].concat([").replace("],\n});", "]),\n});"),
  );
  const env = { DATABASE_URL: "sqlite:///data/app.db" };
  const { stdout, stderr } = await bare.run(["migrate", "up", "--migrations", "/migrations"], env, "/data/closed");
  expect({ stdout, stderr }).toEqual({
    stdout: "1 migration applied\n",
    stderr: expect.stringMatching(/^applied 0001_a /),
  });
});

testInNamespaces(
  "PostgreSQL",
  async () => {
    const database = await (await postgresServer()).createDatabase();
    await containerStory(bare, database.url).finally(database.drop);
  },
  60_000,
);

testInNamespaces(
  "MariaDB",
  async () => {
    const database = await (await mariadbServer()).createDatabase();
    await containerStory(bare, database.url).finally(database.drop);
  },
  60_000,
);

testInNamespaces(
  "a bundle, which brings its migrations",
  async () => {
    const bundle = await makeBundle({ "0002_b.ts": migration });
    const root = bareRoot(bundle.path, { name: "app-migrate" });
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
