import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildBinary } from "../../src/build/binary.ts";
import { version } from "../../src/version.ts";
import { type BareRoot, bareRoot } from "../helpers/bare-root.ts";
import { makeBundle } from "../helpers/bundle.ts";
import { containerStory, migration } from "../helpers/container-story.ts";
import { type ForeignLinux, foreignLinux, libraryName } from "../helpers/foreign-linux.ts";
import { testInNamespaces } from "../helpers/namespaces.ts";
import { postgresServer } from "../helpers/postgres-server.ts";

// The executables for other processors and C libraries than this machine's, run: in a root directory that holds what docs/containers.md says they
// need and nothing else, those for arm64 by QEMU. `npm run test:long` only: it takes compilers' base files, Debian's packages and two wheels
// of PyPI, and an emulator is slow.

const long = process.env["GODWIT_TEST_LONG"] !== undefined;
const musl = ["libgcc_s.so.1", "libstdc++.so.6"];
const needs = {
  "linux-arm64": ["ld-linux-aarch64.so.1", "libc.so.6", "libdl.so.2", "libm.so.6", "libpthread.so.0"],
  "linux-arm64-musl": ["ld-musl-aarch64.so.1", "libc.musl-aarch64.so.1", ...musl],
  "linux-x64-musl": ["ld-musl-x86_64.so.1", "libc.musl-x86_64.so.1", ...musl],
} as const;

/** Why it cannot be run here; `undefined` when it can. */
function refusal(target: keyof typeof needs): string | undefined {
  if (!long) return "npm run test:long runs it";
  if (process.arch !== "x64" || process.platform !== "linux") return "needs Linux on x64";
  try {
    foreignLinux[target]();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

for (const target of Object.keys(needs) as (keyof typeof needs)[]) {
  const reason = refusal(target);
  if (reason !== undefined) {
    test.skipIf(true)(`${target} (${reason})`, () => undefined);
    continue;
  }
  describe(target, () => story(target, foreignLinux[target]()));
}

function story(target: keyof typeof needs, { libraries, emulator }: ForeignLinux): void {
  const around = { libraries, ...(emulator !== undefined && { emulator }) };
  let folder: string;
  let bare: BareRoot;
  const program = () => join(folder, `godwit-${target}`);
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "godwit-platform-"));
    await buildBinary({ outfile: program(), target: `bun-${target}` });
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true }));
  beforeEach(() => {
    bare = bareRoot(program(), around);
    bare.write("migrations/0001_a.ts", migration);
  });
  afterEach(() => bare.remove());

  test("nothing else is in the root", () => {
    const own = ["0001_a.ts", "godwit", ...(emulator === undefined ? [] : ["emulator"])];
    expect(bare.files().map(libraryName).toSorted()).toEqual([...own, ...needs[target]].toSorted());
  });

  testInNamespaces(
    "a project from nothing: init, generate, up",
    async () => {
      expect((await bare.run(["--version"])).stdout).toBe(`godwit ${version}\n`);
      const { stdout } = await bare.run(["version", "--json"]);
      expect(JSON.parse(stdout)).toMatchObject({ target });
      for (const words of [["init"], ["generate"], ["migrate", "up"], ["migrate", "check"], ["schema", "drift"]]) {
        const { exitCode, stderr } = await bare.run(words, {}, "/data");
        expect({ words, exitCode, stderr: exitCode === 0 ? "" : stderr }).toEqual({ words, exitCode: 0, stderr: "" });
      }
    },
    120_000,
  );

  testInNamespaces("SQLite", () => containerStory(bare, "sqlite:///data/app.db"), 120_000);

  testInNamespaces(
    "PostgreSQL",
    async () => {
      const database = await (await postgresServer()).createDatabase();
      await containerStory(bare, database.url).finally(database.drop);
    },
    120_000,
  );

  testInNamespaces(
    "a bundle that was made for it on this machine",
    async () => {
      const bundle = await makeBundle({ "0002_b.ts": migration }, ["--base", program(), "--target", target]);
      const root = bareRoot(bundle.path, { name: "app-migrate", ...around });
      try {
        const { stdout, stderr, exitCode } = await root.run(["up"], { DATABASE_URL: "sqlite:///data/app.db" });
        expect({ stdout, exitCode, stderr }).toMatchObject({ stdout: "1 migration applied\n", exitCode: 0 });
      } finally {
        root.remove();
        bundle.remove();
      }
    },
    120_000,
  );
}
