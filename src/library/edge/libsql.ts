import turso from "../../dialects/libsql/dialect.ts";
import { type LibsqlOptions, openLibsql } from "../../dialects/libsql/remote.ts";
import { redact } from "../../runtime/redact.ts";
import type { EdgeDriver } from "./options.ts";

export type { LibsqlOptions } from "../../dialects/libsql/remote.ts";

/** A database of Turso, or of any other server that speaks libSQL over HTTP. */
export const libsql = (options: LibsqlOptions): EdgeDriver => ({
  dialect: turso,
  name: redact(options.url),
  open: ({ connectTimeoutMs } = {}) =>
    openLibsql({ ...options, ...(connectTimeoutMs !== undefined && { connectTimeoutMs }) }),
});
