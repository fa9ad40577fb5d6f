import { ToolError } from "../../../core/errors.ts";
import type { AdoptResult } from "../../../runtime/tasks/adopt.ts";
import { canAsk, confirmed } from "../../ask.ts";
import { defineCommand } from "../../command.ts";
import { runArguments, runOptions } from "../../run-options.ts";

export default defineCommand({
  meta: { summary: "Take over a database from another migration tool" },
  description:
    "Reads what golang-migrate, dbmate, goose, Flyway, Diesel, Rails, Prisma, Drizzle, Knex, Kysely, node-pg-migrate, Django, Alembic or makemigrations has applied, and records the migrations that were converted from these as applied. Nothing of them is run, and the tool's own tables stay.",
  examples: [
    { line: "godwit migrate adopt --dry-run", does: "Show what would be recorded" },
    { line: "godwit migrate adopt --from dbmate", does: "Say whose database it was" },
    { line: "godwit migrate adopt --drop-old", does: "Drop the tool's tables afterwards; asks first" },
  ],
  args: {
    from: { type: "string", valueHint: "TOOL", description: "The tool (default: the one whose tables are there)" },
    "dry-run": { type: "boolean", description: "Record nothing" },
    "allow-unknown": { type: "boolean", description: "Go on although it has applied what was not converted" },
    "drop-old": { type: "boolean", description: "Drop the tool's tables afterwards" },
    yes: { type: "boolean", description: "With --drop-old: without asking" },
    ...runArguments,
  },
  async run(context) {
    const { args, flags } = context;
    const { adopt } = await import("../../../runtime/tasks/adopt.ts");
    const result = await adopt(await context.project(), {
      ...runOptions(context),
      from: args.from,
      dryRun: args["dry-run"],
      allowUnknown: args["allow-unknown"],
      dropOld: args["drop-old"] ? (tables) => mayDrop(tables, Boolean(args.yes), canAsk(flags)) : undefined,
    });
    return { json: result, text: textOf(result, Boolean(args["dry-run"])) };
  },
});

async function mayDrop(tables: readonly string[], yes: boolean, ask: boolean): Promise<boolean> {
  if (yes) return true;
  const names = tables.map((table) => `"${table}"`).join(", ");
  if (ask)
    return confirmed(`Drop ${names}, and with ${tables.length === 1 ? "it" : "them"} what the other tool knows?`);
  throw new ToolError(
    "cancelled",
    `${names} would be dropped; add --yes, or leave out --drop-old; what is applied is recorded`,
    {
      tables,
    },
  );
}

function textOf({ tool, adopted, known, pending, dropped }: AdoptResult, dryRun: boolean): string {
  const recorded = dryRun ? "would record" : "recorded";
  return [
    ...adopted.map((name) => `${recorded} ${name}`),
    ...pending.map((name) => `pending ${name}: ${tool} has not applied it`),
    ...dropped.map((name) => `dropped ${name}`),
    adopted.length > 0
      ? `${recorded} ${adopted.length} ${adopted.length === 1 ? "migration" : "migrations"} of ${tool} as applied`
      : known.length > 0
        ? `nothing to record: ${known.length} ${known.length === 1 ? "migration is" : "migrations are"} recorded already`
        : "nothing to record",
  ].join("\n");
}
