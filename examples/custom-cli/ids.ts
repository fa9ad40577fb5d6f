import { hostModule, shape } from "godwit/cli";
import reserved from "./ids.json" with { type: "json" };

const known: Readonly<Record<string, number>> = reserved;

/**
 * Ids that Acme reserves in a file, so that all its databases use the same. This runs outside of the sandbox and could ask anybody; it gives
 * the same answer whenever it is asked, as what migrations are made of has to.
 */
export const ids = hostModule(
  {
    idOf: {
      description: "The id that is reserved for a thing of a kind.",
      params: [shape.oneOf(["plan", "region"], { name: "kind" }), shape.string({ name: "name" })],
      result: shape.bigint(),
      run: async (kind, name) => {
        const id = known[`${kind}/${name}`];
        if (id === undefined) throw new Error(`no id is reserved for the ${kind} "${name}"`);
        return BigInt(id);
      },
    },
    names: {
      description: "The names of all things of a kind, sorted.",
      params: [shape.oneOf(["plan", "region"], { name: "kind" })],
      result: shape.array(shape.string()),
      run: (kind) =>
        Object.keys(known)
          .filter((key) => key.startsWith(`${kind}/`))
          .map((key) => key.slice(kind.length + 1))
          .toSorted(),
    },
  },
  { version: "1", pure: true },
);
