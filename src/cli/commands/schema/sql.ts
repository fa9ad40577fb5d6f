import { defineCommand } from "../../command.ts";
import { statementText } from "../../sql-text.ts";

export default defineCommand({
  meta: { summary: "Print the schema as SQL", aliases: ["schema-to-sql", "dump-sql"] },
  description: "The SQL that makes the declared schema in an empty database. No database is asked.",
  examples: [{ line: "godwit schema sql --database postgresql", does: "In the SQL of PostgreSQL" }],
  args: {},
  async run({ project }) {
    const { schemaSql } = await import("../../../runtime/tasks/schema-sql.ts");
    const result = await schemaSql(await project());
    return { json: result, text: result.statements.map(statementText).join("\n") };
  },
});
