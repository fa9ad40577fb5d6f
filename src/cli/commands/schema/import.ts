import { ToolError } from "../../../core/errors.ts";
import type { Project } from "../../../runtime/project.ts";
import type { ImportResult } from "../../../runtime/tasks/schema-import.ts";
import { unsupportedText } from "../../change-text.ts";
import { defineCommand, type Outcome } from "../../command.ts";
import { otherSources, tablePatterns } from "../../import-arguments.ts";

export default defineCommand({
  meta: {
    summary: "Print the schema of a database, an SQL file, an ORM or TypeScript types as YAML",
    aliases: ["db-to-schema", "db2schema"],
  },
  description:
    "Only reads. What the source has and a schema cannot say is listed on stderr. An SQL file is run on an empty database that is removed again.",
  examples: [
    { line: "godwit schema import --from-db postgres://localhost/shop", does: "Print it" },
    { line: "godwit schema import --from-db sqlite:shop.db --out schema/schema.yaml", does: "Write a new file" },
    { line: "godwit schema import --from-db sqlite:shop.db --out schema --split", does: "Write a file per table" },
    { line: "godwit schema import --from-sql shop.sql --database sqlite", does: "Declare what an SQL file makes" },
    { line: "godwit schema import --from-prisma prisma/schema.prisma", does: "Declare what Prisma would make" },
    { line: "godwit schema import --from-ts src/models", does: "Declare the tables that types describe" },
    { line: "godwit schema import --from-drizzle src/db/schema.ts", does: "Declare what drizzle-kit would make" },
    { line: "godwit schema import --include 'shop_*' --exclude '*_old'", does: "Only some tables" },
    { line: "godwit schema import --namespace audit", does: "What is in this namespace, too" },
  ],
  args: {
    "from-db": { type: "string", valueHint: "URL", description: "The database (default: the project's)" },
    ...otherSources,
    ...tablePatterns,
    out: { type: "string", valueHint: "PATH", description: "Write this file, which must not exist" },
    split: { type: "boolean", description: "A file per table; --out names the directory" },
  },
  async run({ args, project, output }) {
    if (args.split && args.out === undefined)
      throw new ToolError("usage", "--split writes several files; name their directory with --out");
    const target = await project();
    const { readSource } = await import("../../import-source.ts");
    const { include, exclude, namespace: namespaces, "enums-as-checks": checks } = args;
    const result = await readSource(args, { include, exclude, namespaces, checks }, target);
    if (result.unsupported.length > 0)
      output.warn(`left out, because a schema cannot say it:\n${unsupportedText(result.unsupported)}`);
    for (const warning of result.warnings ?? []) output.warn(warning);
    return written(result, args, target);
  },
});

interface Target {
  readonly out: string | undefined;
  readonly split: boolean | undefined;
}

/** The schema as text, or in files. */
async function written(result: ImportResult, to: Target, project: Project): Promise<Outcome> {
  const { dialect, yaml, tables, unsupported } = result;
  const noted = result.warnings && { warnings: result.warnings };
  const json = { dialect: dialect.name, tables, unsupported, ...noted, created: to.out ?? null };
  if (to.out === undefined) return { json: { ...json, yaml }, text: yaml.trimEnd() };
  const count = `${tables.length} ${tables.length === 1 ? "table" : "tables"}`;
  const [{ schemaComment }, { resolve }] = await Promise.all([
    import("../../../runtime/editor-comment.ts"),
    import("node:path"),
  ]);
  const comment = (path: string) => schemaComment(project, resolve(path));
  if (to.split) {
    const { createParts, splitSchema } = await import("../../../runtime/split-schema.ts");
    const files = await createParts(to.out, splitSchema(result.document), comment);
    return { json: { ...json, files }, text: `created ${files.length} files in ${to.out}: ${count}`, receipt: true };
  }
  const { createFile } = await import("../../../runtime/files.ts");
  await createFile(to.out, comment(to.out) + yaml);
  return { json: { ...json, files: [to.out] }, text: `created ${to.out}: ${count}`, receipt: true };
}
