import { defineCommand } from "../../command.ts";

export default defineCommand({
  meta: { summary: "Bundle an installed package for migrations to import" },
  description:
    "Makes one module of a package in node_modules, with all that it imports, and writes it with its types and its hash to symbols/ beside the migrations. Refuses what cannot run in the sandbox: modules of Node, native code, network, clock and randomness.",
  examples: [
    { line: "godwit symbols add slugify", does: 'For import slugify from "slugify"' },
    { line: "godwit symbols add lodash/snakeCase@4.17.21", does: "A part of a package, which has to be that version" },
  ],
  args: {
    package: {
      type: "positional",
      required: true,
      valueHint: "PACKAGE[@VERSION]",
      description: "Its name as in an import",
    },
  },
  async run({ args, output, project }) {
    const { addSymbol } = await import("../../../runtime/tasks/symbols-add.ts");
    const json = await addSymbol(await project(), args.package);
    for (const warning of json.warnings) output.warn(warning);
    const more = json.exports.length > 8 ? ` and ${json.exports.length - 8} more` : "";
    const lines = [
      `${json.name} is ${json.package}, ${(json.size / 1024).toFixed(1)} KiB: ${json.exports.slice(0, 8).join(", ")}${more}`,
      ...json.files.map((file) => `wrote ${file}`),
    ];
    if (json.types === "sketched")
      output.detail("its types are more than one file: an editor knows the names of its exports only");
    return { json, text: lines.join("\n"), receipt: true };
  },
});
