import { pick } from "../outline.ts";
import type { Feature } from "./feature.ts";

/** Full text, which SQLite keeps in tables of its own. */
export const virtualTables: Feature = {
  name: "virtual tables",
  dialects: ["sqlite"],
  most: 1,
  add(schema, extra, { claim }) {
    const name = pick(["words", "Odd words"], extra.name);
    if (!claim(name)) return schema;
    const columns = pick(["a", "a, b", "b, a, tokenize = 'porter'"], extra.how);
    const definition = `CREATE VIRTUAL TABLE "${name}" USING fts5(${columns})`;
    return { ...schema, objects: [...(schema.objects ?? []), { kind: "virtual_table", name, definition }] };
  },
};
