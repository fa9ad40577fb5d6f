import type { StandsAlone } from "../../core/ddl/dialect.ts";
import type { Recovery } from "../../core/ddl/recovery.ts";
import { wordsOf } from "../../core/sql-files/words.ts";
import { scriptSyntax } from "./script-syntax.ts";

/** https://www.sqlite.org/lang_vacuum.html, https://www.sqlite.org/lang_attach.html, https://www.sqlite.org/pragma.html */
export function standsAlone(sql: string): StandsAlone {
  if (common.test(sql)) return "never";
  const [verb = "", name = ""] = wordsOf(sql, scriptSyntax, 2).map((word) => word.toLowerCase());
  if (["vacuum", "attach", "detach"].includes(verb)) return "always";
  if (verb !== "pragma") return "never";
  // Refused or without effect inside a transaction. Foreign keys are off there anyway when a table is made anew.
  return ["journal_mode", "synchronous", "wal_checkpoint"].includes(name) ? "always" : "on-request";
}

/** What nearly all statements are, so that no more of them has to be read. */
const common = /^(?:CREATE|ALTER|DROP|INSERT|UPDATE|DELETE) /;

/** None of them changes rows or tables. */
export const recoveryOf = (): Recovery => ({ kind: "repeat" });
