import { Database } from "bun:sqlite";
import { memory } from "./location.ts";

/** What a program gets that opens a SQLite file: the database of the runtime's own library. */
export type SqliteHandle = Database;

/** Opens a file, or `:memory:`. Throws what the library throws. */
export const openFile = (path: string, readOnly: boolean): Promise<SqliteHandle> =>
  Promise.resolve(path === memory ? new Database(path) : new Database(path, fileOptions(readOnly)));

/** Bun takes `readonly` and the two others for alternatives. */
const fileOptions = (readOnly: boolean) => (readOnly ? { readonly: true } : { readwrite: true, create: true });
