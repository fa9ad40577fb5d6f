import { expect, test } from "bun:test";
import { policyFindings } from "../../../src/core/policies/index.ts";
import { dialects } from "../../../src/dialects/registry.gen.ts";
import { processorTime } from "../../helpers/processor-time.ts";
import { migrationOf } from "./tracks.ts";

const words =
  "CREATE ALTER DROP TABLE INDEX TRIGGER VIEW ON ONLY IF NOT EXISTS ADD COLUMN CONSTRAINT UPDATE SET DELETE FROM JOIN INSERT INTO " +
  "WITH AS SELECT DO $$ BEGIN END THEN REFERENCES RENAME TO USING EXECUTE COMMENT GRANT a b.c \"d\" [e] `f` 'g' ( ) , ; . :: * /* */ -- \n";

/** Texts of these words in an order that is the same every time. */
function* texts(count: number): Generator<string> {
  const list = words.split(" ");
  let seed = 42;
  for (let i = 0; i < count; i++) {
    const picked = Array.from({ length: 3 + (i % 20) }, () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      return list[seed % list.length] ?? "";
    });
    yield picked.join(" ");
  }
}

test("no text makes the reading of SQL fail", () => {
  for (const dialect of dialects) {
    for (const sql of texts(3000)) {
      const tracks = ["a", "b"].map((name) => ({
        name,
        migrations: [migrationOf(name, sql)],
        guards: "required" as const,
        schemaAgnostic: true,
      }));
      expect(() => policyFindings({ tracks, dialect })).not.toThrow();
    }
  }
});

test("a script of many rows is read in a time that grows with its length", () => {
  const rows = Array.from({ length: 40_000 }, (_, i) => `(${i}, 'name ${i}', now())`).join(",\n");
  const sql = `INSERT INTO users (id, name, at) VALUES ${rows};\nSELECT a.x FROM users, app.items;`;
  const spent = processorTime();
  const findings = policyFindings({
    tracks: [{ name: "core", migrations: [migrationOf("core", sql)], guards: "required", schemaAgnostic: true }],
    dialect: dialects[0] ?? expect.unreachable(),
  });
  expect(findings.map(({ code }) => code)).toEqual(["schema-agnostic"]);
  // A quadratic reading takes minutes.
  expect(spent()).toBeLessThan(10_000);
});
