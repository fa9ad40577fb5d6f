import { stat } from "node:fs/promises";
import { dirname } from "node:path";
import { ToolError } from "../core/errors.ts";
import { type Compiled, parseCompiled } from "../core/plan/compiled.ts";
import { jsonIn } from "../core/plan/compiled-text.ts";
import { fileError, readText } from "./files.ts";

/** Where the migrations of a project come from in place of a directory. */
export interface CompiledSource {
  /** How messages call it. */
  readonly shown: string;
  /** The directory it lies in: where there are migrations, there or in the project's directory, it has to fit them. Absent: it stands for itself. */
  readonly beside?: string;
  /** Its only track is meant, whatever the project calls it. */
  readonly single?: boolean;
  /** Throws ToolError `file` for what is not compiled migrations, or was changed. */
  read(): Promise<Compiled>;
}

/** Migrations compiled to a file, absolute; `shown` is how messages call it. It is read when somebody asks, and once. */
export const compiledFile = (path: string, shown: string): CompiledSource => ({
  shown,
  beside: dirname(path),
  read: once(async () => parseCompiled(await readDocument(path, shown), shown, hash)),
});

/** Compiled migrations that a program or an executable holds: data as `godwit compile` writes it. */
export const compiledData = (data: unknown, shown: string): Omit<CompiledSource, "beside"> => ({
  shown,
  read: once(async () => parseCompiled(data, shown, hash)),
});

/** SHA-256, in hexadecimal digits. */
const hash = (text: string): string => new Bun.CryptoHasher("sha256").update(text).digest("hex");

/** A hundred thousand migrations have less. What is larger is something else, and reading it would take all memory. */
const MAX_BYTES = 256 * 1024 * 1024;

async function readDocument(path: string, shown: string): Promise<unknown> {
  const found = await stat(path).catch((error: unknown) => Promise.reject(fileError("read", path, error)));
  if (found.isFile() && found.size > MAX_BYTES)
    throw new ToolError("file", `"${shown}" has ${found.size} bytes; compiled migrations have ${MAX_BYTES} at most`, {
      file: shown,
    });
  const json = jsonIn(await readText(path));
  if (json === undefined) return undefined;
  try {
    return JSON.parse(json) as unknown;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ToolError("file", `"${shown}" is damaged: ${why}; run \`godwit compile\` again`, { file: shown });
  }
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => {
    result ??= work();
    return result;
  };
}
