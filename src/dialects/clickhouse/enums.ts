import type { EnumSupport } from "../../core/ddl/dialect.ts";
import { literal } from "./quote.ts";

/** `Enum8('a' = 1, 'b' = 2)`: a column lists its values itself, each with a number, here in their order. */
export const enums = {
  kind: "inline" as const,
  type: (values: readonly string[]) => `Enum8(${values.map((value, i) => `${literal(value)} = ${i + 1}`).join(", ")})`,
  /** A value is stored as its number, and numbers are given anew. */
  between: () => "String",
  valuesOf(type: string) {
    const list = /^Enum8\((.*)\)$/s.exec(type)?.[1];
    if (list === undefined) return undefined;
    const values = [...list.matchAll(/'((?:[^'\\]|\\.)*)' = (-?\d+)/gs)];
    if (values.some(([, , number], i) => Number(number) !== i + 1)) return undefined;
    return values.map(([, text = ""]) => text.replace(/\\(.)/gs, "$1"));
  },
} satisfies EnumSupport;
