import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { godwitBinary } from "../helpers/binary.ts";
import { makeBundle } from "../helpers/bundle.ts";

// godwit runs in directories that belong to others: nothing that lies there, and nothing of Bun's own variables, may become code or
// configuration of the process that has the password of the database.

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "godwit-isolation-"));
  write("migrations/0001_a.ts", migration);
});
afterEach(() => rmSync(directory, { recursive: true }));

const migration = `import { createTable, migration } from "godwit";

export default migration({
  operations: [createTable({ name: "a", fields: [{ name: "id", type: "integer", primaryKey: true }] })],
});
`;

function write(path: string, text: string): void {
  mkdirSync(dirname(join(directory, path)), { recursive: true });
  writeFileSync(join(directory, path), text);
}

/** Leaves a file behind wherever it is run. */
const evil = (name: string): string =>
  `require("node:fs").writeFileSync(${JSON.stringify(join(directory, `ran-${name}`))}, "");\nmodule.exports = {};\n`;

const traces = (): readonly string[] => readdirSync(directory).filter((name) => name.startsWith("ran-"));

async function run(command: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = Bun.spawn([...command], {
    cwd: directory,
    env: { PATH: "/usr/bin:/bin", ...env },
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
    timeout: 30_000,
  });
  const [stdout, stderr, exitCode] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited]);
  return { stdout, exitCode, lines: stderr.trim().split("\n") };
}

const asAlways = { stdout: "1 migration applied\n", exitCode: 0, lines: [expect.stringMatching(/^applied 0001_a /)] };

/** What is made of the executable is held to the same. */
const programs: Readonly<Record<string, () => Promise<{ readonly command: readonly string[]; remove(): void }>>> = {
  "the executable": async () => ({ command: [await godwitBinary(), "migrate", "up"], remove: () => undefined }),
  "a bundle": async () => {
    const { path, remove } = await makeBundle({ "0001_a.ts": migration });
    return { command: [path, "up"], remove };
  },
};

for (const [title, make] of Object.entries(programs)) {
  describe(title, () => {
    let program: Awaited<ReturnType<typeof make>>;
    beforeAll(async () => {
      program = await make();
    }, 30_000);
    afterAll(() => program.remove());
    const up = (env: Readonly<Record<string, string>> = {}) => run(program.command, env);

    test("the files that Bun would read are not read", async () => {
      for (const name of [".env", ".env.local", ".env.production", ".env.development", ".env.test"])
        write(name, "DATABASE_URL=sqlite:evil.db\nGODWIT_HISTORY_TABLE=evil\n");
      write("bunfig.toml", 'preload = ["./evil.cjs"]\n[test]\npreload = ["./evil.cjs"]\n[run]\nbun = true\n');
      write("evil.cjs", evil("preload"));
      write("tsconfig.json", '{ "compilerOptions": { "paths": { "*": ["./evil.cjs"], "godwit": ["./evil.cjs"] } } }');
      write("package.json", '{ "imports": { "#a": "./evil.cjs" }, "main": "./evil.cjs" }');
      for (const name of ["godwit", "yaml", "postgres", "quickjs-emscripten-core"])
        write(`node_modules/${name}/index.js`, evil(name));
      expect(await up()).toEqual(asAlways);
      expect(existsSync(join(directory, "app.db"))).toBe(true);
      expect(existsSync(join(directory, "evil.db"))).toBe(false);
      expect(traces()).toEqual([]);
    });

    for (const name of ["BUN_OPTIONS", "NODE_OPTIONS", "BUN_INSPECT_PRELOAD", "BUN_PRELOAD"]) {
      test(`${name} loads no code`, async () => {
        write("evil.cjs", evil("variable"));
        const path = join(directory, "evil.cjs");
        for (const value of [path, `--preload=${path}`, `--require=${path}`, `--import=${path}`]) {
          await up({ [name]: value });
          expect(traces()).toEqual([]);
        }
      });
    }

    test("a configuration and modules elsewhere are not read", async () => {
      write("home/.bunfig.toml", `preload = [${JSON.stringify(join(directory, "evil.cjs"))}]\n`);
      write("evil.cjs", evil("home"));
      write("modules/yaml/index.js", evil("yaml"));
      const home = join(directory, "home");
      expect(await up({ NODE_PATH: join(directory, "modules"), HOME: home, XDG_CONFIG_HOME: home })).toEqual(asAlways);
      expect(traces()).toEqual([]);
    });

    test("BUN_INSPECT opens no door: the run is refused", async () => {
      const { exitCode, lines } = await up({ BUN_INSPECT: "ws://127.0.0.1:0/evil" });
      expect({ exitCode, lines }).toEqual({
        exitCode: 1,
        lines: [expect.stringContaining("BUN_INSPECT cannot be used")],
      });
      expect(existsSync(join(directory, "app.db"))).toBe(false);
    });
  });
}

test.each(["package.json", "tsconfig.json"])("a %s that nobody can read is in nobody's way", async (name) => {
  write(name, "{ bad");
  // Plain data is read without the compiler, which is what looks at these files.
  write("migrations/0001_a.ts", migration.replace("[createTable(", "[].concat(createTable(").replace(")],", ")),"));
  expect(await run([await godwitBinary(), "migrate", "up"])).toEqual(asAlways);
});

test("migrations have no way to them either", async () => {
  write("migrations/tsconfig.json", '{ "compilerOptions": { "paths": { "godwit": ["../evil.cjs"] } } }');
  write("migrations/bunfig.toml", 'preload = ["../evil.cjs"]\n');
  write("migrations/node_modules/godwit/index.js", evil("godwit"));
  write("evil.cjs", evil("paths"));
  expect(await run([await godwitBinary(), "migrate", "up"])).toEqual(asAlways);
  expect(traces()).toEqual([]);
});
