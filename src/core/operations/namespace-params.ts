import * as v from "valibot";
import { described, name, text } from "./basic-params.ts";

/** A name in front of which nothing stands. */
export const namespaceName = described(
  v.pipe(
    name,
    v.check((given) => !given.includes("."), "the name of a namespace must not contain a dot"),
  ),
  "Name of the namespace, without a dot.",
);

export const namespaceComment = v.exactOptional(described(text, "What the database keeps as its description."));
