import type { Dialect } from "../ddl/dialect.ts";
import type { Operation } from "../operations/index.ts";

/** A tool whose migrations can become godwit's: how its files are known, and how they are read. */
export interface ConvertTool {
  /** What `--from` takes, and what `convertedFrom` begins with. */
  readonly tool: string;
  readonly title: string;
  /** The tables in which it keeps its books, under their usual names; no part of the schema. */
  readonly tables: readonly string[];
  /** Whether the files look like this tool's and no other's. Asks names first: reading a text costs. */
  detect(files: readonly SourceFile[]): boolean;
  /** The migrations in the order in which the tool runs them. Throws ToolError `migration` where the files contradict one another. */
  read(files: readonly SourceFile[], options: ReadOptions): Reading;
}

/** A file as it was found. */
export interface SourceFile {
  /** Path as people should see it, with slashes. */
  readonly path: string;
  /** The same from the directory that was named: `V1__init.sql`, `0001_init/up.sql`. */
  readonly inside: string;
  /** Without a byte order mark, and with line feeds alone at the ends of lines. Read when it is asked for. */
  readonly text: string;
}

export interface ReadOptions {
  /** Values for what the tool fills in when it runs: name → text. */
  readonly placeholders: Readonly<Record<string, string>>;
  /** The database that the SQL is for. */
  readonly dialect: Dialect;
}

export interface Reading {
  readonly migrations: readonly ConvertedMigration[];
  readonly findings: readonly Finding[];
}

/** A migration as another tool has it. It has `up` or `operations`; where it has neither, a finding says why it cannot be converted. */
export interface ConvertedMigration {
  /** What it is called in godwit: see `migrationName`. */
  readonly name: string;
  /** What the tool's history has for it. */
  readonly ids: readonly string[];
  /** Where it was read from. */
  readonly file: string;
  readonly up?: SqlHalf;
  /** Absent: there is no way back. */
  readonly down?: SqlHalf;
  readonly operations?: readonly Operation[];
  /** Names. Absent: the one before it in the list. */
  readonly dependencies?: readonly string[];
  /** Names of those that it stands for. */
  readonly replaces?: readonly string[];
}

/** SQL of one direction, word for word. */
export interface SqlHalf {
  /** One text, or dialect → text. */
  readonly text: string | Readonly<Record<string, string>>;
  readonly file: string;
  /** Line of the file on which the text begins, from 1. */
  readonly line: number;
  /** False: the tool runs its statements outside a transaction. */
  readonly transaction: boolean;
}

/** Something that a person should know or do. */
export interface Finding {
  readonly file: string;
  readonly line: number;
  readonly what: string;
  readonly hint: string;
  /** Whether something of the migration is not in what is written. */
  readonly lost: boolean;
}

/** Gives a tool its type where it is written. */
export const defineConvertTool = (tool: ConvertTool): ConvertTool => tool;
