import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { payloadMark, readExecutable, readPayload, TRAILER_BYTES, withTrailer } from "../../src/runtime/executable.ts";
import { bundle } from "../../src/runtime/tasks/bundle.ts";
import { createProject, type TestProject } from "../helpers/migration-project.ts";
import { errorOf } from "../helpers/tool-error.ts";
import { refusal } from "../library/program.ts";

// Executables of all platforms are told by their first bytes, and what is appended to them by the last. These have no more than that.

/** `body` in place of a program, and a table of sections after it, as linkers write it. */
function elf(machine: number, body: string): Buffer {
  const head = Buffer.alloc(64);
  head.write("\x7fELF\x02\x01", "latin1");
  head.writeUInt16LE(machine, 18);
  const sections = Buffer.alloc(3 * 64);
  head.writeBigUInt64LE(BigInt(head.length + body.length), 40);
  head.writeUInt16LE(64, 58);
  head.writeUInt16LE(3, 60);
  return Buffer.concat([head, Buffer.from(body, "latin1"), sections]);
}

/** Two segments, the second of which ends where the file does. */
function macho(cpu: number, body: string): Buffer {
  const head = Buffer.alloc(32 + 2 * 72);
  head.writeUInt32LE(0xfeedfacf, 0);
  head.writeUInt32LE(cpu, 4);
  head.writeUInt32LE(2, 16);
  for (const [at, size] of [
    [32, head.length],
    [104, head.length + body.length],
  ] as const) {
    head.writeUInt32LE(0x19, at);
    head.writeUInt32LE(72, at + 4);
    head.writeBigUInt64LE(BigInt(size), at + 48);
  }
  return Buffer.concat([head, Buffer.from(body, "latin1")]);
}

/** One section; a signature behind it, when there is one, is in a table of its own. */
function windows(machine: number, body: string, signature = ""): Buffer {
  const optional = 240;
  const head = Buffer.alloc(64 + 24 + optional + 40);
  head.write("MZ", "latin1");
  head.writeUInt32LE(64, 0x3c);
  head.write("PE\0\0", 64, "latin1");
  head.writeUInt16LE(machine, 68);
  head.writeUInt16LE(1, 70);
  head.writeUInt16LE(optional, 84);
  head.writeUInt32LE(body.length, 88 + optional + 16);
  head.writeUInt32LE(head.length, 88 + optional + 20);
  head.writeUInt32LE(signature === "" ? 0 : head.length + body.length, 88 + 112 + 32);
  head.writeUInt32LE(signature.length, 88 + 112 + 36);
  return Buffer.concat([head, Buffer.from(body + signature, "latin1")]);
}

const program = `…${payloadMark}…`;
const bases: Readonly<Record<string, Buffer>> = {
  "linux-x64": elf(62, program),
  "linux-arm64": elf(183, program),
  "linux-arm64-musl": elf(183, `/lib/ld-musl-aarch64.so.1\0${program}`),
  "darwin-arm64": macho(0x0100000c, program),
  "darwin-x64": macho(0x01000007, program),
  "windows-x64": windows(0x8664, program),
  "windows-arm64": windows(0xaa64, program),
  "windows-x64, signed": windows(0x8664, program, "certificates"),
};

let project: TestProject;
const at = (name: string): string => join(project.root, name);
function place(name: string, content: Buffer | string): string {
  writeFileSync(at(name), content);
  return at(name);
}
beforeEach(async () => {
  project = await createProject("sqlite");
  project.write("0001_a", 'createTable({ name: "a", fields: [{ name: "id", type: "integer", primaryKey: true }] })');
});
afterEach(() => project.dispose());

describe("a base for another platform", () => {
  test.each(Object.entries(bases))("%s is known, copied, and told to fit", async (name, bytes) => {
    const [target = name] = name.split(",");
    const base = place("base", bytes);
    const result = await bundle(project, { out: at("out"), base, target });
    expect(result).toMatchObject({ file: "out", platform: target, migrations: 1, bytes: statSync(at("out")).size });
    expect(result.warnings.length).toBe(target.startsWith("darwin") ? 1 : 0);
    expect(readFileSync(at("out")).subarray(0, bytes.length).equals(bytes)).toBe(true);
    const { payload, size } = readExecutable(at("out"));
    expect(size).toBe(bytes.length);
    if (!payload) throw new Error("nothing is inside");
    expect(JSON.parse(readPayload(at("out"), payload))).toMatchObject({ format: "godwit bundle", config: null });
    // A bundle is a base as well, and what was inside is replaced.
    const again = await bundle(project, { out: at("out"), base: at("out") });
    expect(again.bytes).toBe(result.bytes);
  });

  test.each([
    ["a script", "#!/bin/sh\nexec godwit\n"],
    ["a program that is no godwit", elf(62, "another program")],
    ["a processor that nobody builds for", elf(8, program)],
    ["nothing", ""],
  ])("%s is refused", async (_, content) => {
    const error = await refusal(bundle(project, { out: at("out"), base: place("base", content) }));
    expect(error.message).toContain("is no executable of a godwit that can be bundled");
  });

  test("the wrong one is refused, and so is one that does not exist", async () => {
    const base = place("base", bases["linux-x64"] ?? "");
    const error = await refusal(bundle(project, { out: at("out"), base, target: "linux-arm64" }));
    expect(error.message).toContain("is for linux-x64, and not for linux-arm64; give the godwit for that with --base");
    expect((await refusal(bundle(project, { out: at("out"), base: at("none") }))).message).toContain("does not exist");
  });
});

describe("what was cut off or changed is told from what is whole", () => {
  const wholeOf = (base: Buffer): string => place("whole", Buffer.concat([base, withTrailer("{}")]));
  const whole = (): string => wholeOf(elf(62, program));

  test.each(Object.entries(bases))("%s, wherever it was cut", (_, base) => {
    const end = base.length;
    for (let size = statSync(wholeOf(base)).size - 1; size > end; size--) {
      truncateSync(wholeOf(base), size);
      expect(errorOf(() => readExecutable(at("whole"))).message).toContain(
        "are damaged, or a part of the file is missing",
      );
    }
    truncateSync(wholeOf(base), end);
    expect(readExecutable(at("whole")).payload).toBeUndefined();
  });

  test("whichever byte was changed", () => {
    const bytes = readFileSync(whole());
    for (let i = bytes.length - TRAILER_BYTES - 2; i < bytes.length; i++) {
      const changed = Buffer.from(bytes);
      changed[i] = (changed[i] ?? 0) ^ 0x15;
      const path = place("changed", changed);
      const read = (): string => {
        const { payload } = readExecutable(path);
        return payload ? readPayload(path, payload) : "";
      };
      expect(errorOf(read).message).toContain("are damaged");
    }
  });

  test("a length that no file has", () => {
    const bytes = readFileSync(whole());
    bytes.fill(0xff, bytes.length - 16, bytes.length - 8);
    expect(errorOf(() => readExecutable(place("whole", bytes))).message).toContain("are damaged");
  });
});

test("what bundle did not make is not overwritten", async () => {
  const base = place("base", bases["linux-x64"] ?? "");
  for (const out of [place("mine", "my notes"), base, project.root]) {
    expect((await refusal(bundle(project, { out, base }))).code).toBe("file");
  }
  expect(readFileSync(at("mine"), "utf8")).toBe("my notes");
  expect(readFileSync(base).equals(bases["linux-x64"] ?? Buffer.alloc(0))).toBe(true);
});

test("folders that do not exist are made, and what cannot be one is told", async () => {
  const base = place("base", bases["linux-x64"] ?? "");
  await bundle(project, { out: at("dist/bin/out"), base });
  expect(readdirSync(at("dist/bin"))).toEqual(["out"]);
  expect((await refusal(bundle(project, { out: at("base/out"), base }))).code).toBe("file");
});

test("a password in the configuration is warned of, a variable in its place is not", async () => {
  const base = place("base", bases["linux-x64"] ?? "");
  const made = async (url: string): Promise<readonly string[]> => {
    const configFile = place("godwit.yaml", `# postgres://user:password@host\ndatabase:\n  url: ${url}\n`);
    return (await bundle({ ...project, configFile }, { out: at("out"), base })).warnings;
  };
  expect(await made("postgres://shop:s3cret@db/shop")).toEqual([expect.stringContaining("has a password")]);
  for (const url of ["postgres://shop:${DB_PASSWORD}@db/shop", "postgres://shop@db/shop", "sqlite:app.db"])
    expect(await made(url)).toEqual([]);
});
