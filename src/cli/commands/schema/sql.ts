import { defineCommand } from "../../command.ts";
import { statementText } from "../../sql-text.ts";

export default defineCommand({
  meta: { summary: "Print the schema as SQL", aliases: ["schema-to-sql", "dump-sql"] },
  description: "The SQL that makes the declared schema in an empty database. No database is asked.",
  examples: [{ line: "godwit schema sql --database postgresql", does: "In the SQL of PostgreSQL" }],
  args: {},
  async run({ project }) {
    const { schemaSql } = await import("../../../runtime/tasks/schema-sql.ts");
    const { batchWordOf } = await import("../../../runtime/batch-word.ts");
    const loaded = await project();
    const result = await schemaSql(loaded);
    const word = await batchWordOf(loaded);
    return { json: result, text: result.statements.map((each) => statementText(each, word)).join("\n") };
  },
});
