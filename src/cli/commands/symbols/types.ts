import { defineCommand } from "../../command.ts";

export default defineCommand({
  meta: { summary: "Bring the editor's types of migrations up to date" },
  description:
    "Writes what an editor needs beside the migrations: types of what is built in, and tsconfig.json with the modules that are registered.",
  examples: [
    { line: "godwit symbols types", does: "After a change of symbols in godwit.yaml, or with a newer godwit" },
  ],
  args: {},
  async run({ project }) {
    const { refreshTypes } = await import("../../../runtime/tasks/symbols-types.ts");
    const json = await refreshTypes(await project());
    const lines = [...json.created.map((file) => `created ${file}`), ...json.updated.map((file) => `updated ${file}`)];
    return { json, text: lines.length > 0 ? lines.join("\n") : "up to date", receipt: true };
  },
});
