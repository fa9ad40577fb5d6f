import { afterAll, afterEach, beforeEach, describe, expect, test } from "bun:test";
import { schemaOn } from "../../src/core/ddl/schema-on.ts";
import { ToolError } from "../../src/core/errors.ts";
import { namespaceNames } from "../../src/core/schema/namespaces.ts";
import { introspect } from "../../src/runtime/database.ts";
import { adapt as adaptDsql } from "../conformance/adapted/dsql.ts";
import { adaptSchema as adaptRedshift } from "../conformance/adapted/redshift.ts";
import { adapt as adaptTidb } from "../conformance/adapted/tidb.ts";
import type { Scratch } from "../conformance/dialect.ts";
import { emptiedForEach } from "../conformance/scratch.ts";
import { tellCase } from "../helpers/case-story.ts";
import { type Case, loadCases } from "../helpers/cases.ts";
import { emptyDsqlOnPostgres, openDsqlOnPostgres } from "../helpers/dsql-on-postgres.ts";
import { emptyDatabase } from "../helpers/mariadb-database.ts";
import { mariadbServer } from "../helpers/mariadb-server.ts";
import { postgresServer } from "../helpers/postgres-server.ts";
import { emptyRedshiftOnPostgres, openRedshiftOnPostgres } from "../helpers/redshift-on-postgres.ts";
import { openTidbOnMariadb } from "../helpers/tidb-on-mariadb.ts";

// The cases, on what databases share with one that can be had. What they have not is refused before anything runs.

/** All of them in `npm run test:long`, else one of so many, which is another one for each database. */
const oneOf = process.env["GODWIT_TEST_LONG"] === "1" ? 1 : 40;

interface Emulation {
  /** Whose exceptions among the cases are its own as well. */
  readonly like: string;
  readonly open: () => Promise<Scratch>;
  readonly adapt: <T>(schema: T) => T;
  /** What the one has not and the other has, or tells otherwise: case → why. */
  readonly except?: Readonly<Record<string, string>>;
}

const onPostgres = async () => (await postgresServer()).createDatabase();

const emulations: Readonly<Record<string, () => Emulation>> = {
  "Redshift on PostgreSQL": () => ({
    like: "postgresql",
    open: emptiedForEach({
      create: onPostgres,
      connect: openRedshiftOnPostgres,
      empty: (_, url) => emptyRedshiftOnPostgres(url),
    }),
    adapt: adaptRedshift,
    except: {
      "types: integer becomes date": "neither of the two makes dates of integers, and the server says so",
      "views: a view becomes a materialized one": "PostgreSQL does not count materialized views among the views",
    },
  }),
  "Aurora DSQL on PostgreSQL": () => ({
    like: "postgresql",
    open: emptiedForEach({
      create: onPostgres,
      connect: openDsqlOnPostgres,
      empty: (_, url) => emptyDsqlOnPostgres(url),
    }),
    adapt: adaptDsql,
    except: {
      "objects: what a function gives changes, and a view calls it":
        "numbered fields are wider there, and the function takes narrower ones",
    },
  }),
  "TiDB on MariaDB": () => ({
    like: "mariadb",
    open: emptiedForEach({
      create: async () => (await mariadbServer()).createDatabase(),
      connect: openTidbOnMariadb,
      empty: emptyDatabase,
    }),
    adapt: adaptTidb,
  }),
};

describe.each(Object.entries(emulations))("cases of %s", (name, emulation) => {
  const { like, open, adapt, except = {} } = emulation();
  const at = Object.keys(emulations).indexOf(name);
  const told = { whole: 0, refused: 0 };
  let scratch: Scratch;
  beforeEach(async () => {
    scratch = await open();
  });
  afterEach(() => scratch.close());
  afterAll(() => void process.stdout.write(`${name}: ${told.whole} cases told, ${told.refused} refused\n`));

  test.each(
    loadCases()
      .map((each) => [`${each.topic}: ${each.name}`, each] as const)
      .filter(([title, each]) => each.except[like] === undefined && except[title] === undefined)
      .filter((_, i) => i % oneOf === at % oneOf),
  )("%s", async (_, each) => {
    const own: Case = { ...each, before: adapt(each.before), after: adapt(each.after) };
    try {
      await tellCase(scratch.database, own);
      told.whole++;
    } catch (error) {
      if (!(error instanceof ToolError) || !refusals.has(error.code)) throw error;
      told.refused++;
      const ends = [own.before, own.after].map((schema) => namesOf(schema, scratch));
      expect(await tablesOf(scratch, own)).toBeOneOf([[], ...ends]);
    }
  });
});

const refusals = new Set(["unsupported", "irreversible", "params"]);

const tablesOf = async ({ database }: Scratch, { before, after }: Case): Promise<readonly string[]> =>
  (await introspect(database, [...new Set([before, after].flatMap(namespaceNames))])).tables
    .map(({ name }) => name)
    .toSorted();

const namesOf = (schema: Case["before"], { database }: Scratch): readonly string[] =>
  schemaOn(schema, database.dialect)
    .tables.map(({ name }) => name)
    .toSorted();
