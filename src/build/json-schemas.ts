import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { toJsonSchema } from "@valibot/to-json-schema";
import type { GenericSchema } from "valibot";
import { type JsonSchema, schemaFileShape } from "../core/schema/json-schema.ts";
import { alternatives, configShape, timeShape } from "../runtime/config-file.ts";

/**
 * Makes the JSON Schemas with which editors complete and check schema files and godwit.yaml, from what the readers take; what they say of a
 * key is what docs/ says of it. With `--check` it writes nothing and exits 1 when one of them is stale.
 */
export function generateJsonSchemas(root: string, check: boolean): readonly string[] {
  const page = (name: string) => readFileSync(join(root, "docs", name), "utf8");
  const files = {
    "templates/project/godwit/schema.schema.json": describedSchema(page("schema.md")),
    "templates/project/godwit/config.schema.json": describedConfig(page("configuration.md")),
  };
  return Object.entries(files).flatMap(([path, schema]) => {
    const text = `${JSON.stringify(schema, undefined, 2)}\n`;
    const file = join(root, path);
    if (existsSync(file) && readFileSync(file, "utf8") === text) return [];
    if (!check) writeFileSync(file, text);
    return [path];
  });
}

/** The section of docs/schema.md that describes the keys of a definition. */
const sections: Readonly<Record<string, string>> = {
  table: "Tables",
  field: "Fields",
  index: "Indexes",
  constraint: "Constraints",
  view: "Views",
  object: "Functions, triggers and other objects",
};

function describedSchema(page: string): JsonSchema {
  const shape = schemaFileShape();
  const definitions = Object.entries(shape["definitions"] as Readonly<Record<string, JsonSchema>>).map(
    ([name, schema]) => {
      const section = sections[name];
      return [name, section === undefined ? schema : described(schema, keysIn(page, section))];
    },
  );
  return { ...described(shape, keysIn(page, "The file")), definitions: Object.fromEntries(definitions) };
}

/** The JSON Schema of godwit.yaml. What only code can tell (two tracks of one name) it lets through. */
export const configFileShape = (): JsonSchema => ({
  ...shapeOf(configShape),
  title: "The configuration of godwit",
  type: ["object", "null"],
});

const time: JsonSchema = { type: ["string", "number"], pattern: "^\\d+(?:\\.\\d+)?(?:ms|s|m|h)?$", minimum: 0 };

function shapeOf(schema: GenericSchema): JsonSchema {
  return toJsonSchema(schema, {
    errorMode: "ignore",
    typeMode: "input",
    overrideSchema: ({ valibotSchema, jsonSchema }) => {
      const choices = alternatives.get(valibotSchema as GenericSchema);
      if (choices) return { anyOf: choices.map(innerShape) } as typeof jsonSchema;
      return (valibotSchema as unknown) === timeShape ? (time as typeof jsonSchema) : jsonSchema;
    },
  }) as JsonSchema;
}

function innerShape(schema: GenericSchema): JsonSchema {
  const { $schema: _, ...shape } = shapeOf(schema);
  return shape;
}

function describedConfig(page: string): JsonSchema {
  const keys = new Map(
    [...page.matchAll(/^\| `([\w.]+)`([^|]*)\|([^|]*)\|([^|]*)\|([^|]*)\|$/gm)].map(
      ([, key = "", said = "", variable = "", , usual = ""]) => {
        const parts = [
          said.replace(/^[:,]/, "").trim(),
          variable.trim() && `Variable: ${variable.trim()}`,
          usual.trim() && `Default: ${usual.trim()}`,
        ];
        return [key, sentence(parts.filter((part) => part !== "").join(". "))] as const;
      },
    ),
  );
  const shape = described(configFileShape(), keys);
  const properties = shape["properties"] as Readonly<Record<string, JsonSchema>>;
  const inside = new Map(
    [...keys].flatMap(([key, said]) => (key.startsWith("database.") ? [[key.slice(9), said]] : [])),
  );
  return { ...shape, properties: { ...properties, database: described(properties["database"] ?? {}, inside) } };
}

/** What the first table of a section says of each key. */
function keysIn(page: string, heading: string): ReadonlyMap<string, string> {
  const section = new RegExp(`^## ${heading}\\n([\\s\\S]*?)(?=^## )`, "m").exec(page)?.[1] ?? "";
  const rows = [...section.matchAll(/^\| (`[\w`, ]+`) \| (.*) \|$/gm)];
  if (rows.length === 0) throw new Error(`docs/schema.md has no table of keys under "${heading}"`);
  return new Map(
    rows.flatMap(([, keys = "", said = ""]) =>
      [...keys.matchAll(/`(\w+)`/g)].map(([, key = ""]) => [key, sentence(said)] as const),
    ),
  );
}

/** Markdown as plain text. */
const sentence = (markdown: string): string =>
  markdown
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replaceAll("`", "")
    .replaceAll("\\|", "|")
    .trim();

/** With what the documentation says of each property. */
function described(schema: JsonSchema, keys: ReadonlyMap<string, string>): JsonSchema {
  const properties = Object.entries(schema["properties"] as Readonly<Record<string, JsonSchema>>).map(
    ([key, property]) => {
      const description = keys.get(key);
      return [key, description === undefined || description === "" ? property : { description, ...property }];
    },
  );
  return { ...schema, properties: Object.fromEntries(properties) };
}

if (import.meta.main) {
  const check = process.argv.includes("--check");
  const stale = generateJsonSchemas(join(import.meta.dir, "../.."), check);
  for (const path of stale) console.log(check ? `stale: ${path} (run \`npm run gen\`)` : `wrote ${path}`);
  if (check && stale.length > 0) process.exitCode = 1;
}
