import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { ToolError } from "../core/errors.ts";
import { endOfExecutable } from "./executable-end.ts";
import { fileError } from "./files.ts";

/** Where in an executable a payload lies, in bytes from its start. */
export interface PayloadPlace {
  readonly start: number;
  readonly length: number;
  /** SHA-256 of it, in hexadecimal digits. */
  readonly checksum: string;
}

/** What is known of an executable from its first and last bytes. */
export interface Executable {
  /** As bun calls it: `linux-x64`, `linux-x64-musl`, `darwin-arm64`; `undefined` for what is no executable. */
  readonly platform: string | undefined;
  /** Where the executable itself ends: what is appended begins there. */
  readonly size: number;
  /** What was appended to it. */
  readonly payload?: PayloadPlace;
}

/** Ends every executable with a payload; the program itself holds it too, which tells one that knows payloads from one that does not. */
export const payloadMark = "godwit+1";

/** SHA-256 of the payload, its length as 64 bits, the mark. */
export const TRAILER_BYTES = 32 + 8 + payloadMark.length;

/** Nobody has that many migrations; more is damage. */
const MAX_PAYLOAD_BYTES = 512 * 1024 * 1024;

/**
 * What was appended to the executable that runs; `undefined` for a plain godwit, where Bun runs the sources, and where it may be run and not
 * read. Reads no more than the first and last bytes. Throws ToolError `file` when something was appended, and a part of it is missing.
 */
export function ownPayload(): PayloadPlace | undefined {
  if (!isCompiled()) return undefined;
  try {
    return readExecutable(process.execPath).payload;
  } catch (error) {
    if (error instanceof ToolError && "code" in error.data) return undefined;
    throw error;
  }
}

/** Whether the program is an executable of its own, and not a script that Bun runs. */
export const isCompiled = (): boolean => /^(?:\/\$bunfs\/|[A-Z]:[\\/]~BUN[\\/])/.test(Bun.main);

/** Looks at an executable. Throws ToolError `file` when it cannot be read, and when a payload in it was cut off. */
export function readExecutable(path: string): Executable {
  const fd = open(path);
  try {
    const { size } = fstatSync(fd);
    const head = bytesAt(fd, 0, Math.min(size, 4096));
    const trailer = bytesAt(fd, Math.max(0, size - TRAILER_BYTES), Math.min(size, TRAILER_BYTES));
    const platform = platformOf(head);
    const payload = placeIn(trailer, size);
    if (payload) return { platform, size: payload.start, payload };
    if (payload === null || size > endOfExecutable(head, size)) throw damaged(path);
    return { platform, size };
  } catch (error) {
    throw error instanceof ToolError ? error : fileError("read", path, error);
  } finally {
    closeSync(fd);
  }
}

/** The payload of an executable. Throws ToolError `file` when it is not what was put there. */
export function readPayload(path: string, { start, length, checksum }: PayloadPlace): string {
  const fd = open(path);
  try {
    const text = bytesAt(fd, start, length);
    if (new Bun.CryptoHasher("sha256").update(text).digest("hex") !== checksum) throw damaged(path);
    return text.toString("utf8");
  } finally {
    closeSync(fd);
  }
}

/** What has to be appended to an executable. */
export function withTrailer(text: string): Buffer {
  const payload = Buffer.from(text, "utf8");
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(payload.length));
  const checksum = new Bun.CryptoHasher("sha256").update(payload).digest();
  return Buffer.concat([payload, checksum, length, Buffer.from(payloadMark, "latin1")]);
}

function open(path: string): number {
  try {
    return openSync(path, "r");
  } catch (error) {
    throw fileError("read", path, error);
  }
}

function bytesAt(fd: number, position: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  const read = readSync(fd, bytes, 0, length, position);
  return bytes.subarray(0, read);
}

/** `undefined` where there is none, `null` where it cannot be all there. */
function placeIn(trailer: Buffer, size: number): PayloadPlace | null | undefined {
  if (trailer.length < TRAILER_BYTES || trailer.toString("latin1", 40) !== payloadMark) return undefined;
  const length = Number(trailer.readBigUInt64LE(32));
  if (length > MAX_PAYLOAD_BYTES || length > size - TRAILER_BYTES) return null;
  return { start: size - TRAILER_BYTES - length, length, checksum: trailer.toString("hex", 0, 32) };
}

const ELF = 0x7f454c46;

function platformOf(head: Buffer): string | undefined {
  if (head.length < 64) return undefined;
  if (head.readUInt32BE(0) === ELF) {
    const arch = { 62: "x64", 183: "arm64" }[head.readUInt16LE(18)];
    return arch && `linux-${arch}${head.includes("ld-musl") ? "-musl" : ""}`;
  }
  if (head.readUInt32LE(0) === 0xfeedfacf) {
    const arch = { [0x01000007]: "x64", [0x0100000c]: "arm64" }[head.readUInt32LE(4)];
    return arch && `darwin-${arch}`;
  }
  const portable = head.toString("latin1", 0, 2) === "MZ" ? head.readUInt32LE(0x3c) : head.length;
  if (portable + 6 > head.length || head.toString("latin1", portable, portable + 4) !== "PE\0\0") return undefined;
  const arch = { [0x8664]: "x64", [0xaa64]: "arm64" }[head.readUInt16LE(portable + 4)];
  return arch && `windows-${arch}`;
}

const damaged = (path: string): ToolError =>
  new ToolError(
    "file",
    `the migrations inside "${path}" are damaged, or a part of the file is missing; get it again, or make it again with \`godwit bundle\``,
    { file: path },
  );
