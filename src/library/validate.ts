import { ToolError } from "../core/errors.ts";
import { nearest } from "../core/nearest.ts";
import { orderPolicies } from "../core/plan/late.ts";
import { lockModes } from "../runtime/lock-mode.ts";

/**
 * Throws ToolError `usage` for an option that does not exist and for a value that is not one of those that there are: a program in
 * JavaScript has no compiler that would say so, and a policy that is misspelt must not be taken for another.
 */
export function refuseUnknown(options: object, allowed: readonly OptionName[]): void {
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined) continue;
    if (!allowed.some((known) => known === name)) {
      const near = nearest(name, allowed);
      const hint = near ? `did you mean "${near}"?` : `there are ${allowed.join(", ")}`;
      throw new ToolError("usage", `there is no option "${name}"; ${hint}`, { option: name });
    }
    const choices = choicesOf[name];
    if (choices && !choices.some((choice) => choice === value))
      throw new ToolError("usage", `"${name}" is ${JSON.stringify(value)}; use one of ${choices.join(", ")}`, {
        option: name,
      });
    const type = types[name];
    if (type && (typeof value !== type || value === ""))
      throw new ToolError(
        "usage",
        `"${name}" is ${JSON.stringify(value)}; ${type === "object" ? "an" : "a"} ${type} is needed here`,
        { option: name },
      );
  }
}

const choicesOf: Readonly<Record<string, readonly string[]>> = {
  ifAhead: ["allow", "refuse"],
  ifUnversioned: ["refuse", "apply", "baseline"],
  ifFailed: ["continue", "refuse"],
  ifConflict: ["refuse", "apply"],
  order: orderPolicies,
  lock: lockModes,
};

const types: Readonly<Record<string, "string" | "function" | "object">> = {
  symbols: "object",
  historyTable: "string",
  dialect: "string",
  baseline: "string",
  onEvent: "function",
};

const anyDatabase = ["url", "database", "driver", "dialect"] as const;
const migrations = ["migrations", "tracks", "historyTable"] as const;
/** Where migrations may be evaluated. */
const evaluated = [...migrations, "symbols"] as const;
const run = [
  "ifAhead",
  "ifUnversioned",
  "baseline",
  "ifFailed",
  "ifConflict",
  "order",
  "lock",
  "lockTimeout",
  "connectTimeout",
  "ddlLockTimeout",
  "statementTimeout",
  "onEvent",
  "signal",
] as const;

export const optionNames = {
  migrate: [...anyDatabase, ...evaluated, ...run],
  open: [...evaluated, ...run],
  check: [...anyDatabase, ...evaluated, "onEvent"],
  edgeMigrate: ["driver", ...migrations, ...run],
  edgeRead: ["driver", ...migrations, "onEvent"],
} as const;

type OptionName = (typeof optionNames)["migrate"][number];
