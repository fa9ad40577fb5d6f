import { describe, test } from "bun:test";
import { join } from "node:path";
import type { ReferentialAction, Schema } from "../../../src/core/schema/model.ts";
import { openDatabase } from "../../../src/runtime/database.ts";
import { loadSchema } from "../../../src/runtime/schema-files.ts";
import { makeSchema, storyOf } from "../../conformance/story.ts";
import { mariadbServer } from "../../helpers/mariadb-server.ts";
import { postgresServer } from "../../helpers/postgres-server.ts";

const fixtures = ["readme", "all-types"];

/** MariaDB has no partial indexes, and no SET DEFAULT. */
const forMariadb = (schema: Schema): Schema => ({
  ...schema,
  tables: schema.tables.map((table) => ({
    ...table,
    indexes: table.indexes.map(({ where: _, ...index }) => index),
    foreignKeys: table.foreignKeys.map((key) => ({
      ...key,
      onDelete: possible(key.onDelete),
      onUpdate: possible(key.onUpdate),
    })),
  })),
});

const possible = (action: ReferentialAction): ReferentialAction => (action === "SET DEFAULT" ? "CASCADE" : action);

/** The schemas that the predecessor's users know, made and taken back on real databases. */
async function tell(url: string, fixture: string, adapt = (schema: Schema): Schema => schema): Promise<void> {
  const schema = adapt((await loadSchema([join(import.meta.dir, "../../fixtures", fixture)])).schema);
  const database = await openDatabase({ url });
  try {
    const story = storyOf(database);
    await story.up("0001_initial", makeSchema(schema));
    await story.agrees(schema);
    await story.down();
    await story.agrees();
    await story.up("0001_initial", makeSchema(schema));
    await story.agrees(schema);
  } finally {
    await database.close();
  }
}

describe("fixture schemas", () => {
  for (const fixture of fixtures) {
    test(`${fixture} on sqlite`, () => tell("sqlite::memory:", fixture));
    for (const [name, server] of Object.entries({ postgresql: postgresServer, mariadb: mariadbServer })) {
      test(`${fixture} on ${name}`, async () => {
        const { url, drop } = await (await server()).createDatabase();
        try {
          await tell(url, fixture, name === "mariadb" ? forMariadb : undefined);
        } finally {
          await drop();
        }
      });
    }
  }
});
