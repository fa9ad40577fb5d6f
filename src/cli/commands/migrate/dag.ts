import { resolve } from "node:path";
import { type DagFormat, dagFormats } from "../../../core/diagram/formats.ts";
import { defineCommand } from "../../command.ts";
import { compiledArguments } from "../../compiled-option.ts";
import { drawnForm } from "../../drawn-form.ts";
import { pagerArgument } from "../../pager-argument.ts";

export default defineCommand({
  meta: { summary: "Show the graph of migrations" },
  description: "Asks no database, unless --status is given.",
  examples: [
    { line: "godwit migrate dag", does: "A tree, each migration once" },
    { line: "godwit migrate dag --json", does: "With operations and the schema they add up to" },
    {
      line: "godwit migrate dag --status --out dag.svg",
      does: "A picture: what is applied, what is pending, the heads",
    },
  ],
  args: {
    format: {
      type: "enum",
      options: [...dagFormats],
      valueHint: "FORMAT",
      description: "ascii, json, mermaid or svg (default: as the name of the file says, else ascii)",
    },
    status: { type: "boolean", description: "Ask the database which are applied" },
    out: { type: "string", valueHint: "FILE", description: "Write there; a file is replaced" },
    ...compiledArguments,
    ...pagerArgument,
  },
  async run({ args, project, output, flags }) {
    const { dag } = await import("../../../runtime/tasks/dag.ts");
    const format = drawnForm(
      { format: dagFormats.find((each) => each === args.format), out: args.out },
      endings,
      "ascii",
    );
    const result = await dag(await project(), { format, status: args.status });
    for (const text of result.conflicts) output.warn(text);
    // Either takes a while, and nobody would see the other.
    if (flags.json && args.out === undefined) return { json: await result.json(), text: "" };
    const text =
      format === "json" ? JSON.stringify(await result.json(), undefined, 2) : (await result.text()).trimEnd();
    if (args.out === undefined) return { json: {}, paged: args.pager, text };
    const { replaceFile } = await import("../../../runtime/files.ts");
    await replaceFile(resolve(args.out), `${text}\n`);
    return { json: { out: args.out, format }, text: `wrote ${args.out}`, receipt: true };
  },
});

const endings: Readonly<Record<string, DagFormat>> = {
  ".txt": "ascii",
  ".json": "json",
  ".mmd": "mermaid",
  ".svg": "svg",
};
