import { defineCommand } from "../../command.ts";
import { compiledArguments } from "../../compiled-option.ts";

export default defineCommand({
  meta: { summary: "Print what the migrations add up to, as YAML", aliases: ["current-state"] },
  examples: [{ line: "godwit schema state", does: "The schema after the last migration" }],
  args: compiledArguments,
  async run({ project }) {
    const [{ state }, { writeSchema }] = await Promise.all([
      import("../../../runtime/tasks/state.ts"),
      import("../../../core/schema/write.ts"),
    ]);
    const { schema, yaml } = await state(await project());
    return { json: { schema: writeSchema(schema) }, text: yaml.trimEnd() };
  },
});
