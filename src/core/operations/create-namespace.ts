import * as v from "valibot";
import { ToolError } from "../errors.ts";
import { emptySchema } from "../schema/model.ts";
import { namesInSchema, namespacesOf, qualifiedName, withNamespaces } from "../schema/namespaces.ts";
import { defineOperation } from "./define.ts";
import { namespaceFrom, namespaceName, namespaceWordEntries } from "./namespace-params.ts";
import { flagsOf, ignoreErrors, schemaOnly } from "./params.ts";

export default defineOperation({
  kind: "createNamespace",
  summary: "Makes a place for further names, which PostgreSQL calls a schema: what is in audit is called audit.events.",
  params: v.strictObject({ name: namespaceName, ...namespaceWordEntries, schemaOnly, ignoreErrors }),
  risk: "safe",
  title: (p) => `create namespace "${p.name}"`,
  table: () => undefined,
  apply: (schema, p) => {
    const { name } = p;
    if (namespacesOf(schema).some((found) => found.name === name))
      throw new ToolError("state", `namespace "${name}" exists already at this point`, { namespace: name });
    const taken = namesInSchema(schema).find((other) => qualifiedName(other, [name]));
    if (taken !== undefined)
      throw new ToolError(
        "state",
        `"${taken}" has a dot in its name, and would be in namespace "${name}" if there were one; rename it first`,
        { namespace: name, name: taken },
      );
    return withNamespaces(schema, [...namespacesOf(schema), namespaceFrom(p)]);
  },
  lower: ({ name, comment }) => [{ kind: "createNamespace", name, ...(comment !== undefined && { comment }) }],
  invert: (p) => [{ kind: "dropNamespace", name: p.name, ...flagsOf(p) }],
  examples: [
    { title: "a plain name", before: emptySchema, params: { name: "audit", comment: "Who did what; it's kept" } },
    { title: "an odd name", before: emptySchema, params: { name: 'a"b; drop table x' } },
  ],
});
