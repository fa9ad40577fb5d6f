import { adoptD1, type D1Binding } from "../../dialects/d1/adopt.ts";
import dialect from "../../dialects/d1/dialect.ts";
import { type D1HttpOptions, openD1 } from "../../dialects/d1/remote.ts";
import type { EdgeDriver } from "./options.ts";

export type { D1Binding } from "../../dialects/d1/adopt.ts";
export type { D1HttpOptions } from "../../dialects/d1/remote.ts";

/** The D1 database that a Worker is bound to, such as `env.DB`. */
export const d1 = (binding: D1Binding): EdgeDriver => ({ dialect, name: "D1", open: async () => adoptD1(binding) });

/** A D1 database over Cloudflare's HTTP API, from anywhere. */
export const d1Http = (options: D1HttpOptions): EdgeDriver => ({
  dialect,
  name: `D1 database "${options.databaseId}"`,
  open: () => openD1(options),
});
