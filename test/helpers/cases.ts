import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument, stringify } from "yaml";
import type { DiffAnswers, TypeChangeAnswer } from "../../src/core/diff/question.ts";
import type { RenameHints } from "../../src/core/schema/declared.ts";
import type { Schema } from "../../src/core/schema/model.ts";
import { answersFrom } from "../../src/runtime/answers.ts";
import { parseSchema } from "../../src/runtime/schema-files.ts";

/** Two schemas, and what is expected of the way from one to the other. */
export interface Case {
  readonly topic: string;
  readonly name: string;
  readonly before: Schema;
  readonly after: Schema;
  /** The `renamed_from` of `after`. */
  readonly renames: RenameHints;
  readonly answers: DiffAnswers;
  /** How types are to change. */
  readonly typeChanges: readonly TypeChangeAnswer[];
  /** Ids of the questions asked when nothing is answered; absent: not checked. */
  readonly questions?: readonly string[];
  /** Titles of the operations. */
  readonly operations: readonly string[];
  /** Dialect → why the case does not exist there. */
  readonly except: Readonly<Record<string, string>>;
  /** Why the way back exists only for empty tables. */
  readonly oneWay?: string;
  /** Planted before. */
  readonly rows: CaseRows;
  /** What is expected of tables after going up, and after going back; only the columns that are named count. */
  readonly survive: CaseRows;
  readonly back: CaseRows;
}

export type CaseRows = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;

const folder = join(import.meta.dir, "../cases");

/** All cases of `test/cases`, by topic and in the order of the files. */
export function loadCases(): readonly Case[] {
  return topics().flatMap((topic) => {
    const written = parseDocument(readFileSync(fileOf(topic), "utf8")).toJS() as readonly WrittenCase[];
    return written.map((each) => readCase(topic, each));
  });
}

/** Writes what the differ says now into the files, for a person to read in the diff. */
export function updateOperations(topic: string, operationsOf: (name: string) => readonly string[] | undefined): void {
  const document = parseDocument(readFileSync(fileOf(topic), "utf8"));
  const cases = document.toJS() as readonly WrittenCase[];
  for (const [i, { name }] of cases.entries()) {
    const operations = operationsOf(name);
    if (operations) document.setIn([i, "operations"], operations);
  }
  writeFileSync(fileOf(topic), document.toString({ lineWidth: 0, flowCollectionPadding: true }));
}

export const topics = (): readonly string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => file.replace(/\.yaml$/, ""))
    .toSorted();

interface WrittenCase {
  readonly name: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly answers?: unknown;
  readonly questions?: readonly string[];
  readonly operations?: readonly string[];
  readonly one_way?: string;
  readonly except?: Readonly<Record<string, string>>;
  readonly rows?: CaseRows;
  readonly survive?: CaseRows;
  readonly back?: CaseRows;
}

const fileOf = (topic: string): string => join(folder, `${topic}.yaml`);

function readCase(topic: string, written: WrittenCase): Case {
  const file = `${topic}.yaml: ${written.name}`;
  const before = parseSchema(stringify(written.before), file);
  const after = parseSchema(stringify(written.after), file);
  return {
    topic,
    name: written.name,
    before: before.schema,
    after: after.schema,
    renames: after.renames,
    answers: written.answers === undefined ? {} : answersFrom(written.answers, after.schema).diff,
    typeChanges: written.answers === undefined ? [] : answersFrom(written.answers, after.schema).typeChanges,
    ...(written.questions && { questions: written.questions }),
    operations: written.operations ?? [],
    ...(written.one_way && { oneWay: written.one_way }),
    except: written.except ?? {},
    rows: written.rows ?? {},
    survive: written.survive ?? {},
    back: written.back ?? {},
  };
}
