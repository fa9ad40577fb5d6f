import { defineCommand } from "../command.ts";

export default defineCommand({
  meta: { summary: "Write the files of a new project" },
  description:
    "Writes godwit.yaml, schema/schema.yaml and the editor's types in migrations/. Files that exist are left alone.",
  examples: [
    { line: "godwit init", does: "Start a project on a SQLite file" },
    { line: "godwit init --database postgresql", does: "Start one whose URL comes from DATABASE_URL" },
    { line: "godwit init --from-db postgres://localhost/shop", does: "Start from the schema of a database" },
  ],
  args: {
    "from-db": { type: "string", valueHint: "URL", description: "Declare what this database has" },
    deno: { type: "boolean", description: "Write deno.json, so that deno check takes the migrations" },
  },
  async run({ args, flags, output, project }) {
    const [{ init }, { dialectNamed }] = await Promise.all([
      import("../../runtime/tasks/init.ts"),
      import("../../runtime/url.ts"),
    ]);
    const target = await project();
    const url = args["from-db"];
    const imported =
      url === undefined
        ? undefined
        : await (await import("../../runtime/tasks/schema-import.ts")).importSchema({ ...target, database: { url } });
    const dialect = imported?.dialect ?? (flags.database === undefined ? undefined : dialectNamed(flags.database));
    const result = await init(target, {
      ...(dialect && { dialect }),
      ...(imported && url !== undefined && { url, schema: imported.yaml }),
      ...(args.deno && { deno: true }),
    });
    for (const item of imported?.unsupported ?? [])
      output.warn(`${item.kind} "${item.object}" is not declared: ${item.reason}`);
    if (result.missing_imports)
      output.warn(`add to "imports" of your deno.json: ${JSON.stringify(result.missing_imports)}`);
    const lines = [
      ...result.created.map((f) => `created ${f}`),
      ...result.updated.map((f) => `updated ${f}`),
      ...result.kept.map((f) => `kept    ${f}`),
    ];
    const next = imported
      ? "next: godwit generate --name initial, then godwit migrate fake 0001_initial"
      : "next: edit the schema, then godwit generate";
    return {
      json: { ...result, ...(imported && { unsupported: imported.unsupported }) },
      text: [...lines, "", next].join("\n"),
      receipt: true,
    };
  },
});
