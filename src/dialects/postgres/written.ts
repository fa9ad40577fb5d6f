import { withoutParentheses } from "../../core/sql-files/parentheses.ts";
import { scriptSyntax } from "./script-syntax.ts";

/**
 * An expression as the server writes it, in a form that it writes so again. It does not do that with a list of VARCHARs: `a IN ('x', 'y')` becomes
 * `(a)::text = ANY ((ARRAY['x'::character varying, 'y'::character varying])::text[])`, and that, read again, an array with a cast for each of its
 * elements. So this one gets the form that somebody wrote, and no parentheses around the whole, which the server puts around everything.
 */
export const asWritten = (sql: string): string =>
  withoutParentheses(sql, scriptSyntax).replace(varcharList, (_, column: string, operator: string, list: string) => {
    const items = list.match(varcharItem)?.map((item) => item.slice(0, -"::character varying".length)) ?? [];
    return `${column} ${operator === "= ANY" ? "IN" : "NOT IN"} (${items.join(", ")})`;
  });

const varcharItem = /'(?:[^']|'')*'::character varying/g;
const varcharList =
  /\(([a-z_]\w*|"(?:[^"]|"")+")\)::text (= ANY|<> ALL) \(\(ARRAY\[('(?:[^']|'')*'::character varying(?:, '(?:[^']|'')*'::character varying)*)\]\)::text\[\]\)/g;
