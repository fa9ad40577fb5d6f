/** What the sources use of JavaScript that not every runtime has, under the names that src/build/library.ts puts in their place. */
export { groupInMap, withResolvers } from "../node/builtins.ts";

/** `Uint8Array.fromHex`, which is new. */
export const bytesFromHex = (hex: string): Uint8Array =>
  Uint8Array.from({ length: hex.length / 2 }, (_, i) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16));

/** `setImmediate`, which only Node and Bun have. */
export const afterThis = (work: () => void): void => void setTimeout(work, 0);
