import { createHash } from "node:crypto";

/**
 * What godwit uses of `Bun`, for Node. src/build/library.ts puts it wherever a source says `Bun`; a member that is not here is an error of
 * that build.
 */
export const Bun = {
  /** Like Bun's, so that evaluations kept by the one are not taken by the other. */
  version: `node ${process.version}`,
  sleep: (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  SHA256: {
    hash: (text: string, encoding: "hex" | "base64"): string => createHash("sha256").update(text).digest(encoding),
  },
  /** `createHash` is called with the one name that godwit uses. */
  CryptoHasher: function sha256(name: "sha256") {
    return createHash(name);
  } as unknown as new (
    name: "sha256",
  ) => ReturnType<typeof createHash>,
};
