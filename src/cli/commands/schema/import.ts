import { unsupportedText } from "../../change-text.ts";
import { defineCommand } from "../../command.ts";

export default defineCommand({
  meta: { summary: "Print the schema of a database as YAML", aliases: ["db-to-schema", "db2schema"] },
  description: "Only reads. What the database has and a schema cannot say is listed on stderr.",
  examples: [
    { line: "godwit schema import --from-db postgres://localhost/shop", does: "Print it" },
    { line: "godwit schema import --from-db sqlite:shop.db --out schema/schema.yaml", does: "Write a new file" },
  ],
  args: {
    "from-db": { type: "string", valueHint: "URL", description: "The database (default: the project's)" },
    out: { type: "string", valueHint: "FILE", description: "Write this file, which must not exist" },
  },
  async run({ args, project, output }) {
    const { importSchema } = await import("../../../runtime/tasks/schema-import.ts");
    const target = await project();
    const url = args["from-db"];
    const { yaml, tables, unsupported, dialect } = await importSchema(
      url === undefined ? target : { ...target, database: { url } },
    );
    if (unsupported.length > 0)
      output.warn(`left out, because a schema cannot say it:\n${unsupportedText(unsupported)}`);
    const json = {
      dialect: dialect.name,
      tables,
      unsupported,
      created: args.out ?? null,
      ...(args.out === undefined && { yaml }),
    };
    if (args.out === undefined) return { json, text: yaml.trimEnd() };
    const { createFile } = await import("../../../runtime/files.ts");
    await createFile(args.out, yaml);
    const text = `created ${args.out}: ${tables.length} ${tables.length === 1 ? "table" : "tables"}`;
    return { json, text, receipt: true };
  },
});
