import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { libraryEntries } from "../../src/build/library-entries.ts";
import { writeNpmPackages } from "../../src/build/npm-packages.ts";
import { platforms } from "../../src/launcher/platforms.ts";
import { version } from "../../src/version.ts";
import { godwitBinary } from "../helpers/binary.ts";
import { npmPackage } from "../helpers/npm-package.ts";
import { manifestIn, type NpmRegistry, serveNpmRegistry } from "../helpers/npm-registry.ts";

// The packages as a release writes them, installed by npm and Bun from a registry on this machine.

const here = `${process.platform}-${process.arch}`;
const long = process.env["GODWIT_TEST_LONG"] !== undefined;
let folder: string;
let project: string;
let registry: NpmRegistry;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "godwit-npm-"));
  project = join(folder, "project");
  mkdirSync(join(folder, "packages"));
  await writePackages("packages");
  registry = serveNpmRegistry(join(folder, "packages"));
  await install(project);
}, 120_000);
afterAll(async () => {
  await registry.stop();
  rmSync(folder, { recursive: true });
});

/** The executable of this machine, and for others what only shows which one was taken. */
async function writePackages(into: string): Promise<void> {
  const binary = await godwitBinary();
  writeFileSync(join(folder, "other"), "#!/bin/sh\necho the wrong one\n");
  const executables = platforms.map((platform) => ({
    platform,
    path: platform.name === here ? binary : join(folder, "other"),
  }));
  await writeNpmPackages({ directory: join(folder, into), executables, licences: "All of them.\n", compression: 1 });
}

const path = () => process.env["PATH"] ?? "";

async function run(command: readonly string[], cwd: string, env: Readonly<Record<string, string>> = {}) {
  const child = Bun.spawn([...command], {
    cwd,
    env: { PATH: path(), HOME: folder, npm_config_registry: registry.url, npm_config_update_notifier: "false", ...env },
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
  });
  const [stdout, stderr, exit] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited]);
  return { stdout, stderr, exit };
}

/** An empty project that has installed godwit, and nothing else. */
async function install(directory: string, ...flags: readonly string[]): Promise<void> {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, "package.json"), '{ "private": true, "type": "module" }\n');
  const { stderr, exit } = await run(["npm", "install", "--no-audit", "--no-fund", ...flags, "godwit"], directory);
  if (exit !== 0) throw new Error(stderr);
}

const godwit = (words: readonly string[], env: Readonly<Record<string, string>> = {}, at = project) =>
  run(["npx", "--no-install", "godwit", ...words], at, env);

describe("the packages", () => {
  test("fit together: a version, and a platform each that npm can tell", () => {
    const [main, ...others] = readdirSync(join(folder, "packages"))
      .toSorted((a, b) => a.length - b.length)
      .map((file) => manifestIn(join(folder, "packages", file)));
    expect(main).toMatchObject({ name: "godwit", version, license: "MIT", bin: { godwit: "bin/godwit.js" } });
    expect(Object.keys(main ?? {})).not.toContain("scripts");
    expect(Object.keys(main ?? {})).not.toContain("dependencies");
    expect(main?.["optionalDependencies"]).toEqual(Object.fromEntries(others.map(({ name }) => [name, version])));
    expect(others).toHaveLength(7);
    const musl = others.find(({ name }) => name === "@godwit/linux-arm64-musl");
    expect(musl).toMatchObject({ version, os: ["linux"], cpu: ["arm64"], libc: ["musl"] });
    expect(others.find(({ name }) => name === "@godwit/windows-x64")).toMatchObject({ os: ["win32"], cpu: ["x64"] });
  });

  test("hold the licences of what is in them", () => {
    const of = (name: string) => readFileSync(join(project, "node_modules", name, "THIRD-PARTY-LICENCES.txt"), "utf8");
    expect(of(`@godwit/${here}`)).toBe("All of them.\n");
    // The library has what the executable does not need, and no Bun.
    for (const name of ["sucrase", "ts-interface-checker", "valibot", "slugify", "@jitl/quickjs-wasmfile-release-sync"])
      expect(of("godwit")).toMatch(new RegExp(`^${name} \\d`, "m"));
    expect(of("godwit")).not.toContain("JavaScriptCore");
    for (const name of ["godwit", `@godwit/${here}`])
      expect(existsSync(join(project, "node_modules", name, "LICENSE"))).toBe(true);
  });

  test("are the same bytes, made again elsewhere and later", async () => {
    mkdirSync(join(folder, "elsewhere/again"), { recursive: true });
    await writePackages("elsewhere/again");
    const hashes = (directory: string) =>
      readdirSync(join(folder, directory)).map((file) => [
        file,
        Bun.hash(readFileSync(join(folder, directory, file))).toString(16),
      ]);
    expect(hashes("elsewhere/again").toSorted()).toEqual(hashes("packages").toSorted());
    expect(hashes("packages")).toHaveLength(8);
  }, 60_000);
});

describe("installed by npm", () => {
  test("only the platform of this machine is there, and nothing was run", async () => {
    expect(
      readdirSync(join(project, "node_modules"))
        .filter((name) => !name.startsWith("."))
        .toSorted(),
    ).toEqual(["@godwit", "godwit"]);
    expect(readdirSync(join(project, "node_modules/@godwit"))).toEqual([here]);
    expect(registry.asked().filter((name) => name.endsWith(".tgz"))).toHaveLength(2);
  });

  test("npx godwit runs it", async () => {
    expect(await godwit(["--version"])).toMatchObject({ stdout: `godwit ${version}\n`, exit: 0 });
  });

  test("migrations run, and every exit code comes through", async () => {
    const init = await godwit(["init", "--quiet"]);
    expect({ exit: init.exit, stderr: init.stderr }).toEqual({ exit: 0, stderr: "" });
    writeFileSync(
      join(project, "migrations/0001_notes.ts"),
      'import { migration, runSQL } from "godwit";\n\nexport default migration({ operations: [runSQL({ forward: "CREATE TABLE notes (id INTEGER)" })] });\n',
    );
    const url = { DATABASE_URL: "sqlite:app.db" };
    expect((await godwit(["migrate", "check"], url)).exit).toBe(3);
    const up = await godwit(["migrate", "up", "--json"], url);
    expect({ exit: up.exit, applied: JSON.parse(up.stdout).applied }).toEqual({ exit: 0, applied: ["0001_notes"] });
    expect((await godwit(["migrate", "check"], url)).exit).toBe(0);
    expect((await godwit(["migrate", "up"], { DATABASE_URL: "sqlite:no/such/place.db" })).exit).toBe(1);
    const wrong = await godwit(["migrate", "upp"], url);
    expect({ exit: wrong.exit, stdout: wrong.stdout }).toEqual({ exit: 2, stdout: "" });
  }, 30_000);

  test("what is piped in arrives", async () => {
    const launcher = join(project, "node_modules/.bin/godwit");
    const { stdout } = await run(["sh", "-c", `echo hello | GODWIT_BINARY=/bin/cat ${launcher}`], project);
    expect(stdout).toBe("hello\n");
  });
});

describe("signals", () => {
  /** A program that says what it got, and what becomes of the launcher when it is sent the same. */
  async function send(signal: NodeJS.Signals, program: string) {
    const file = join(folder, `program-${Bun.hash(program).toString(16)}`);
    writeFileSync(file, `#!/bin/sh\n${program}\n`, { mode: 0o755 });
    const child = Bun.spawn([join(project, "node_modules/.bin/godwit")], {
      env: { PATH: path(), GODWIT_BINARY: file },
      stdin: "ignore",
      stdout: "pipe",
      stderr: "pipe",
    });
    const reader = child.stdout.getReader();
    const first = new TextDecoder().decode((await reader.read()).value);
    child.kill(signal);
    const exit = await child.exited;
    const rest = new TextDecoder().decode((await reader.read()).value);
    return { first, rest, exit, signal: child.signalCode };
  }
  const waiting = "echo ready; i=0; while [ $i -lt 200 ]; do sleep 0.05; i=$((i + 1)); done";

  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("%s reaches the executable, which decides", async (signal) => {
    const short = signal.slice(3);
    expect(await send(signal, `trap 'echo ${short}; exit 7' ${short}; ${waiting}`)).toEqual({
      first: "ready\n",
      rest: `${short}\n`,
      exit: 7,
      signal: null,
    });
  });

  test("an executable that a signal ended ends the launcher in the same way", async () => {
    expect(await send("SIGTERM", waiting)).toMatchObject({ signal: "SIGTERM" });
    expect(await send("SIGTERM", `trap 'kill -9 $$' TERM; ${waiting}`)).toMatchObject({ signal: "SIGKILL" });
  });

  test("Ctrl-C in a terminal, which all processes get, arrives once", async () => {
    const file = join(folder, "counting");
    // It counts for a while after the first, so that a second would be heard; a shell would take both for one.
    writeFileSync(
      file,
      `#!${process.execPath}\nlet n = 0;\nprocess.on("SIGINT", () => { n++; setTimeout(() => { console.log("heard " + n); process.exit(0); }, 300); });\nsetTimeout(() => {}, 20_000);\nconsole.log("ready");\n`,
      { mode: 0o755 },
    );
    let printed = "";
    const child = Bun.spawn([join(project, "node_modules/.bin/godwit")], {
      env: { PATH: path(), GODWIT_BINARY: file },
      terminal: {
        data: (terminal, data) => {
          const before = printed;
          printed += new TextDecoder().decode(data);
          if (!before.includes("ready") && printed.includes("ready")) terminal.write("\x03");
        },
      },
    });
    expect(await child.exited).toBe(0);
    expect(printed).toContain("heard 1");
  });

  test("godwit stops in good order", async () => {
    const child = Bun.spawn([join(project, "node_modules/.bin/godwit"), "migrate", "wait", "--timeout", "30s"], {
      cwd: project,
      env: { PATH: path(), HOME: folder, DATABASE_URL: "postgres://nobody@127.0.0.1:9/x" },
      stdin: "ignore",
      stdout: "pipe",
      stderr: "pipe",
    });
    await child.stderr.getReader().read();
    child.kill("SIGTERM");
    expect(await child.exited).toBe(143);
  }, 20_000);
});

describe("what goes wrong is told in one line", () => {
  const launcher = () => join(project, "node_modules/.bin/godwit");
  const home = () => join(project, "node_modules/@godwit");

  test("optional dependencies that were left out", async () => {
    await install(join(folder, "bare"), "--omit=optional");
    const { stdout, stderr, exit } = await godwit(["--version"], {}, join(folder, "bare"));
    expect({ stdout, exit }).toEqual({ stdout: "", exit: 1 });
    expect(stderr).toContain(
      `is in the package "@godwit/${here}", which is not installed. It is an optional dependency`,
    );
    expect(stderr.trim().split("\n")).toHaveLength(1);
    await install(join(folder, "bare"), "--include=optional");
    expect(await godwit(["--version"], {}, join(folder, "bare"))).toMatchObject({ exit: 0 });
  }, 60_000);

  test("node_modules that were copied from another system", async () => {
    renameSync(join(home(), here), join(folder, "aside"));
    try {
      const other = join(home(), "darwin-arm64");
      mkdirSync(other);
      writeFileSync(join(other, "package.json"), JSON.stringify({ name: "@godwit/darwin-arm64", version }));
      const { stderr, exit } = await run([launcher(), "--version"], project);
      rmSync(other, { recursive: true });
      expect(exit).toBe(1);
      expect(stderr).toContain('"@godwit/darwin-arm64" is, so node_modules comes from another machine');
    } finally {
      renameSync(join(folder, "aside"), join(home(), here));
    }
  });

  test("GODWIT_BINARY that is nothing, cannot be executed, or is no program", async () => {
    const say = async (GODWIT_BINARY: string) => run([launcher(), "--version"], project, { GODWIT_BINARY });
    expect(await say("/no/godwit")).toEqual({
      stdout: "",
      stderr: 'godwit: GODWIT_BINARY says "/no/godwit", and there is no such file\n',
      exit: 1,
    });
    expect((await say(launcher())).stderr).toContain("which is the launcher that would start it");
    writeFileSync(join(folder, "plain"), "text");
    expect((await say(join(folder, "plain"))).stderr).toContain("cannot be started: it is not executable");
    writeFileSync(join(folder, "musl"), "#!/lib/ld-no-such.so.1\n", { mode: 0o755 });
    expect((await say(join(folder, "musl"))).stderr).toContain("this system lacks the loader that it needs");
    expect((await say("")).exit).toBe(0);
  });
});

describe("in other runtimes", () => {
  test("Bun installs it and runs it, with Node and without", async () => {
    const directory = join(folder, "bun");
    mkdirSync(directory);
    mkdirSync(join(folder, "only-bun"));
    copyFileSync(process.execPath, join(folder, "only-bun/bun"));
    copyFileSync(process.execPath, join(folder, "only-bun/bunx"));
    writeFileSync(join(directory, "package.json"), "{}\n");
    const env = { NPM_CONFIG_REGISTRY: registry.url, BUN_INSTALL_CACHE_DIR: join(folder, "bun-cache") };
    const added = await run([process.execPath, "add", "--exact", "godwit"], directory, env);
    expect({ exit: added.exit, places: readdirSync(join(directory, "node_modules/@godwit")) }).toMatchObject({
      exit: 0,
    });
    const wanted = { stdout: `godwit ${version}\n`, exit: 0 };
    expect(await run([process.execPath, "x", "--no-install", "godwit", "--version"], directory, env)).toMatchObject(
      wanted,
    );
    const alone = { ...env, PATH: `${join(folder, "only-bun")}:/no/such` };
    expect(await run(["bunx", "--bun", "--no-install", "godwit", "--version"], directory, alone)).toMatchObject(wanted);
  }, 60_000);

  // Fetches 45 MB from the npm registry the first time.
  test.if(long)(
    "the oldest Node runs it",
    async () => {
      const old = join(npmPackage(`node-${process.platform}-${process.arch}`, "18.20.8"), "bin/node");
      const { stdout, stderr } = await run(
        [old, join(project, "node_modules/godwit/bin/godwit.js"), "--version"],
        project,
      );
      expect({ stdout, stderr }).toEqual({ stdout: `godwit ${version}\n`, stderr: "" });
    },
    120_000,
  );
});

describe("programs that import the library", () => {
  const entries = libraryEntries.filter(({ path }) => path !== ".").map(({ path }) => `godwit${path.slice(1)}`);
  const app = `import { migrate, type MigrateOptions, open } from "godwit";
${entries.map((name, i) => `import * as entry${i} from "${name}";`).join("\n")}

const options: MigrateOptions = { url: "sqlite:lib.db", migrations: { "0001_a.up.sql": "CREATE TABLE a (id INTEGER);" } };
const { applied }: { readonly applied: readonly string[] } = await migrate(options);
console.log(applied.join());
void open;
if ([${entries.map((_, i) => `entry${i}`)}].some((entry) => Object.keys(entry).length === 0)) throw new Error("an entry has nothing");
`;
  const root = join(import.meta.dir, "../..");

  beforeAll(() => {
    writeFileSync(join(project, "app.ts"), app);
    writeFileSync(
      join(project, "app.js"),
      app.replace(/: (?:MigrateOptions|\{.*?\}) =/g, " =").replace(", type MigrateOptions", ""),
    );
    // With types of the runtime, and of nothing that is inside of the library.
    for (const name of ["@types/node", "@types/bun", "bun-types", "undici-types"])
      cpSync(join(root, "node_modules", name), join(project, "node_modules", name), { recursive: true });
  });

  test.each([
    ["Node", { module: "nodenext", types: ["node"] }],
    ["a bundler for Bun", { module: "preserve", moduleResolution: "bundler", types: ["bun"] }],
    [
      "a bundler for Node",
      { module: "preserve", moduleResolution: "bundler", types: ["node"], customConditions: ["node"] },
    ],
  ])(
    "are compiled for %s, with no type left unchecked",
    async (_, settings) => {
      const compilerOptions = {
        strict: true,
        noEmit: true,
        target: "ES2023",
        lib: ["ES2023"],
        skipLibCheck: false,
        ...settings,
      };
      writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["app.ts"] }));
      const { stdout } = await run([join(root, "node_modules/.bin/tsc"), "--pretty", "false", "-p", "."], project);
      expect(stdout.split("\n").filter((line) => !line.startsWith("node_modules/bun-types"))).toEqual([""]);
    },
    60_000,
  );

  test("run in Bun", async () => {
    expect(await run([process.execPath, "app.ts"], project)).toMatchObject({ stdout: "0001_a\n", stderr: "", exit: 0 });
  });
});
