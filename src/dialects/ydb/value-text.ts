/** Days since 1970 as `2026-01-31`; years of more than four digits have their sign, as in ISO 8601. */
export const dateText = (days: number): string => withoutTime(new Date(days * 86_400_000), days);

/** `Date` ends before Date32 does. */
const withoutTime = (date: Date, days: number): string =>
  Number.isNaN(date.getTime()) ? `${days} days since 1970-01-01` : date.toISOString().replace(/T.*$/, "");

/** Microseconds since 1970 as `2026-01-31T08:09:10.5Z`, exactly. */
export function momentText(microseconds: bigint): string {
  const seconds = floor(microseconds, 1_000_000n);
  const date = new Date(Number(seconds) * 1000);
  if (Number.isNaN(date.getTime())) return `${microseconds} microseconds since 1970-01-01`;
  const fraction = String(microseconds - seconds * 1_000_000n)
    .padStart(6, "0")
    .replace(/0+$/, "");
  return date.toISOString().replace(/\.\d+Z$/, `${fraction && `.${fraction}`}Z`);
}

const floor = (value: bigint, by: bigint): bigint => (value - (((value % by) + by) % by)) / by;

/** Microseconds as an interval of ISO 8601, such as `-P1DT2H3.5S`. */
export function intervalText(microseconds: bigint): string {
  const size = microseconds < 0n ? -microseconds : microseconds;
  const parts = (unit: bigint, per?: bigint): bigint => (per === undefined ? size / unit : (size / unit) % per);
  const days = parts(86_400_000_000n);
  const [hours, minutes] = [parts(3_600_000_000n, 24n), parts(60_000_000n, 60n)];
  const whole = parts(1_000_000n, 60n);
  const fraction = String(size % 1_000_000n)
    .padStart(6, "0")
    .replace(/0+$/, "");
  const seconds = whole === 0n && fraction === "" ? "" : `${whole}${fraction && `.${fraction}`}S`;
  const time = `${hours ? `${hours}H` : ""}${minutes ? `${minutes}M` : ""}${seconds}`;
  const text = `${days ? `${days}D` : ""}${time && `T${time}`}`;
  return `${microseconds < 0n ? "-" : ""}P${text || "T0S"}`;
}

/** A number of 128 bits in two halves, with so many digits after its point: https://ydb.tech/docs/en/yql/reference/types/primitive#numeric */
export function decimalText(low: bigint, high: bigint, scale: number): string {
  const value = BigInt.asIntN(128, (BigInt.asUintN(64, high) << 64n) | BigInt.asUintN(64, low));
  const special = specials.get(value);
  if (special !== undefined) return special;
  const digits = String(value < 0n ? -value : value).padStart(scale + 1, "0");
  const after = scale === 0 ? "" : `.${digits.slice(-scale)}`;
  return `${value < 0n ? "-" : ""}${digits.slice(0, digits.length - scale)}${after}`;
}

/** One more than 35 digits can say is no number, and the next one without end. */
const specials: ReadonlyMap<bigint, string> = new Map([
  [10n ** 35n, "inf"],
  [-(10n ** 35n), "-inf"],
  [10n ** 35n + 1n, "nan"],
]);

/** The first three groups of a Uuid are little endian, the last eight bytes stand as they come. */
export function uuidText(low: bigint, high: bigint): string {
  const bytes = [low, high].flatMap((half) =>
    Array.from({ length: 8 }, (_, i) => Number((half >> BigInt(i * 8)) & 0xffn)),
  );
  const hex = (from: number, to: number, reverse: boolean): string => {
    const part = bytes.slice(from, to).map((byte) => byte.toString(16).padStart(2, "0"));
    return (reverse ? part.reverse() : part).join("");
  };
  return [hex(0, 4, true), hex(4, 6, true), hex(6, 8, true), hex(8, 10, false), hex(10, 16, false)].join("-");
}

/** A Float as the shortest number that is the same Float. */
export function shortest(value: number): number {
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return value;
}
