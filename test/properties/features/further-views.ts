import type { Index, View } from "../../../src/core/schema/model.ts";
import { pick } from "../outline.ts";
import type { Feature } from "./feature.ts";

/** A view of a view. */
export const furtherViews: Feature = {
  name: "further views",
  dialects: ["postgresql", "sqlite"],
  most: 2,
  add(schema, extra, { claim, placed, quoted, traits }) {
    const views = schema.views ?? [];
    const of = views.length > 0 ? pick(views, extra.of) : undefined;
    const name = placed(["beyond", "Beyond too"], extra.name);
    if (!of || !claim(name)) return schema;
    const kept = traits.rich && extra.how % 3 === 1;
    const column = "n";
    const query = `SELECT count(*) AS ${column} FROM ${quoted(of.name)}${extra.more % 2 === 1 ? " WHERE 1 = 1" : ""}`;
    const index: Index = { name: `of ${name}`, fields: [column], ...(extra.more % 4 === 3 && { unique: true }) };
    const view: View = {
      name,
      query,
      ...(kept && { materialized: true }),
      ...(kept && extra.more > 2 && claim(index.name) && { indexes: [index] }),
      ...(!kept && traits.rich && extra.more % 5 === 4 && { options: { security_barrier: "true" } }),
      ...(traits.rich && extra.more % 3 === 2 && { comment: "it's further" }),
      ...(traits.rich && extra.more % 7 === 5 && { columnComments: { [column]: "how many" } }),
    };
    return { ...schema, views: [...views, view] };
  },
};
