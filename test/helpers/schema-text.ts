import { ToolError } from "../../src/core/errors.ts";
import type { Field, Schema, Table } from "../../src/core/schema/model.ts";
import { formatProblem, type Problem } from "../../src/core/schema/problem.ts";
import { parseSchema } from "../../src/runtime/schema-files.ts";

/** `line:column: message` of everything that is wrong with the text of a schema file. Fails when nothing is. */
export function problemsOf(text: string): readonly string[] {
  try {
    parseSchema(text, "s");
  } catch (error) {
    if (!(error instanceof ToolError) || error.code !== "schema") throw error;
    return (error.data["problems"] as readonly (Problem & { line: number; column: number })[]).map(
      (p) => `${p.line}:${p.column}: ${p.message}`,
    );
  }
  throw new Error("nothing is wrong with this schema");
}

/** `s:line:column: message` of each warning. */
export const warningsOf = (text: string): readonly string[] => parseSchema(text, "s").warnings.map(formatProblem);

/** A table of a schema, which must have it. */
export function tableOf(schema: Schema, name: string): Table {
  const table = schema.tables.find((t) => t.name === name);
  if (!table) throw new Error(`no table "${name}" among ${schema.tables.map((t) => t.name).join(", ")}`);
  return table;
}

/** A field of a schema by `table.field`. */
export function fieldOf(schema: Schema, path: string): Field {
  const [table = "", name = ""] = path.split(".");
  const field = tableOf(schema, table).fields.find((f) => f.name === name);
  if (!field) throw new Error(`no field "${path}"`);
  return field;
}
