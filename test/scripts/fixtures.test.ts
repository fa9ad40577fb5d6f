import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openSession, type Session } from "../helpers/script-session.ts";

const fixtures = join(import.meta.dir, "../fixtures");

/** What people made, without what the database and godwit keep for themselves. */
const tables: Readonly<Record<string, string>> = {
  sqlite: "SELECT name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' AND name NOT LIKE 'godwit_%'",
  postgresql:
    "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname NOT LIKE 'godwit_%'",
};

for (const fixture of readdirSync(fixtures).filter((name) => existsSync(join(fixtures, name, "schema.yaml")))) {
  for (const database of ["sqlite", "postgresql"]) {
    describe(`the ${fixture} schema on ${database}`, () => {
      let session: Session;
      beforeAll(async () => {
        session = await openSession(database);
      });
      afterAll(() => session.end());

      const succeeds = async (command: string): Promise<string> => {
        const { exitCode, stdout, stderr } = await session.run(command);
        if (exitCode !== 0) throw new Error(`${command} ended with ${exitCode}:\n${stderr}${stdout}`);
        return stdout;
      };
      const isEmpty = async (): Promise<boolean> => (await succeeds(`sql "${tables[database]}"`)) === "";

      test("becomes a migration, and nothing is left to generate", async () => {
        await succeeds("godwit init");
        const schema = readFileSync(join(fixtures, fixture, "schema.yaml"), "utf8");
        writeFileSync(join(session.directory, "schema/schema.yaml"), schema);
        await succeeds("godwit generate");
        expect(await succeeds("godwit generate --check")).toBe("no changes\n");
      });

      test("goes up and is what the migrations say", async () => {
        await succeeds("godwit migrate up");
        expect(await isEmpty()).toBe(false);
        expect(JSON.parse(await succeeds("godwit schema drift --json"))).toEqual({ changes: [], unsupported: [] });
      });

      test("is imported as a schema whose migration makes just that", async () => {
        await succeeds("godwit schema import --out imported.yaml");
        await succeeds("godwit generate --schema imported.yaml --migrations imported");
        const drift = await succeeds("godwit schema drift --json --all --migrations imported");
        expect(JSON.parse(drift)).toEqual({ changes: [], unsupported: [] });
      });

      test("goes down, leaves nothing, and goes up again", async () => {
        await succeeds("godwit migrate down --to zero");
        expect(await isEmpty()).toBe(true);
        await succeeds("godwit migrate up");
        await succeeds("godwit schema drift");
      });
    });
  }
}
