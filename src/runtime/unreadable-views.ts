import type { Migration } from "../core/plan/migration.ts";
import type { Database } from "./database.ts";
import type { OnEvent } from "./events.ts";

/**
 * Warns of views that these migrations made and nobody can read, where the database makes a view whatever its text names. It is not an error, because what
 * is imported from a database may be so, and what the view needs may come from elsewhere.
 */
export async function warnOfUnreadableViews(
  { driver, dialect }: Database,
  applied: readonly Migration[],
  onEvent: OnEvent | undefined,
): Promise<void> {
  if (!dialect.trialOf || !onEvent) return;
  for (const [view, migration] of viewsMadeIn(applied)) {
    const error = await driver.query(dialect.trialOf(view)).then(
      () => undefined,
      (thrown: unknown) => (thrown instanceof Error ? thrown.message : String(thrown)),
    );
    if (error === undefined) continue;
    const message = `view "${view}" cannot be read, though ${dialect.title} has made it: ${error}; correct its query in the schema`;
    onEvent({ type: "warning", migration, message });
  }
}

/** The views that are there afterwards, each with the migration that it is from. */
function viewsMadeIn(migrations: readonly Migration[]): ReadonlyMap<string, string> {
  const views = new Map<string, string>();
  for (const { name: migration, operations } of migrations)
    for (const operation of operations) {
      const makes = operation.kind === "createView" || operation.kind === "replaceView";
      if (makes && !operation.schemaOnly) views.set(operation.name, migration);
      if (operation.kind === "dropView") views.delete(operation.name);
    }
  return views;
}
