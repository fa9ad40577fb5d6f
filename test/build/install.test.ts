import { afterAll, beforeAll, expect, test } from "bun:test";
import {
  copyFileSync,
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
import { checksums, installScript } from "../../src/build/release.ts";
import { version } from "../../src/version.ts";
import { godwitBinary } from "../helpers/binary.ts";

const script = join(import.meta.dir, "../../scripts/install.sh");
const name = `godwit-${process.platform}-${process.arch}`;

let folder: string;
let server: ReturnType<typeof Bun.serve>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "godwit-install-"));
  release("good");
  copyFileSync(await godwitBinary(), join(folder, "good", name));
  seal("good");
  server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    async fetch(request) {
      const file = Bun.file(join(folder, new URL(request.url).pathname));
      return (await file.exists()) ? new Response(file) : new Response("no such file", { status: 404 });
    },
  });
});
afterAll(async () => {
  await server.stop(true);
  rmSync(folder, { recursive: true });
});

/** A release with a program that only knows a version. */
const release = (directory: string): void => {
  mkdirSync(join(folder, directory));
  writeFileSync(join(folder, directory, name), "#!/bin/sh\necho godwit 9.9.9\n");
  seal(directory);
};
const seal = (directory: string): void =>
  writeFileSync(join(folder, directory, "SHA256SUMS"), checksums(join(folder, directory)));

/** Runs the script for a release; `into` is where it installs. */
const install = async (directory: string, into: string, env: Readonly<Record<string, string>> = {}, text = script) => {
  const child = Bun.spawn(["sh", text], {
    env: {
      PATH: "/usr/bin:/bin",
      HOME: folder,
      GODWIT_BASE_URL: `${server.url}${directory}`,
      GODWIT_INSTALL_DIR: join(folder, into),
      ...env,
    },
    stdout: "pipe",
    stderr: "pipe",
  });
  const [stdout, stderr, exit] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited]);
  return { stdout, stderr, exit };
};
const installed = (into: string) => (existsSync(join(folder, into)) ? readdirSync(join(folder, into)) : []);

test("the executable for this machine is fetched, compared, tried and put in place", async () => {
  const { stdout, stderr, exit } = await install("good", "bin");
  expect({ stderr, exit }).toEqual({ stderr: "", exit: 0 });
  expect(stdout).toBe(
    `installed godwit ${version} as ${join(folder, "bin/godwit")}\n"${join(folder, "bin")}" is not in PATH\n`,
  );
  expect(installed("bin")).toEqual(["godwit"]);
});

test("a file that is not what SHA256SUMS says is refused, and the old executable stays", async () => {
  release("tampered");
  writeFileSync(join(folder, "tampered", name), "#!/bin/sh\necho pwned\n");
  mkdirSync(join(folder, "kept"));
  writeFileSync(join(folder, "kept/godwit"), "the old one");
  const { stdout, stderr, exit } = await install("tampered", "kept");
  expect({ stdout, exit }).toEqual({ stdout: "", exit: 1 });
  expect(stderr).toContain(`/tampered/${name}" is not what SHA256SUMS says, nothing was installed: expected `);
  expect(installed("kept")).toEqual(["godwit"]);
  expect(readFileSync(join(folder, "kept/godwit"), "utf8")).toBe("the old one");
});

test("what does not run here is not installed", async () => {
  release("broken");
  writeFileSync(join(folder, "broken", name), "#!/bin/sh\nexit 127\n");
  seal("broken");
  const { stderr, exit } = await install("broken", "broken-bin");
  expect(exit).toBe(1);
  expect(stderr).toContain(`"${name}" does not run here, nothing was installed`);
  expect(installed("broken-bin")).toEqual([]);
});

test("a release without this machine says so, and so does an address without a release", async () => {
  const other = await install("good", "none", { GODWIT_TARGET: "linux-riscv64" });
  expect(other.stderr).toContain(
    'names no "godwit-linux-riscv64": there is no godwit for this machine in that release',
  );
  const nothing = await install("nowhere", "none");
  expect(nothing.stderr).toContain(`cannot fetch "${server.url}nowhere/SHA256SUMS"`);
  const silent = await install("good", "none", { GODWIT_BASE_URL: "" });
  expect(silent.stderr).toStartWith("install.sh: where is the release? set GODWIT_BASE_URL");
  expect([other.exit, nothing.exit, silent.exit]).toEqual([1, 1, 1]);
  expect(installed("none")).toEqual([]);
});

test("a script that was given its address needs nothing, and installs below HOME", async () => {
  release("told");
  const told = join(folder, "told-install.sh");
  writeFileSync(told, installScript(`${server.url}told/`));
  const home = join(folder, "home");
  // For root it would be /usr/local/bin; an `id` of our own says that it is somebody else.
  mkdirSync(join(folder, "somebody"));
  writeFileSync(join(folder, "somebody/id"), "#!/bin/sh\necho 1000\n", { mode: 0o755 });
  const PATH = `${join(folder, "somebody")}:/usr/bin:/bin:${home}/.local/bin`;
  const { stdout, exit } = await install(
    "",
    "",
    { GODWIT_BASE_URL: "", GODWIT_INSTALL_DIR: "", HOME: home, PATH },
    told,
  );
  expect({ stdout, exit }).toEqual({ stdout: `installed godwit 9.9.9 as ${home}/.local/bin/godwit\n`, exit: 0 });
});

test("the C library of a machine is told by its loaders, and where there are two, by the one that everything else uses", async () => {
  if (process.platform !== "linux") return expect(name).not.toContain("linux");
  mkdirSync(join(folder, "root/lib"), { recursive: true });
  mkdirSync(join(folder, "root/lib64"));
  const told = join(folder, "other-root.sh");
  writeFileSync(told, readFileSync(script, "utf8").replaceAll(/ \/lib(?=64\/|\/ld-)/g, ` ${folder}/root/lib`));
  writeFileSync(join(folder, `root/lib/ld-musl-${process.arch === "x64" ? "x86_64" : "aarch64"}.so.1`), "");
  release("musl");
  const alone = await install("musl", "musl-bin", {}, told);
  expect(alone.stderr).toContain(`names no "${name}-musl"`);
  renameSync(join(folder, "musl", name), join(folder, "musl", `${name}-musl`));
  seal("musl");
  expect(await install("musl", "musl-bin", {}, told)).toMatchObject({ stderr: "", exit: 0 });
  const glibc = process.arch === "x64" ? "lib64/ld-linux-x86-64.so.2" : "lib/ld-linux-aarch64.so.1";
  writeFileSync(join(folder, "root", glibc), "");
  expect((await install("musl", "musl-bin", {}, told)).stderr).toContain(`names no "${name}":`);
});

test("half a script does nothing", async () => {
  const text = readFileSync(script, "utf8");
  const half = join(folder, "half.sh");
  writeFileSync(half, text.slice(0, text.lastIndexOf("main ")));
  const { stdout, exit } = await install("good", "half", {}, half);
  expect({ stdout, exit, files: installed("half") }).toEqual({ stdout: "", exit: 0, files: [] });
});
