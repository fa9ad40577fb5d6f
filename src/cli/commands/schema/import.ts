import { ToolError } from "../../../core/errors.ts";
import type { ImportResult } from "../../../runtime/tasks/schema-import.ts";
import { unsupportedText } from "../../change-text.ts";
import { defineCommand, type Outcome } from "../../command.ts";

export default defineCommand({
  meta: { summary: "Print the schema of a database as YAML", aliases: ["db-to-schema", "db2schema"] },
  description: "Only reads. What the database has and a schema cannot say is listed on stderr.",
  examples: [
    { line: "godwit schema import --from-db postgres://localhost/shop", does: "Print it" },
    { line: "godwit schema import --from-db sqlite:shop.db --out schema/schema.yaml", does: "Write a new file" },
    { line: "godwit schema import --from-db sqlite:shop.db --out schema --split", does: "Write a file per table" },
    { line: "godwit schema import --include 'shop_*' --exclude '*_old'", does: "Only some tables" },
  ],
  args: {
    "from-db": { type: "string", valueHint: "URL", description: "The database (default: the project's)" },
    include: {
      type: "string",
      multiple: true,
      valueHint: "PATTERN",
      description: "Only tables that match, such as 'shop_*'; may be repeated",
    },
    exclude: {
      type: "string",
      multiple: true,
      valueHint: "PATTERN",
      description: "No tables that match; may be repeated",
    },
    out: { type: "string", valueHint: "PATH", description: "Write this file, which must not exist" },
    split: { type: "boolean", description: "A file per table; --out names the directory" },
  },
  async run({ args, project, output }) {
    if (args.split && args.out === undefined)
      throw new ToolError("usage", "--split writes several files; name their directory with --out");
    const { importSchema } = await import("../../../runtime/tasks/schema-import.ts");
    const target = await project();
    const url = args["from-db"];
    const { include, exclude } = args;
    const from = url === undefined ? target : { ...target, database: { url } };
    const result = await importSchema(from, { include, exclude });
    if (result.unsupported.length > 0)
      output.warn(`left out, because a schema cannot say it:\n${unsupportedText(result.unsupported)}`);
    return written(result, args);
  },
});

interface Target {
  readonly out: string | undefined;
  readonly split: boolean | undefined;
}

/** The schema as text, or in files. */
async function written({ dialect, schema, yaml, tables, unsupported }: ImportResult, to: Target): Promise<Outcome> {
  const json = { dialect: dialect.name, tables, unsupported, created: to.out ?? null };
  if (to.out === undefined) return { json: { ...json, yaml }, text: yaml.trimEnd() };
  const count = `${tables.length} ${tables.length === 1 ? "table" : "tables"}`;
  if (to.split) {
    const { createParts, splitSchema } = await import("../../../runtime/split-schema.ts");
    const files = await createParts(to.out, splitSchema(schema));
    return { json: { ...json, files }, text: `created ${files.length} files in ${to.out}: ${count}`, receipt: true };
  }
  const { createFile } = await import("../../../runtime/files.ts");
  await createFile(to.out, yaml);
  return { json: { ...json, files: [to.out] }, text: `created ${to.out}: ${count}`, receipt: true };
}
