import { expect, test } from "bun:test";
import { findExecutable, type Machine, notStarted } from "../../src/launcher/executable.ts";
import { platforms } from "../../src/launcher/platforms.ts";

/** A machine with packages of a version installed. */
const machine = (packages: readonly string[], differences: Partial<Machine> = {}): Machine => ({
  os: "linux",
  cpu: "x64",
  libc: () => "glibc",
  isFile: () => true,
  isLauncher: () => false,
  installed: (name) => (packages.includes(name) ? { folder: `/m/${name}`, version: "1.2.3" } : undefined),
  ...differences,
});
const find = (packages: readonly string[], differences?: Partial<Machine>) =>
  findExecutable(machine(packages, differences), "1.2.3");

test.each(platforms)("$name finds its own, whatever else is installed", ({ name, os, cpu, libc = "glibc" }) => {
  const all = platforms.map((platform) => `@godwit/${platform.name}`);
  const end = os === "win32" ? "godwit.exe" : "godwit";
  expect(find(all, { os, cpu, libc: () => libc })).toBe(`/m/@godwit/${name}/bin/${end}`);
});

test("only Linux is asked for its C library, which may cost something", () => {
  const asked = { libc: () => expect.unreachable() };
  expect(find(["@godwit/darwin-arm64"], { os: "darwin", cpu: "arm64", ...asked })).toContain("darwin-arm64");
  expect(() => find([], { os: "sunos", ...asked })).toThrow('no executable for "sunos-x64"');
});

test("what is missing is named, with why and what to do", () => {
  expect(() => find([])).toThrow(
    'the executable for this machine (linux with glibc, x64) is in the package "@godwit/linux-x64", which is not installed. ' +
      "It is an optional dependency of godwit: `--omit=optional`, `--no-optional` or a lock file from another machine leave it out. " +
      "Run `npm install --include=optional`, or set GODWIT_BINARY to an executable",
  );
});

test("node_modules of another machine are recognised, also those of the other C library", () => {
  expect(() => find(["@godwit/darwin-arm64"])).toThrow(
    '"@godwit/darwin-arm64" is, so node_modules comes from another machine: run `npm install` on this one',
  );
  expect(() => find(["@godwit/linux-x64"], { libc: () => "musl" })).toThrow(
    '(linux with musl, x64) is in the package "@godwit/linux-x64-musl", which is not installed; "@godwit/linux-x64" is, so',
  );
});

test("a machine that there is no executable for is told which there are", () => {
  expect(() => find([], { os: "freebsd" })).toThrow(
    'there is no executable for "freebsd-x64"; there is one for linux-x64, linux-x64-musl, linux-arm64, linux-arm64-musl, darwin-x64, darwin-arm64, windows-x64. GODWIT_BINARY',
  );
  expect(() => find([], { os: "linux", cpu: "riscv64" })).toThrow('no executable for "linux-riscv64"');
});

test("an executable of another version, or half a package, is refused", () => {
  const older = { installed: () => ({ folder: "/m", version: "1.2.2" }) };
  expect(() => find([], older)).toThrow('this is godwit 1.2.3, and "@godwit/linux-x64" beside it is 1.2.2');
  expect(() => find(["@godwit/linux-x64"], { isFile: () => false })).toThrow(
    '"@godwit/linux-x64" is installed and holds no "bin/godwit"',
  );
});

test("GODWIT_BINARY goes before all, on machines without an executable too", () => {
  expect(find([], { chosen: "/opt/godwit", os: "freebsd" })).toBe("/opt/godwit");
  expect(() => find([], { chosen: "/opt/nothing", isFile: () => false })).toThrow(
    'GODWIT_BINARY says "/opt/nothing", and there is no such file',
  );
  expect(() => find([], { chosen: "/bin/godwit", isLauncher: () => true })).toThrow("which is the launcher that would");
});

test("what the system says of a file that it does not start becomes a reason", () => {
  expect(notStarted("/x", "EACCES")).toStartWith('"/x" cannot be started: it is not executable');
  expect(notStarted("/x", "ENOENT")).toContain("another C library");
  expect(notStarted("/x", "ENOEXEC")).toContain("another processor");
  expect(notStarted("/x", "ETXTBSY")).toBe('"/x" cannot be started: ETXTBSY');
  expect(notStarted("/x", undefined)).toContain("no reason");
});
