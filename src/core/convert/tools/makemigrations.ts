import { ToolError } from "../../errors.ts";
import { defineConvertTool, type Finding, type SourceFile } from "../define.ts";
import { inOrder } from "../makemigrations/order.ts";
import { registeredIn } from "../makemigrations/registered.ts";
import { convertInOrder, type FromFile } from "../makemigrations/replay.ts";
import { topFiles } from "../names.ts";
import { refuseTwice } from "../pairs.ts";

/**
 * Go files whose `init` registers a migration that is written as a literal: its name, what it depends on, its operations. They become operations of the same names.
 * https://github.com/ocomsoft/makemigrations
 */
export default defineConvertTool({
  tool: "makemigrations",
  title: "makemigrations",
  tables: ["makemigrations_history", "morphic_history"],
  detect: (files) => topFiles(files).some((file) => isMigration(file)),
  read: (files, { dialect }) => {
    const read = topFiles(files).filter(isMigration).map(registered);
    const migrations = read.flatMap((each) => each.migrations);
    refuseTwice(
      migrations.map((migration) => ({ ...migration, id: migration.name })),
      ({ file }) => file,
      ({ id }) => `"${id}"`,
    );
    const { findings, ...reading } = convertInOrder(inOrder(migrations), dialect);
    return { ...reading, findings: [...read.flatMap((each) => each.findings), ...findings] };
  },
});

const isMigration = ({ inside, text }: SourceFile): boolean =>
  inside.endsWith(".go") &&
  !/(?:^|_)test\.go$|^main\.go$/.test(inside) &&
  /\/(?:makemigrations|morphic)\/migrate"/.test(text) &&
  /\bRegister\(/.test(text);

interface Read {
  readonly migrations: readonly FromFile[];
  readonly findings: readonly Finding[];
}

/** Of a file that cannot be read as a whole, its name and what it depends on. */
function registered({ path: file, inside, text }: SourceFile): Read {
  try {
    return { migrations: registeredIn(text).map((migration) => ({ ...migration, file })), findings: [] };
  } catch (error) {
    if (!(error instanceof ToolError) || error.code !== "migration") throw error;
    const line = typeof error.data["line"] === "number" ? error.data["line"] : 1;
    const [, name = inside.slice(0, -".go".length)] = /\bName:\s*"([^"\\]+)"/.exec(text) ?? [];
    const [, listed = ""] = /\bDependencies:\s*\[\]string\{([^}]*)\}/.exec(text) ?? [];
    const dependencies = [...listed.matchAll(/"([^"\\]+)"/g)].map(([, dependency = ""]) => dependency);
    return {
      migrations: [{ name, dependencies, replaces: [], operations: [], file, isBroken: true }],
      findings: [{ file, line, what: error.message, hint: "write this migration by hand", lost: true }],
    };
  }
}
