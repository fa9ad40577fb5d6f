import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** What godwit uses of `Bun`, for runtimes that have nothing but the web's standards. src/build/library.ts puts it wherever a source says `Bun`. */
export const Bun = {
  sleep: (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  // Web Crypto only answers later, and a checksum is asked for in the middle of things.
  SHA256: { hash: (text: string, _encoding: "hex"): string => bytesToHex(sha256(utf8ToBytes(text))) },
  CryptoHasher: class {
    readonly #hash = sha256.create();

    update(text: string): this {
      this.#hash.update(utf8ToBytes(text));
      return this;
    }

    digest(_encoding: "hex"): string {
      return bytesToHex(this.#hash.digest());
    }
  },
};
