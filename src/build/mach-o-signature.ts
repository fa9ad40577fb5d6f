import { createHash } from "node:crypto";
import { closeSync, openSync, readFileSync, readSync, writeFileSync } from "node:fs";

/**
 * Signs an executable of macOS for x64 without a name ("ad hoc"), in place of the signature it has; leaves any other file as it is. Bun signs
 * what it compiles for arm64 and leaves its own signature, which no longer fits, in what it compiles for x64: macOS ends such a process when it comes
 * to a page with another hash. The form is that of linkers (flags `adhoc` and `linker-signed`): a code directory with a hash for
 * each page, and nothing else. Throws an Error for an executable whose signature is not its last part.
 *
 * Sources: `loader.h` and `cs_blobs.h` of XNU (https://github.com/apple-oss-distributions/xnu), `cmd/internal/codesign` of Go.
 */
export function signForMacX64(path: string, identifier: string): void {
  if (!isForMacX64(path)) return;
  const bytes = readFileSync(path);
  const { signature, linkedit, text } = commandsOf(bytes);
  const start = bytes.readUInt32LE(signature + 8);
  const end = Number(bytes.readBigUInt64LE(linkedit + 40) + bytes.readBigUInt64LE(linkedit + 48));
  if (end !== bytes.length || start + bytes.readUInt32LE(signature + 12) !== end || start % 16 !== 0) {
    throw new Error(`"${path}" does not end with its signature, so that no other can be put in its place`);
  }
  const size = signatureSize(start, identifier);
  const signed = Buffer.concat([bytes.subarray(0, start), Buffer.alloc(size)]);
  // Load commands are part of what is hashed.
  signed.writeUInt32LE(size, signature + 12);
  const inFile = BigInt(start + size) - signed.readBigUInt64LE(linkedit + 40);
  signed.writeBigUInt64LE(inFile, linkedit + 48);
  signed.writeBigUInt64LE(((inFile + VM_PAGE - 1n) / VM_PAGE) * VM_PAGE, linkedit + 32);
  const limit = signed.readBigUInt64LE(text + 48);
  writeSignature(signed, { start, identifier, executable: { start: signed.readBigUInt64LE(text + 40), size: limit } });
  writeFileSync(path, signed);
}

const MACH_O_64 = 0xfeedfacf;
const CPU_X86_64 = 0x01000007;
const LC_SEGMENT_64 = 0x19;
const LC_CODE_SIGNATURE = 0x1d;
/** Segments fill whole pages in memory. */
const VM_PAGE = 0x1000n;
/** Hashes are of pages of this size on every processor; its logarithm is in the code directory. */
const PAGE_BITS = 12;
const PAGE = 1 << PAGE_BITS;
const HASH = 32;
/** Of the super blob with its index of one, and of a code directory of version 0x20400. */
const INDEX = 20;
const DIRECTORY = 88;

function isForMacX64(path: string): boolean {
  const file = openSync(path, "r");
  try {
    const head = Buffer.alloc(8);
    readSync(file, head);
    return head.readUInt32LE(0) === MACH_O_64 && head.readUInt32LE(4) === CPU_X86_64;
  } finally {
    closeSync(file);
  }
}

interface Commands {
  readonly signature: number;
  readonly linkedit: number;
  readonly text: number;
}

/** Where the load commands begin that say something of the signature. */
function commandsOf(bytes: Buffer): Commands {
  const found: { -readonly [key in keyof Commands]?: number } = {};
  let at = 32;
  for (let left = bytes.readUInt32LE(16); left > 0; left--) {
    const command = bytes.readUInt32LE(at);
    const segment = command === LC_SEGMENT_64 ? bytes.toString("latin1", at + 8, at + 24).replace(/\0.*/, "") : "";
    if (command === LC_CODE_SIGNATURE) found.signature = at;
    if (segment === "__LINKEDIT") found.linkedit = at;
    if (segment === "__TEXT") found.text = at;
    at += bytes.readUInt32LE(at + 4);
  }
  const { signature, linkedit, text } = found;
  if (signature === undefined || linkedit === undefined || text === undefined) {
    throw new Error("an executable of macOS without a place for its signature");
  }
  return { signature, linkedit, text };
}

const pagesOf = (length: number): number => Math.ceil(length / PAGE);
const hashesAt = (identifier: string): number => DIRECTORY + Buffer.byteLength(identifier) + 1;
const signatureSize = (start: number, identifier: string): number =>
  INDEX + hashesAt(identifier) + pagesOf(start) * HASH;

interface Signed {
  /** Everything before is signed, the signature itself begins here. */
  readonly start: number;
  readonly identifier: string;
  /** What of the file may be executed. */
  readonly executable: { readonly start: bigint; readonly size: bigint };
}

/** Unlike the rest of the file, a signature is big-endian. */
function writeSignature(file: Buffer, { start, identifier, executable }: Signed): void {
  const size = signatureSize(start, identifier);
  // CSMAGIC_EMBEDDED_SIGNATURE, its size, and one entry: CSSLOT_CODEDIRECTORY, where.
  let at = writeWords(file, start, [0xfade0cc0, size, 1, 0, INDEX]);
  // CSMAGIC_CODEDIRECTORY, its size, version, CS_ADHOC | CS_LINKER_SIGNED, where hashes and identifier are, special and other hashes, what is signed.
  const places = [hashesAt(identifier), DIRECTORY, 0, pagesOf(start), start];
  at = writeWords(file, at, [0xfade0c02, size - INDEX, 0x20400, 0x20002, ...places]);
  // Size and kind of a hash (CS_HASHTYPE_SHA256), no platform, size of a page.
  at = file.writeUInt8(HASH, at);
  at = file.writeUInt8(2, at);
  at = file.writeUInt8(0, at);
  at = file.writeUInt8(PAGE_BITS, at);
  // Nothing is scattered, there is no team; a limit of 64 bits only where one of 32 would not do.
  at = writeWords(file, at, [0, 0, 0, 0, 0, 0]);
  at = file.writeBigUInt64BE(executable.start, at);
  at = file.writeBigUInt64BE(executable.size, at);
  // CS_EXECSEG_MAIN_BINARY
  at = file.writeBigUInt64BE(1n, at);
  at += file.write(`${identifier}\0`, at);
  for (let page = 0; page < start; page += PAGE) {
    // The last page ends where the signature begins.
    const hash = createHash("sha256").update(file.subarray(page, Math.min(page + PAGE, start)));
    at += hash.digest().copy(file, at);
  }
}

const writeWords = (file: Buffer, at: number, words: readonly number[]): number =>
  words.reduce((place, word) => file.writeUInt32BE(word, place), at);
