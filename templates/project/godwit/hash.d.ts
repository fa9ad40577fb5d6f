// Types of the module "godwit/hash" that migrations import. Written by godwit; a newer godwit may write it again.

/** SHA-256 of a text in UTF-8 or of bytes, as 64 hexadecimal digits. */
export function sha256(data: string | Uint8Array): string;

/** MD5 of a text in UTF-8 or of bytes, as 32 hexadecimal digits. Good for fingerprints, not for secrets. */
export function md5(data: string | Uint8Array): string;

/** A text in UTF-8 or bytes as hexadecimal digits. */
export function hex(data: string | Uint8Array): string;

/** The bytes that hexadecimal digits stand for. */
export function fromHex(digits: string): Uint8Array;

/** A text in UTF-8 or bytes in base64, with padding. */
export function base64(data: string | Uint8Array): string;

/** The bytes that a text in base64 stands for. */
export function fromBase64(text: string): Uint8Array;

/** The bytes of a text in UTF-8. */
export function utf8(text: string): Uint8Array;
