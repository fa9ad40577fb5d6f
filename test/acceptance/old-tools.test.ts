import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type OldProject, oldProjects } from "../helpers/old-projects.ts";
import { dumpPostgres } from "../helpers/postgres-dump.ts";
import { postgresServer } from "../helpers/postgres-server.ts";
import { rubyWith } from "../helpers/ruby.ts";
import { dumpWithout, fullyTakenOver, takeOver, withDatabase, writeFiles } from "../helpers/take-over.ts";

// The tools of adopt-forms.test.ts themselves, which takes minutes to compile: `npm run test:long -- old-tools`, where there is what they are built with. What
// they leave is taken over, and has to be what CI says they leave.

const long = process.env["GODWIT_TEST_LONG"] === "1";
const folder = mkdtempSync(join(tmpdir(), "godwit-old-tools-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Tool {
  readonly tool: string;
  /** Programs without which it cannot be built or run; the test is left out, and listed, where they are not. */
  readonly needs: readonly string[];
  /** Fetches and builds it in that directory. */
  build(home: string): void;
  /** Runs it in its project. */
  run(home: string, project: string, url: URL): void;
  /** Columns of its history that are otherwise each time. */
  readonly volatile: readonly string[];
}

function run(program: string, words: readonly string[], cwd: string, env: Readonly<Record<string, string>> = {}): void {
  const { exitCode, stdout, stderr } = Bun.spawnSync([program, ...words], { cwd, env: { ...process.env, ...env } });
  if (exitCode !== 0) throw new Error(`${program} ended with ${exitCode}: ${stdout}${stderr}`);
}

const goTool = (home: string, module: string, tags: string): void =>
  run("go", ["install", "-tags", tags, module], home, { GOBIN: home, GOFLAGS: "-mod=mod" });

const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>t</groupId><artifactId>t</artifactId><version>1</version><dependencies>
<dependency><groupId>org.flywaydb</groupId><artifactId>flyway-database-postgresql</artifactId><version>11.8.2</version></dependency>
<dependency><groupId>org.postgresql</groupId><artifactId>postgresql</artifactId><version>42.7.5</version></dependency>
</dependencies></project>
`;

/** What its command does with `flyway.conf`: https://documentation.red-gate.com/fd/api-java-277579358.html */
const program = `import java.io.FileReader;
import java.util.Properties;
import org.flywaydb.core.Flyway;
public class Run {
  public static void main(String[] arguments) throws Exception {
    Properties properties = new Properties();
    properties.load(new FileReader("flyway.conf"));
    Flyway.configure().dataSource(arguments[0], arguments[1], arguments[2]).configuration(properties).load().migrate();
  }
}
`;

const tools: readonly Tool[] = [
  {
    tool: "golang-migrate",
    needs: ["go"],
    build: (home) => goTool(home, "github.com/golang-migrate/migrate/v4/cmd/migrate@v4.20.1", "postgres"),
    run: (home, project, url) => run(join(home, "migrate"), ["-path", ".", "-database", url.href, "up"], project),
    volatile: [],
  },
  {
    tool: "goose",
    needs: ["go"],
    build: (home) =>
      goTool(
        home,
        "github.com/pressly/goose/v3/cmd/goose@v3.29.0",
        "no_clickhouse,no_duckdb,no_libsql,no_mssql,no_mysql,no_spanner,no_sqlite3,no_vertica,no_ydb",
      ),
    run: (home, project, url) => run(join(home, "goose"), ["-dir", ".", "postgres", url.href, "up"], project),
    volatile: ["tstamp"],
  },
  {
    tool: "flyway",
    needs: ["mvn", "java"],
    build: (home) => {
      writeFileSync(join(home, "pom.xml"), pom);
      writeFileSync(join(home, "Run.java"), program);
      run("mvn", ["-q", "-B", "dependency:copy-dependencies", `-DoutputDirectory=${join(home, "lib")}`], home);
    },
    run: (home, project, url) => {
      const jdbc = `jdbc:postgresql://${url.host}${url.pathname}`;
      const words = [jdbc, url.username, decodeURIComponent(url.password)];
      run("java", ["-cp", `${join(home, "lib")}/*`, join(home, "Run.java"), ...words], project);
    },
    volatile: ["installed_on", "execution_time", "checksum"],
  },
  {
    tool: "diesel",
    needs: ["cargo", "cc"],
    // It compiles for ten minutes, OpenSSL among others, so one that is installed will do.
    build: (home) => {
      if (Bun.which("diesel") !== null) return;
      const features = ["--no-default-features", "--features", "postgres-bundled"];
      const wanted = ["install", "diesel_cli", "--version", "2.2.10", "--locked", "--debug", ...features];
      run("cargo", [...wanted, "--root", home], home);
    },
    run: (home, project, url) =>
      run(Bun.which("diesel") ?? join(home, "bin/diesel"), ["migration", "run", "--migration-dir", "."], project, {
        DATABASE_URL: url.href.replace(/^postgres:/, "postgresql:"),
      }),
    volatile: ["run_on"],
  },
  {
    tool: "rails",
    needs: ["apt-get"],
    build: () => void rubyWith(...railsPackages),
    // Its structure.sql is what pg_dump writes, which servers for tests come without.
    run: (_, project, url) => {
      const { program: ruby, env } = rubyWith(...railsPackages);
      const migrate = `require "active_record"
ActiveRecord::Base.establish_connection(ENV["DATABASE_URL"])
ActiveRecord::Migration.verbose = false
ActiveRecord::MigrationContext.new("db/migrate", ActiveRecord::SchemaMigration).migrate
`;
      run(ruby, ["-e", migrate], project, {
        ...env,
        RAILS_ENV: "production",
        DATABASE_URL: url.href.replace(/^postgres:/, "postgresql:"),
      });
    },
    volatile: ["created_at", "updated_at"],
  },
];

const railsPackages = ["ruby-activerecord", "ruby-pg"];

/** Columns of the books with their types, and rows without what is otherwise each time. */
const booksIn = (url: string, books: readonly string[], volatile: readonly string[]): Promise<unknown> =>
  withDatabase(url, async ({ driver }) => {
    const found: unknown[] = [];
    for (const book of books) {
      found.push(
        await driver.query(
          `SELECT column_name, data_type, is_nullable, column_default, is_identity, character_maximum_length, datetime_precision FROM information_schema.columns WHERE table_name = '${book}' ORDER BY ordinal_position`,
        ),
        await driver.query(`SELECT indexdef FROM pg_indexes WHERE tablename = '${book}' ORDER BY 1`),
      );
      for (const row of await driver.query(`SELECT * FROM ${book} ORDER BY 1`))
        found.push(Object.fromEntries(Object.entries(row).filter(([name]) => !volatile.includes(name))));
    }
    return found;
  });

const projectOf = (tool: string): OldProject => {
  const found = oldProjects.find((project) => project.tool === tool);
  if (!found) throw new Error(`no project of ${tool}`);
  return found;
};

describe.each(tools)("$tool", ({ tool, needs, build, run: runTool, volatile }) => {
  const wanted = long && needs.every((name) => Bun.which(name) !== null);
  const home = join(folder, `${tool}-home`);
  beforeAll(() => {
    if (!wanted) return;
    mkdirSync(home);
    build(home);
  }, 1_200_000);

  test.skipIf(!wanted)(
    "what it leaves is what CI says, and is taken over",
    async () => {
      const { files, statements, history, books } = projectOf(tool);
      const server = await postgresServer();
      const [old, said, fresh] = [
        await server.createDatabase(),
        await server.createDatabase(),
        await server.createDatabase(),
      ];
      const theirs = join(folder, tool);
      writeFiles(theirs, files);
      const url = new URL(old.url);
      url.searchParams.set("sslmode", "disable");
      runTool(home, theirs, url);
      await withDatabase(said.url, async ({ driver }) => {
        for (const sql of [...statements, ...history]) await driver.execute(sql);
      });
      expect(await booksIn(old.url, books, volatile)).toEqual(await booksIn(said.url, books, volatile));
      const dump = (each: string): Promise<readonly string[]> => dumpWithout(each, dumpPostgres, books);
      expect(await dump(old.url)).toEqual(await dump(said.url));
      const ours = `${theirs}-godwit`;
      expect(await takeOver({ tool, theirs, ours, old: old.url, fresh: fresh.url })).toMatchObject(fullyTakenOver);
      expect(await dump(fresh.url)).toEqual(await dump(old.url));
      await Promise.all([old.drop(), said.drop(), fresh.drop()]);
    },
    300_000,
  );
});
