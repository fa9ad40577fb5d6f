import { resolve } from "node:path";
import { type DiagramFormat, diagramFormats, diagramSources } from "../../../core/diagram/formats.ts";
import { ToolError } from "../../../core/errors.ts";
import { defineCommand } from "../../command.ts";
import { drawnForm } from "../../drawn-form.ts";

export default defineCommand({
  meta: { summary: "Draw the schema", aliases: ["schema-to-diagram", "schema2diagram"] },
  description:
    "As Mermaid, DOT or SVG; or described, with the pictures, as Markdown or as one HTML page. Tables of one file (of one namespace) have one colour. The same schema always gives the same bytes.",
  examples: [
    { line: "godwit schema diagram", does: "Mermaid, which GitHub and GitLab draw in Markdown" },
    { line: "godwit schema diagram --out schema.html", does: "One page with everything, to be opened in a browser" },
    { line: "godwit schema diagram --out orders.svg --focus orders --depth 2", does: "A table and what is near it" },
  ],
  args: {
    format: {
      type: "enum",
      options: [...diagramFormats],
      valueHint: "FORMAT",
      description: "mermaid, dot, svg, markdown or html (default: as the name of the file says, else mermaid)",
    },
    of: {
      type: "enum",
      options: [...diagramSources],
      default: "schema",
      valueHint: "SOURCE",
      description: "schema, as declared; migrations, as they add up; or database, as it is",
    },
    out: { type: "string", valueHint: "FILE", description: "Write there; a file is replaced" },
    focus: { type: "string", multiple: true, valueHint: "TABLE", description: "Only this table and those near it" },
    depth: { type: "string", valueHint: "NUMBER", default: "1", description: "How many references away still is near" },
    title: { type: "string", valueHint: "TEXT", description: "What stands above it (default: Schema)" },
    "keys-only": { type: "boolean", description: "Leave out fields that are in no key" },
  },
  async run({ args, project }) {
    const { diagram } = await import("../../../runtime/tasks/diagram.ts");
    const { text, ...result } = await diagram(await project(), {
      format: drawnForm(
        { format: diagramFormats.find((each) => each === args.format), out: args.out },
        endings,
        "mermaid",
      ),
      of: diagramSources.find((each) => each === args.of) ?? "schema",
      focus: args.focus,
      depth: depthOf(args.depth),
      title: args.title,
      keysOnly: args["keys-only"],
    });
    if (args.out === undefined) return { json: { ...result, text }, text: text.trimEnd() };
    const { replaceFile } = await import("../../../runtime/files.ts");
    await replaceFile(resolve(args.out), text);
    const count = result.tables.length === 1 ? "1 table" : `${result.tables.length} tables`;
    return { json: { ...result, out: args.out }, text: `wrote ${args.out}: ${count}`, receipt: true };
  },
});

const endings: Readonly<Record<string, DiagramFormat>> = {
  ".mmd": "mermaid",
  ".mermaid": "mermaid",
  ".dot": "dot",
  ".gv": "dot",
  ".svg": "svg",
  ".md": "markdown",
  ".html": "html",
};

function depthOf(text: string): number {
  if (/^\d{1,3}$/.test(text)) return Number(text);
  throw new ToolError("usage", `--depth is "${text}"; give a number of references, such as 2`);
}
