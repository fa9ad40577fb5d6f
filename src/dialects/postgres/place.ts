import type { Row } from "../../core/ddl/dialect.ts";
import type { SessionPlace } from "../../core/ddl/session-place.ts";
import { stringLiteral } from "../../core/ddl/sql.ts";

export const place: SessionPlace = {
  isLeftBy: (sql) =>
    /\bsearch_path\b|\bset\s+schema\b|\b(?:set|reset)\s+(?:(?:session|local)\s+)?(?:role|authorization|all)\b|\bdiscard\s+all\b/i.test(
      sql,
    ),
  query: "SELECT pg_catalog.current_setting('search_path') AS search_path, pg_catalog.current_setting('role') AS role",
  // The role first: it may not be allowed to look up what the path says.
  back: (home) => ["role", "search_path"].map((name) => setting(name, home)),
};

const setting = (name: string, home: Row): string =>
  `SELECT pg_catalog.set_config('${name}', ${stringLiteral(String(home[name]))}, false)`;
