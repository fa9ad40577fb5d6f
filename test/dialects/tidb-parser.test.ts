import { expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { splitScript } from "../../src/core/sql-files/split.ts";
import tidb from "../../src/dialects/tidb/dialect.ts";
import { goldens } from "../helpers/golden.ts";

// The parser of TiDB is a module of Go, which takes half a minute to compile: `npm run test:long` does, where there is a `go`.

const wanted = process.env["GODWIT_TEST_LONG"] === "1" && Bun.which("go") !== null;

/** What belongs to the author of an example, whose words are those of other databases. */
const ofAuthors = /CAST\(replace\(size, ' cm', ''\) AS INTEGER\)/;

function sent(): readonly string[] {
  const { bookkeeping, introspect, rows } = tidb;
  const lease = bookkeeping.lock.kind === "lease" ? bookkeeping.lock.lease : undefined;
  const recovery = bookkeeping.recoveryOf("ALTER TABLE a RENAME TO b");
  return [
    ...goldens(tidb).flatMap(({ sql }) => splitScript(sql, tidb.scriptSyntax).map(({ text }) => text)),
    ...Object.values(introspect.queries),
    ...bookkeeping.createHistory("h"),
    ...bookkeeping.createJournal("j"),
    ...bookkeeping.past.create("p"),
    bookkeeping.past.list("p"),
    bookkeeping.past.keep({ past: "p", history: "h" }, { track: "'core'", name: "'0001'" }, [
      "'rolled_back'",
      "'2026-01-31T08:09:10.123Z'",
      "5",
      "'0.1.0'",
      "'ann'",
    ]),
    bookkeeping.listHistory("h"),
    ...(lease ? [...lease.create("l"), lease.take("l"), lease.renew("l"), lease.free("l"), lease.read("l")] : []),
    ...(bookkeeping.progress ? [bookkeeping.progress.query] : []),
    ...bookkeeping.limits.session({ lockMs: 5000 }),
    ...bookkeeping.limits.reset,
    rows.begin,
    ...(recovery.kind === "compare" ? [recovery.query] : []),
  ];
}

test.skipIf(!wanted)(
  "the parser of TiDB takes all that TiDB is sent",
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "godwit-tidb-parser-"));
    try {
      const program = join(folder, "parser");
      const build = Bun.spawnSync(["go", "build", "-buildvcs=false", "-o", program, "."], {
        cwd: join(import.meta.dir, "../parsers/tidb"),
        stderr: "pipe",
      });
      expect(build.stderr.toString().replace(/^go: downloading .*\n/gm, "")).toBe("");
      const statements = sent();
      expect(statements.length).toBeGreaterThan(200);
      const refused = await refusedBy(program, [...statements, "SELEC 1"]);
      expect(refused.filter(({ statement }) => !ofAuthors.test(statement)).map(({ statement }) => statement)).toEqual([
        "SELEC 1",
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
  300_000,
);

async function refusedBy(program: string, statements: readonly string[]): Promise<readonly { statement: string }[]> {
  const run = Bun.spawn([program], { stdin: new Blob([statements.join("\0")]), stdout: "pipe" });
  const text = await new Response(run.stdout).text();
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as { statement: string });
}
