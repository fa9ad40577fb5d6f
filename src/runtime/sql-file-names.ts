/** Whether a file is, by its name, one of a migration in SQL: `0003_search.up.sql`, `0003_search.down.sql` or `0003_search.sql`. */
export const isSqlMigration = (file: string): boolean => /^\d+_[^.]+(?:\.up|\.down)?\.sql$/.test(file);

/** The names of the migrations that SQL files make up, one for each file that goes up, in the order of the files. */
export const sqlNames = (files: readonly string[]): readonly string[] =>
  files.filter((file) => !file.endsWith(".down.sql")).map(nameOf);

/** The name of the migration that a file belongs to. */
export const nameOf = (file: string): string => file.replace(/(?:\.up|\.down)?\.sql$/, "");
