import { defineCommand } from "../../command.ts";
import { databasesArguments } from "../../databases-option.ts";

export default defineCommand({
  meta: { summary: "Check the schema files" },
  examples: [
    { line: "godwit schema validate", does: "Everything that is wrong, with file, line and column" },
    { line: "godwit schema validate --database postgresql", does: "Also against the limits of PostgreSQL" },
    { line: "godwit schema validate --databases mysql,clickhouse", does: "What does one of the two lack?" },
  ],
  args: databasesArguments,
  async run({ project, output }) {
    const { validate } = await import("../../../runtime/tasks/schema-validate.ts");
    const result = await validate(await project());
    for (const warning of result.warnings) output.warn(warning);
    return {
      json: result,
      text: `the schema is valid: ${counted(result.tables, "table")}, ${counted(result.fields, "field")} in ${result.files.join(", ")}`,
    };
  },
});

const counted = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? "" : "s"}`;
