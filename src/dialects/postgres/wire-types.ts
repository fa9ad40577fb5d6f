/**
 * How values travel: everything as text that is exact, so that nothing is rounded, shifted to another time zone or read as
 * JSON on the way. Keyed by name because postgres.js keys its own types so; each replaces the one of the same number.
 */
export const wireTypes = {
  number: { to: 0, from: [21, 23, 26, 700, 701], serialize: text, parse: Number },
  bigint: { to: 20, from: [20], serialize: text, parse: integer },
  boolean: {
    to: 16,
    from: [16],
    serialize: (x: unknown) => (x === true ? "t" : x === false ? "f" : text(x)),
    parse: (x: string) => x === "t",
  },
  json: { to: 114, from: [114, 3802], serialize: text, parse: text },
  date: { to: 1184, from: [1082, 1114, 1184], serialize: text, parse: text },
  bytea: { to: 17, from: [17], serialize: hex, parse: (x: string) => new Uint8Array(Buffer.from(x.slice(2), "hex")) },
};

function text(x: unknown): string {
  return String(x);
}

/** A number where that is exact, else a bigint. */
function integer(x: string): number | bigint {
  const value = Number(x);
  return Number.isSafeInteger(value) ? value : BigInt(x);
}

function hex(x: unknown): string {
  return x instanceof Uint8Array ? `\\x${Buffer.from(x).toString("hex")}` : text(x);
}
