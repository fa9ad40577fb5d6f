import type { SequenceOptions, SequenceType } from "./model.ts";

/**
 * The options without what a sequence is by itself, which nobody need say: it begins at one end of its range, and its range is that of its type,
 * above 0 or, counting down, below it (https://www.postgresql.org/docs/current/sql-createsequence.html).
 */
export function toldOptions<S extends SequenceOptions>(options: S, type: SequenceType): S {
  const { start, increment, min, max, cache, ...rest } = options;
  const down = String(increment ?? 1).startsWith("-");
  const [least, greatest] = limits[type];
  const [usualMin, usualMax] = down ? [least, "-1"] : ["1", greatest];
  const told = {
    ...beside("start", start, String((down ? max : min) ?? (down ? usualMax : usualMin))),
    ...beside("increment", increment, "1"),
    ...beside("min", min, usualMin),
    ...beside("max", max, usualMax),
    ...beside("cache", cache, "1"),
  };
  return { ...rest, ...told } as S;
}

const beside = (key: string, value: number | string | undefined, usual: string): SequenceOptions =>
  value === undefined || String(value) === usual ? {} : { [key]: value };

const limits: Readonly<Record<SequenceType, readonly [string, string]>> = {
  smallint: ["-32768", "32767"],
  integer: ["-2147483648", "2147483647"],
  bigint: ["-9223372036854775808", "9223372036854775807"],
};
