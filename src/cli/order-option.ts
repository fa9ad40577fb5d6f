import { type OrderPolicy, orderPolicies } from "../core/plan/late.ts";
import type { Arguments } from "./command.ts";

/** For commands that apply what is pending. */
export const orderArguments = {
  order: {
    type: "enum",
    options: [...orderPolicies],
    valueHint: "POLICY",
    description: "any or strict: what to do with a migration numbered below one that is applied",
  },
  "allow-conflicts": {
    type: "boolean",
    description: "Apply branches that conflict by their names, which nobody has said is the order",
  },
} as const satisfies Arguments;

/** For commands that roll back. */
export const clashArguments = {
  "allow-conflicts": {
    type: "boolean",
    description: "Roll back although a later migration of another branch is about the same",
  },
} as const satisfies Arguments;

/** The policy that the flag names, if it is given. */
export const orderFrom = (value: string | undefined): OrderPolicy | undefined =>
  orderPolicies.find((policy) => policy === value);
