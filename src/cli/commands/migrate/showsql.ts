import { defineCommand } from "../../command.ts";
import { compiledArguments } from "../../compiled-option.ts";
import { pagerArgument } from "../../pager-argument.ts";
import { progress } from "../../progress.ts";
import { sqlText } from "../../sql-text.ts";

export default defineCommand({
  meta: { summary: "Show the SQL of the pending migrations" },
  description: "Only reads. With --all no database is asked: the SQL is that for an empty one.",
  examples: [
    { line: "godwit migrate showsql", does: "What `migrate up` would execute" },
    { line: "godwit migrate showsql --all --database postgresql", does: "All of it, for PostgreSQL" },
  ],
  args: {
    to: { type: "string", valueHint: "NAME", description: "This migration and what it needs" },
    all: { type: "boolean", description: "All migrations, as for an empty database" },
    ...compiledArguments,
    ...pagerArgument,
  },
  async run({ args, project, output, flags }) {
    const { showSql } = await import("../../../runtime/tasks/showsql.ts");
    const { batchWordOf } = await import("../../../runtime/batch-word.ts");
    const loaded = await project();
    const result = await showSql(loaded, { to: args.to, all: args.all, onEvent: progress(output) });
    return {
      json: result,
      paged: args.pager,
      text:
        result.migrations.length > 0
          ? sqlText(result.migrations, flags.verbose, await batchWordOf(loaded))
          : "nothing is pending",
    };
  },
});
