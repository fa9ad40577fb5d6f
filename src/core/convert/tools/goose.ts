import { readAnnotatedFile } from "../annotated-file.ts";
import {
  type ConvertedMigration,
  defineConvertTool,
  type Finding,
  type ReadOptions,
  type SourceFile,
} from "../define.ts";
import { fillEnvironment } from "../environment.ts";
import { compareNumbers, migrationName, topFiles } from "../names.ts";
import { refuseTwice } from "../pairs.ts";

/**
 * Files with `-- +goose Up` and `-- +goose Down`, sorted by the number before the first underscore; migrations in Go beside them.
 * https://pressly.github.io/goose/documentation/annotations/
 */
export default defineConvertTool({
  tool: "goose",
  title: "goose",
  tables: ["goose_db_version"],
  detect: (files) => topFiles(files).some((file) => /\.sql$/.test(file.inside) && begin.test(file.text)),
  read: (files, options) => {
    const own = topFiles(files).flatMap((file) => {
      const [, number, words = "", kind] = fileName.exec(file.inside) ?? [];
      if (number === undefined || BigInt(number) < 1n || file.inside.endsWith("_test.go")) return [];
      return [{ file, id: String(BigInt(number)), name: migrationName(number, words), isGo: kind === "go" }];
    });
    refuseTwice(own, ({ file }) => file.path);
    const read = own
      .toSorted((a, b) => compareNumbers(a.id, b.id))
      .map(({ file, id, name, isGo }) => {
        const { findings, ...halves } = isGo ? inGo(file) : inSql(file, options);
        return { migration: { name, ids: [id], file: file.path, ...halves }, findings };
      });
    return {
      migrations: read.map(({ migration }) => migration),
      findings: read.flatMap(({ findings }) => findings),
    };
  },
});

const fileName = /^(\d+)_(.*)\.(sql|go)$/;
const begin = /^\s*--\s*\+goose\s+up\s*$/im;

type Read = Pick<ConvertedMigration, "up" | "down"> & { readonly findings: readonly Finding[] };

/** A migration in Go is a program; where it is registered is the line to look at. */
function inGo({ path, text }: SourceFile): Read {
  const line = text.split("\n").findIndex((each) => /\bgoose\.AddMigration|\bAddNamedMigration/.test(each));
  const finding: Finding = {
    file: path,
    line: line + 1 || 1,
    what: "is a migration in Go, which is a program and has no SQL to keep",
    hint: "write what it does as operations or runCode",
    lost: true,
  };
  return { findings: [finding] };
}

function inSql({ path, text }: SourceFile, { placeholders }: ReadOptions): Read {
  const filled = fillEnvironment(path, text, placeholders);
  const read = readAnnotatedFile(path, filled.text, "-- +goose Up");
  if (filled.findings.length > 0) return { findings: [...filled.findings, ...read.findings] };
  return read;
}
