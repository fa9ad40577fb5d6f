import type { EnumSupport } from "../../core/ddl/dialect.ts";
import { literal } from "./quote.ts";

const typeOf = (values: readonly string[]): string => `ENUM(${values.map((value) => literal(value)).join(",")})`;

/** `ENUM('a','b')`: a column lists its values itself. */
export const enums = {
  kind: "inline" as const,
  type: typeOf,
  between: typeOf,
  valuesOf: (type: string) =>
    /^enum\(.*\)$/is.test(type)
      ? [...type.matchAll(/'((?:[^'\\]|''|\\.)*)'/gs)].map(([, text = ""]) =>
          text.replace(/''|\\(.)/gs, (_, c) => c ?? "'"),
        )
      : undefined,
} satisfies EnumSupport;
