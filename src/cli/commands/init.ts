import type { KnownDialect } from "../../core/ddl/dialect.ts";
import { ToolError } from "../../core/errors.ts";
import type { Project } from "../../runtime/project.ts";
import type { SchemaPart } from "../../runtime/split-schema.ts";
import type { ImportResult } from "../../runtime/tasks/schema-import.ts";
import { placeText } from "../change-text.ts";
import { defineCommand, type GlobalFlags } from "../command.ts";
import { otherSources, tablePatterns } from "../import-arguments.ts";
import type { ImportSources } from "../import-source.ts";

export default defineCommand({
  meta: { summary: "Write the files of a new project" },
  description:
    "Writes godwit.yaml, schema/schema.yaml and the editor's types in migrations/. Files that exist are left alone.",
  examples: [
    { line: "godwit init", does: "Start a project on a SQLite file" },
    { line: "godwit init --database postgresql", does: "Start one whose URL comes from DATABASE_URL" },
    {
      line: "godwit init --url sqlite:shop.db",
      does: "Start one whose URL is written down, unless it holds a password",
    },
    { line: "godwit init --from-db postgres://localhost/shop", does: "Start from the schema of a database" },
    { line: "godwit init --from-db sqlite:shop.db --split --exclude 'tmp_*'", does: "A file per table, but of some" },
    { line: "godwit init --from-ts src/models --database postgresql", does: "Start from types of TypeScript" },
  ],
  args: {
    "from-db": { type: "string", valueHint: "URL", description: "Declare what this database has" },
    ...otherSources,
    ...tablePatterns,
    split: { type: "boolean", description: "A file per table" },
    deno: { type: "boolean", description: "Write deno.json, so that deno check takes the migrations" },
  },
  async run({ args, flags, output, project }) {
    const { init } = await import("../../runtime/tasks/init.ts");
    const target = await project();
    const imported = await importedFor(args, target);
    const named = imported ? undefined : await namedBy(flags);
    const dialect = imported?.dialect ?? named;
    const url = args["from-db"] ?? flags.url;
    const result = await init(target, {
      ...(dialect && { dialect }),
      ...(url !== undefined && { url }),
      ...(imported && { schema: await partsOf(imported, args) }),
      ...(named && { schema: await templateFor(named) }),
      ...(args.deno && { deno: true }),
    });
    for (const item of imported?.unsupported ?? [])
      output.warn(`${item.kind} "${item.object}" is not declared: ${item.reason}${placeText(item)}`);
    for (const warning of imported?.warnings ?? []) output.warn(warning);
    if (result.missing_imports)
      output.warn(`add to "imports" of your deno.json: ${JSON.stringify(result.missing_imports)}`);
    const lines = [
      ...result.created.map((f) => `created ${f}`),
      ...result.updated.map((f) => `updated ${f}`),
      ...result.kept.map((f) => `kept    ${f}`),
    ];
    const isThere = args["from-db"] !== undefined;
    const next = imported
      ? `next: godwit generate --name initial, then godwit migrate ${isThere ? "fake 0001_initial" : "up"}`
      : "next: edit the schema, then godwit generate";
    return {
      json: {
        ...result,
        ...(imported && { unsupported: imported.unsupported }),
        ...(imported?.warnings && { warnings: imported.warnings }),
      },
      text: [...lines, "", next].join("\n"),
      receipt: true,
    };
  },
});

/** The dialect that the flags ask for; the environment is not asked, which differs from machine to machine. */
async function namedBy({ url, database }: GlobalFlags): Promise<KnownDialect | undefined> {
  const { dialectNamed, parseUrl } = await import("../../runtime/url.ts");
  if (url !== undefined) return parseUrl(url, database).dialect;
  return database === undefined ? undefined : dialectNamed(database);
}

/** What that database can make. */
async function templateFor(dialect: KnownDialect): Promise<readonly SchemaPart[]> {
  const [{ loadDialect }, { schemaTemplateFor }] = await Promise.all([
    import("../../runtime/load-dialect.ts"),
    import("../../runtime/schema-template.ts"),
  ]);
  return [{ path: "schema.yaml", text: schemaTemplateFor(await loadDialect(dialect)) }];
}

interface Source extends ImportSources {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly namespace: readonly string[];
  readonly "enums-as-checks": boolean | undefined;
  readonly split: boolean | undefined;
}

/** What is declared already, if a source is named. */
async function importedFor(args: Source, project: Project): Promise<ImportResult | undefined> {
  const { include, exclude, namespace } = args;
  const { isSource, readSource } = await import("../import-source.ts");
  if (isSource(args)) {
    return readSource(args, { include, exclude, namespaces: namespace, checks: args["enums-as-checks"] }, project);
  }
  const given = { include: include.length > 0, exclude: exclude.length > 0, namespace: namespace.length > 0 };
  const flag = Object.entries({ ...given, split: args.split }).find(([, isGiven]) => isGiven)?.[0];
  if (flag !== undefined)
    throw new ToolError("usage", `--${flag} is about what is imported; name a source, such as --from-db URL`);
  if (args["enums-as-checks"]) throw new ToolError("usage", "--enums-as-checks belongs to --from-ts");
  return undefined;
}

async function partsOf({ document, yaml }: ImportResult, { split }: Source): Promise<readonly SchemaPart[]> {
  if (!split) return [{ path: "schema.yaml", text: yaml }];
  const { splitSchema } = await import("../../runtime/split-schema.ts");
  return splitSchema(document);
}
