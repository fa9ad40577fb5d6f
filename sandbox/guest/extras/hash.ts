/** The module that migrations import as `"godwit/hash"`. It runs inside the sandbox. */
import { md5 as md5Of } from "@noble/hashes/legacy.js";
import { sha256 as sha256Of } from "@noble/hashes/sha2.js";
import { base64 as base64Coder, hex as hexCoder } from "@scure/base";
import { bytesOf } from "./bytes.ts";

/** SHA-256 of a text in UTF-8 or of bytes, as 64 hexadecimal digits. */
export function sha256(data: string | Uint8Array): string {
  return hexCoder.encode(sha256Of(bytesOf(data)));
}

/** MD5 of a text in UTF-8 or of bytes, as 32 hexadecimal digits. Good for fingerprints, not for secrets. */
export function md5(data: string | Uint8Array): string {
  return hexCoder.encode(md5Of(bytesOf(data)));
}

/** A text in UTF-8 or bytes as hexadecimal digits. */
export function hex(data: string | Uint8Array): string {
  return hexCoder.encode(bytesOf(data));
}

/** The bytes that hexadecimal digits stand for. */
export function fromHex(digits: string): Uint8Array {
  return hexCoder.decode(digits);
}

/** A text in UTF-8 or bytes in base64, with padding. */
export function base64(data: string | Uint8Array): string {
  return base64Coder.encode(bytesOf(data));
}

/** The bytes that a text in base64 stands for. */
export function fromBase64(text: string): Uint8Array {
  return base64Coder.decode(text);
}

/** The bytes of a text in UTF-8. */
export function utf8(text: string): Uint8Array {
  return bytesOf(text);
}
