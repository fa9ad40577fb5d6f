import * as v from "valibot";
import { databasesOf } from "../schema/for-databases.ts";
import type { Namespace } from "../schema/model.ts";
import { databasesEntries, described, name, text } from "./basic-params.ts";
import { databasesParams } from "./field.ts";

/** A name in front of which nothing stands. */
export const namespaceName = described(
  v.pipe(
    name,
    v.check((given) => !given.includes("."), "the name of a namespace must not contain a dot"),
  ),
  "Name of the namespace, without a dot.",
);

/** What else is said of a namespace. */
export const namespaceWordEntries = {
  comment: v.exactOptional(described(text, "What the database keeps as its description.")),
  ...databasesEntries,
};

/** The namespace that parameters say; what else these say is no part of it. */
export const namespaceFrom = ({ name, comment, ...words }: Namespace): Namespace => ({
  name,
  ...(comment !== undefined && { comment }),
  ...databasesOf(words),
});

/** The parameters that say it. */
export const namespaceParamsOf = ({ name, comment, ...words }: Namespace) => ({
  name,
  ...(comment !== undefined && { comment }),
  ...databasesParams(words),
});
