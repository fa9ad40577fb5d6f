import { readAnnotatedFile } from "../annotated-file.ts";
import { defineConvertTool } from "../define.ts";
import { migrationName, topFiles } from "../names.ts";
import { refuseTwice } from "../pairs.ts";

/**
 * Files with `-- migrate:up` and `-- migrate:down`, sorted by their names as texts; the version is the digits in front.
 * https://github.com/amacneil/dbmate#creating-migrations
 */
export default defineConvertTool({
  tool: "dbmate",
  title: "dbmate",
  tables: ["schema_migrations"],
  detect: (files) => topFiles(files).some((file) => fileName.test(file.inside) && begin.test(file.text)),
  read: (files) => {
    const own = topFiles(files).flatMap((file) => {
      const [, id, words = ""] = fileName.exec(file.inside) ?? [];
      return id === undefined ? [] : [{ file, id, words }];
    });
    refuseTwice(own, ({ file }) => file.path);
    const read = own.map(({ file, id, words }) => {
      const { findings, ...halves } = readAnnotatedFile(file.path, file.text, "-- migrate:up");
      return { migration: { name: migrationName(id, words), ids: [id], file: file.path, ...halves }, findings };
    });
    return {
      migrations: read.map(({ migration }) => migration),
      findings: read.flatMap(({ findings }) => findings),
    };
  },
});

const fileName = /^(\d+)_?(.*)\.sql$/;
const begin = /^--\s*migrate:up\b/m;
