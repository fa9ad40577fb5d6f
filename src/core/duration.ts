/** `500ms`, `30s`, `10m`, `1h` in milliseconds; a bare number counts seconds. `undefined` for everything else. */
export function parseDuration(text: string): number | undefined {
  const [, amount, unit = "s"] = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text) ?? [];
  return amount === undefined ? undefined : Number(amount) * (units[unit] ?? 1000);
}

/** The text that means so many milliseconds, in the largest unit that says it exactly. */
export function printDuration(ms: number): string {
  if (ms === 0) return "0";
  const [unit, size] = Object.entries(units).findLast(([, each]) => Number.isInteger(ms / each)) ?? ["ms", 1];
  return `${ms / size}${unit}`;
}

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
