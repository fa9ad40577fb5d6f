import { describe, test } from "bun:test";
import { join } from "node:path";
import { openDatabase } from "../../../src/runtime/database.ts";
import { loadSchema } from "../../../src/runtime/schema-files.ts";
import { makeSchema, storyOf } from "../../conformance/story.ts";
import { postgresServer } from "../../helpers/postgres-server.ts";

const fixtures = ["readme", "all-types"];

/** The schemas that the predecessor's users know, made and taken back on real databases. */
async function tell(url: string, fixture: string): Promise<void> {
  const { schema } = await loadSchema([join(import.meta.dir, "../../fixtures", fixture)]);
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
    test(`${fixture} on postgresql`, async () => {
      const { url, drop } = await (await postgresServer()).createDatabase();
      try {
        await tell(url, fixture);
      } finally {
        await drop();
      }
    });
  }
});
