import { ToolError } from "../../core/errors.ts";
import type { Driver } from "../../runtime/driver.ts";
import { driverOver } from "./access.ts";

/** What godwit uses of a D1 binding (https://developers.cloudflare.com/d1/worker-api/d1-database/). */
export interface D1Binding {
  prepare(sql: string): D1Prepared;
  batch(statements: never[]): Promise<readonly unknown[]>;
}

export interface D1Prepared {
  bind(...values: never[]): D1Prepared;
}

/** The driver for the binding of a Worker. Throws ToolError `usage` for what is none. */
export function adoptD1(binding: D1Binding): Driver {
  if (typeof binding?.prepare !== "function" || typeof binding.batch !== "function")
    throw new ToolError(
      "usage",
      "d1() takes the binding of a D1 database, such as env.DB; look whether the Worker's configuration has it under [[d1_databases]]",
    );
  return driverOver({
    name: "D1",
    batch: async (statements) => {
      const prepared = statements.map(({ sql, parameters }) => {
        const statement = binding.prepare(sql);
        return parameters.length === 0 ? statement : statement.bind(...(parameters as readonly never[]));
      });
      const answers = (await binding.batch(prepared as never[])) as readonly Answer[];
      return answers.map(({ results, meta }) => ({ rows: results ?? [], changes: meta?.changes ?? 0 }));
    },
  });
}

interface Answer {
  readonly results?: readonly Readonly<Record<string, unknown>>[];
  readonly meta?: { readonly changes?: number };
}
