import { describe, expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readConfig } from "../../src/runtime/config-file.ts";
import { parseSchema } from "../../src/runtime/schema-files.ts";
import { checkMigrations, isMigration, missingImports } from "./migration-blocks.ts";
import { type Block, blocksOf } from "./page.ts";
import { matches, openSession, update } from "./session.ts";

// What the pages show is done: commands run, their output is compared, YAML is read, migrations are evaluated and compiled.
// GODWIT_TEST_UPDATE=1 writes the outputs that have changed into the pages.

const root = join(import.meta.dir, "../..");
const pages = ["README.md", ...new Bun.Glob("docs/*.md").scanSync({ cwd: root })]
  // It has a test of its own.
  .filter((page) => page !== "docs/from-makemigrations.md")
  .toSorted();
const blocks = pages.flatMap(blocksOf).filter((block) => block.notRun === undefined);
const inLanguage = (...languages: readonly string[]): readonly Block[] =>
  blocks.filter((block) => languages.includes(block.language));
const place = ({ page, line }: Block): string => `${page}:${line}`;

describe("commands", () => {
  for (const page of pages) {
    const own = blocks.filter((block) => block.page === page && (isSession(block) || block.attributes.has("file")));
    if (!own.some(isSession)) continue;
    test(`${page} shows what its commands print`, async () => {
      const session = await openSession();
      const played: (() => void)[] = [];
      try {
        for (const block of own) {
          if (isSession(block)) played.push(await play(session, block));
          else session.write(block);
        }
      } finally {
        await session.dispose();
      }
      // From the last to the first, so that the lines of those before stay where they are.
      for (const judge of played.toReversed()) judge();
    }, 120_000);
  }

  test("are shown in the pages that are about them", () => {
    const shown = new Set(blocks.filter(isSession).map(({ page }) => page));
    expect(
      ["README.md", "docs/migrations.md", "docs/commands.md", "docs/configuration.md"].filter((p) => !shown.has(p)),
    ).toEqual([]);
  });

  test("of npm are scripts of package.json", () => {
    const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: object };
    const text = pages.map((page) => readFileSync(join(root, page), "utf8")).join("\n");
    const named = [...text.matchAll(/\bnpm (?:run ([\w:]+)|(test)\b)/g)].map(([, run, own]) => run ?? own ?? "");
    expect(named.length).toBeGreaterThan(3);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});

test("YAML that is no file of a session is a schema that is read without a warning", () => {
  const schemas = inLanguage("yaml").filter((block) => !block.attributes.has("file"));
  expect(schemas.length).toBeGreaterThan(8);
  for (const block of schemas) {
    const { warnings } = parseSchema(block.text);
    expect({ place: place(block), warnings }).toEqual({ place: place(block), warnings: [] });
  }
});

test("configuration is read, but for the key that is shown to be wrong", () => {
  const files = inLanguage("yaml").filter((block) => block.attributes.get("file") === "godwit.yaml");
  const directory = mkdtempSync(join(tmpdir(), "godwit-docs-config-"));
  const complaints = files.flatMap((block, i) => {
    const file = join(directory, `${i}.yaml`);
    writeFileSync(file, block.text);
    return complaintOf(() => readConfig(file, "godwit.yaml"));
  });
  rmSync(directory, { recursive: true });
  expect(files.length).toBeGreaterThan(1);
  expect(complaints).toEqual([expect.stringContaining("databse")]);
});

describe("TypeScript", () => {
  const typescript = inLanguage("ts");

  test("of migrations is evaluated by the sandbox and has the right types", async () => {
    const migrations = typescript.filter(isMigration);
    expect(migrations.length).toBeGreaterThan(15);
    expect(await checkMigrations(migrations)).toBe("");
  }, 60_000);

  test("of godwit itself imports what is there", async () => {
    const others = typescript.filter((block) => !isMigration(block));
    expect((await Promise.all(others.map(missingImports))).flat()).toEqual([]);
  });
});

function complaintOf(work: () => unknown): readonly string[] {
  try {
    work();
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

const isSession = ({ language }: Block): boolean => language === "console" || language === "sh";

type Session = Awaited<ReturnType<typeof openSession>>;

/** Runs a block and returns what holds the output against the page, or writes it there. */
async function play(session: Session, block: Block): Promise<() => void> {
  if (block.text.startsWith("npm ")) return () => undefined;
  const ran = await session.run(block);
  expect({ place: place(block), commands: ran.length }).not.toEqual({ place: place(block), commands: 0 });
  if (process.env["GODWIT_TEST_UPDATE"] === "1" && block.language === "console") return () => update(block, ran);
  return () => {
    const wanted = Number(block.attributes.get("exit") ?? 0);
    for (const [i, { command, output, actual, exitCode }] of ran.entries()) {
      const asShown = matches(output, actual) ? actual : output;
      const expected = { place: place(block), command, exitCode: i === ran.length - 1 ? wanted : 0, output: asShown };
      expect({ place: place(block), command, exitCode, output: actual }).toEqual(expected);
    }
  };
}
