import { count, defineCheck, failed, ok, warning } from "../define.ts";

export default defineCheck({
  name: "schema",
  rank: 20,
  judge: ({ schema }) => {
    if (schema === undefined) return "unknown";
    if (schema === "none") return ok("no schema file; migrations are written by hand");
    if ("error" in schema) return failed(schema.error);
    const { tables, fields, files, warnings } = schema.value;
    if (warnings.length > 0)
      return warning(warnings.join("\n"), "change the schema, or leave it if that is what it should say");
    return ok(`${count(tables, "table")}, ${count(fields, "field")} in ${count(files.length, "file")}`);
  },
});
