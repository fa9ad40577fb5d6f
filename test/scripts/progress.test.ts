import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import { openSession } from "../helpers/script-session.ts";

const slowIndex = `import { migration, runSQL } from "godwit";
export default migration({
  operations: [
    runSQL({ forward: \`
      CREATE FUNCTION slow(n INT) RETURNS INT IMMUTABLE LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.04); RETURN n; END $$;
      CREATE TABLE t (n INT, pad TEXT);
      ALTER TABLE t ALTER pad SET STORAGE PLAIN;
      INSERT INTO t SELECT n, repeat('x', 3000) FROM generate_series(1, 100) n\` }),
    runSQL({ forward: "CREATE INDEX slow ON t (slow(n))" }),
  ],
});
`;

describe("an index that takes long to build", () => {
  test("is a bar at a terminal, and a line elsewhere", async () => {
    const session = await openSession("postgresql", new Map([["migrations/0001_a.ts", slowIndex]]));
    try {
      let shown = "";
      const child = Bun.spawn([join(session.directory, "../bin/godwit"), "migrate", "up"], {
        cwd: session.directory,
        env: { ...session.env, TERM: "xterm-256color" },
        terminal: {
          cols: 100,
          rows: 40,
          data: (_, data) => {
            shown += new TextDecoder().decode(data);
          },
        },
        timeout: 20_000,
      });
      expect(await child.exited).toBe(0);
      child.terminal?.close();
      const clear = "\r\u001b[K";
      expect(shown).toMatch(/\r0001_a: █+░+ CREATE INDEX slow: building index: scanning table, [4-9]\d % \(\d\.\d s\)/);
      expect(Bun.stripANSI(shown.slice(shown.lastIndexOf(clear) + clear.length))).toMatch(
        /^applied 0001_a \(\d\.\d s\)\r\n1 migration applied\r\n$/,
      );

      await session.run('godwit migrate fake --undo 0001_a; sql "DROP TABLE t"; sql "DROP FUNCTION slow"');
      const plain = await session.run("godwit migrate up");
      expect(plain.exitCode).toBe(0);
      expect(plain.stderr).toMatch(
        /^0001_a: CREATE INDEX slow: building index: scanning table, \d+ % \(<ms>\)\n(?:0001_a: .*\n)*applied 0001_a \(<ms>\)\n$/,
      );
    } finally {
      await session.end();
    }
  }, 60_000);
});
