import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { signForMacX64 } from "../../src/build/mach-o-signature.ts";
import { readSignature } from "../helpers/mach-o.ts";

// A small file of the same form; the real ones are in release.test.ts.

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "godwit-mach-o-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const textSize = 0x3000;
/** Not a whole number of pages, as it is in fact. */
const signatureAt = textSize + 0x1230;

/** A header, two segments and a signature that does not fit, for a processor. */
function executable(cpu: number, oldSignature = 64): Buffer {
  const file = Buffer.alloc(signatureAt + oldSignature, 0xab);
  file.fill(0, 0, 32 + 72 + 72 + 16);
  [0xfeedfacf, cpu, 3, 2, 3, 72 + 72 + 16].forEach((word, i) => void file.writeUInt32LE(word, i * 4));
  segment(file, 32, { name: "__TEXT", offset: 0, size: textSize });
  segment(file, 104, { name: "__LINKEDIT", offset: textSize, size: 0x1230 + oldSignature });
  [0x1d, 16, signatureAt, oldSignature].forEach((word, i) => void file.writeUInt32LE(word, 176 + i * 4));
  return file;
}

function segment(file: Buffer, at: number, { name, offset, size }: { name: string; offset: number; size: number }) {
  file.writeUInt32LE(0x19, at);
  file.writeUInt32LE(72, at + 4);
  file.write(name, at + 8);
  [offset, 0x2000, offset, size].forEach((n, i) => void file.writeBigUInt64LE(BigInt(n), at + 24 + i * 8));
}

const write = (name: string, bytes: Buffer): string => {
  writeFileSync(join(folder, name), bytes);
  return join(folder, name);
};

const X64 = 0x01000007;
const ARM64 = 0x0100000c;

test.each([64, 4096, 20_000])("an executable for x64 gets a signature that fits, where one of %i bytes was", (size) => {
  const before = executable(X64, size);
  const path = write("x64", before);
  signForMacX64(path, "godwit");
  const after = readFileSync(path);
  expect(readSignature(after)).toEqual({ identifier: "godwit", flags: "adhoc, linker-signed", pages: 5, faults: [] });
  // Apart from the sizes in two load commands, nothing that was there is another.
  const changed = [...before.subarray(0, signatureAt)].flatMap((byte, i) => (byte === after[i] ? [] : [i]));
  expect(changed.filter((i) => !(i >= 104 + 32 && i < 104 + 56) && !(i >= 176 + 12 && i < 192))).toEqual([]);
  signForMacX64(path, "godwit");
  expect(readFileSync(path).equals(after)).toBe(true);
});

test("the reader of signatures sees what does not fit", () => {
  const path = write("changed", executable(X64));
  signForMacX64(path, "godwit");
  const signed = readFileSync(path);
  const change = (at: number) => {
    const copy = Buffer.from(signed);
    copy[at] = (copy[at] ?? 0) ^ 1;
    return readSignature(copy).faults;
  };
  expect(change(0x1800)).toEqual(["page 1 has another hash"]);
  expect(change(signatureAt - 1)).toEqual(["page 4 has another hash"]);
  expect(change(signatureAt + 120)).toEqual(["page 0 has another hash"]);
  expect(readSignature(Buffer.concat([signed, Buffer.alloc(16)])).faults).toContain(
    "something lies behind the signature",
  );
});

test("what Bun has signed, and what is not for macOS, stays as it is", () => {
  for (const bytes of [executable(ARM64), Buffer.from("\x7fELF and so on"), Buffer.from("MZ and so on")]) {
    const path = write("other", bytes);
    signForMacX64(path, "godwit");
    expect(readFileSync(path).equals(bytes)).toBe(true);
  }
});

test("an executable with something behind its signature is refused", () => {
  const path = write("behind", Buffer.concat([executable(X64), Buffer.alloc(8)]));
  expect(() => signForMacX64(path, "godwit")).toThrow("does not end with its signature");
});
