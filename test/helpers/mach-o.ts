import { createHash } from "node:crypto";

/** What the signature of an executable of macOS says, and what is wrong with it. */
export interface SignatureSeen {
  readonly identifier: string;
  readonly flags: string;
  /** How many pages have a hash. */
  readonly pages: number;
  /** Empty when the kernel would accept it, as far as its structure and hashes go. */
  readonly faults: readonly string[];
}

/**
 * Reads the signature of a Mach-O file as XNU does (`bsd/kern/ubc_subr.c`: `cs_validate_blob`, `cs_validate_codedirectory`), and works out every
 * hash again. Written from the structures in `cs_blobs.h`, apart from what writes signatures.
 */
export function readSignature(file: Buffer): SignatureSeen {
  const faults: string[] = [];
  const claim = (holds: boolean, fault: string) => holds || faults.push(fault);
  const { start, size, linkedit, text } = placesIn(file);
  claim(start + size === file.length, "something lies behind the signature");
  claim(linkedit.offset + linkedit.size === file.length, "__LINKEDIT does not end where the file does");
  claim(linkedit.memory >= linkedit.size && linkedit.memory % 4096 === 0, "__LINKEDIT is not whole in memory");
  const blob = file.subarray(start, start + size);
  claim(blob.readUInt32BE(0) === 0xfade0cc0 && blob.readUInt32BE(4) <= size, "no super blob");
  const directory = blob.subarray(directoryIn(blob));
  const words = Array.from({ length: 9 }, (_, i) => directory.readUInt32BE(i * 4));
  const [magic, length = 0, version = 0, flags = 0, hashes = 0, name = 0, , pages = 0, limit = 0] = words;
  const [hashSize = 0, kind, , bits = 0] = directory.subarray(36, 40);
  claim(magic === 0xfade0c02 && length <= directory.length, "no code directory");
  claim(version === 0x20400 && hashSize === 32 && kind === 2, "another version or another hash than SHA-256");
  claim(limit === start, `signed up to ${limit}, and the signature begins at ${start}`);
  claim(hashes + pages * hashSize <= length, "hashes reach over the end");
  claim(pages === Math.ceil(limit / 2 ** bits), "not a hash for each page");
  const executable = [64, 72, 80].map((at) => Number(directory.readBigUInt64BE(at)));
  claim(`${executable}` === `${[text.offset, text.size, 1]}`, "what may be executed is not __TEXT");
  for (let page = 0; page < pages; page++) {
    const said = directory.subarray(hashes + page * hashSize, hashes + (page + 1) * hashSize);
    const content = file.subarray(page * 2 ** bits, Math.min((page + 1) * 2 ** bits, limit));
    claim(createHash("sha256").update(content).digest().equals(said), `page ${page} has another hash`);
  }
  const identifier = directory.toString("latin1", name, directory.indexOf(0, name));
  return { identifier, flags: flags === 0x20002 ? "adhoc, linker-signed" : flags.toString(16), pages, faults };
}

interface Segment {
  readonly memory: number;
  readonly offset: number;
  readonly size: number;
}

function placesIn(file: Buffer) {
  if (file.readUInt32LE(0) !== 0xfeedfacf) throw new Error("not a Mach-O file of 64 bits");
  const segments = new Map<string, Segment>();
  let signature: readonly [start: number, size: number] | undefined;
  for (let i = 0, at = 32; i < file.readUInt32LE(16); i++, at += file.readUInt32LE(at + 4)) {
    const kind = file.readUInt32LE(at);
    if (kind === 0x1d) signature = [file.readUInt32LE(at + 8), file.readUInt32LE(at + 12)];
    if (kind !== 0x19) continue;
    const [memory = 0, offset = 0, size = 0] = [32, 40, 48].map((place) => Number(file.readBigUInt64LE(at + place)));
    segments.set(file.toString("latin1", at + 8, file.indexOf(0, at + 8)), { memory, offset, size });
  }
  const linkedit = segments.get("__LINKEDIT");
  const text = segments.get("__TEXT");
  if (!signature || !linkedit || !text) throw new Error("a Mach-O file without signature, __LINKEDIT or __TEXT");
  return { start: signature[0], size: signature[1], linkedit, text };
}

function directoryIn(blob: Buffer): number {
  for (let i = 0; i < blob.readUInt32BE(8); i++) {
    if (blob.readUInt32BE(12 + i * 8) === 0) return blob.readUInt32BE(16 + i * 8);
  }
  throw new Error("a signature without a code directory");
}
