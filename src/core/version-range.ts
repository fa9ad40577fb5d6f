/** Conditions on a version that must all hold, such as `>= 14, < 18`. A bare number means that or newer. */
export type VersionRange = readonly Comparison[];

interface Comparison {
  readonly operator: Operator;
  readonly version: readonly number[];
}

const holds = {
  ">=": (order: number) => order >= 0,
  ">": (order: number) => order > 0,
  "<=": (order: number) => order <= 0,
  "<": (order: number) => order < 0,
  "=": (order: number) => order === 0,
} as const;
type Operator = keyof typeof holds;

/** `undefined` for a text that is no range. */
export function parseVersionRange(text: string): VersionRange | undefined {
  const parts = text.split(",").map((part) => /^\s*(>=|<=|>|<|=)?\s*(\d+(?:\.\d+){0,3})\s*$/.exec(part));
  return parts.every((part) => part !== null)
    ? parts.map(([, operator = ">=", version = ""]) => ({
        operator: operator as Operator,
        version: numbersOf(version),
      }))
    : undefined;
}

/**
 * Whether a version as a server reports it (`17.10`, `3.54.1`, `11.8.3-MariaDB`) lies in the range. Only as many parts count as the range
 * names: 17.10 is not `> 17`.
 */
export const inVersionRange = (version: string, range: VersionRange): boolean => {
  const found = numbersOf(/\d+(?:\.\d+)*/.exec(version)?.[0] ?? "0");
  return range.every(({ operator, version: wanted }) => holds[operator](compare(found, wanted)));
};

const numbersOf = (text: string): readonly number[] => text.split(".").map(Number);

const compare = (found: readonly number[], wanted: readonly number[]): number =>
  wanted.map((part, i) => (found[i] ?? 0) - part).find((difference) => difference !== 0) ?? 0;
