import type { Row } from "./introspection.ts";

/** Where the names of a session lead to, and with whose rights. */
export interface SessionPlace {
  /** Whether SQL of an author may lead elsewhere. */
  isLeftBy(sql: string): boolean;
  /** One row that says where the session is. */
  readonly query: string;
  /** Statements that lead back there. */
  back(home: Row): readonly string[];
}
