import { simpleYamlText } from "./simple-yaml-text.ts";

/** A document of a schema. */
export interface Content {
  readonly [key: string]: unknown;
}

/** A document of a schema as its text: lists of scalars and what fits into a line stand in one, and there is a blank line between tables. */
export function yamlText(content: Content): string {
  const parts = Object.entries(content).map(([key, value]) =>
    key === "tables" && Array.isArray(value) ? tablesText(value) : partText({ [key]: value }),
  );
  return parts.length > 0 ? parts.join("") : fullYamlText(content);
}

/** One table that is not simple must not cost what a thousand do. */
function tablesText(tables: readonly unknown[]): string {
  const first = "tables:\n";
  if (tables.length === 0) return partText({ tables });
  return first + tables.map((table) => partText({ tables: [table] }).slice(first.length)).join("\n");
}

const partText = (content: Content): string => simpleYamlText(content, inline) ?? fullYamlText(content);

/** The same by the library for YAML, which knows how to write everything and takes many times as long. */
export function fullYamlText(content: Content): string {
  const { Document, isMap, isScalar, isSeq, visit } = require("yaml") as typeof import("yaml");
  const document = new Document(content, { aliasDuplicateObjects: false });
  visit(document, {
    Seq(_, node) {
      if (node.items.every(isScalar)) node.flow = true;
    },
    Pair(_, { key, value }) {
      if (isScalar(key) && key.value === "include") return visit.SKIP;
      if (isMap(value) && isScalar(key) && inline.has(String(key.value))) value.flow = true;
      return undefined;
    },
  });
  const tables = document.get("tables");
  if (isSeq(tables)) for (const table of tables.items.slice(1)) if (isMap(table)) table.spaceBefore = true;
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

/** Keys whose mapping fits into the line. */
const inline: ReadonlySet<string> = new Set(["type", "default", "foreign_key", "many_to_many", "references"]);
