import { predicateWithCasts } from "./defaults.ts";
import { tokensOf } from "./tokens.ts";

/**
 * Whether two expressions over fields of these types are the same to the server, whatever those fields hold. Casts count, but for those that the server
 * would make by itself. Not the same are lists of VARCHARs, which the server casts one by one or as a whole, and whatever is about types that do not
 * compare as their texts or numbers do.
 */
export function sameExpression(a: string, b: string, types: readonly string[]): boolean {
  if (!types.every((type) => plain.has(type)) || !tokensOf(a) || !tokensOf(b)) return false;
  const times = types.filter((type) => /^(?:date|time)/.test(type));
  const idle = (type: string, literal: string | undefined): boolean => {
    if (literal === undefined) return false;
    if (type === "integer") return /^'?-?\d{1,9}'?$/.test(literal);
    if (/^(?:date|time)/.test(type)) return times.length > 0 && times.every((time) => time === type);
    return sayNothing.has(type) || ((type === "uuid" || type === "jsonb") && types.includes(type));
  };
  const [one, other] = [a, b].map((sql) => predicateWithCasts(sql, idle));
  return one === other && !(types.includes("varchar") && /\b(?:any|all)\(/.test(one ?? ""));
}

/** Types of the fields of a schema. */
const plain: ReadonlySet<string> = new Set(
  "smallint integer bigint serial bigserial smallserial decimal float double boolean date time timestamp timestamptz uuid text varchar jsonb".split(
    " ",
  ),
);

/** A text literal is taken for one of these where it stands beside one, and a boolean is written without a cast. */
const sayNothing: ReadonlySet<string> = new Set(["text", "varchar", "boolean"]);
