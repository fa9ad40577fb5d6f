import { type Compiled, parseCompiled } from "../core/plan/compiled.ts";

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

/** Compiled migrations that a program or an executable holds: data as `godwit compile` writes it. */
export const compiledData = (data: unknown, shown: string): Omit<CompiledSource, "beside"> =>
  compiledDocument(() => Promise.resolve(data), shown);

/** Compiled migrations whose data is fetched when somebody asks, and once; `shown` is how messages call them. */
export const compiledDocument = (load: () => Promise<unknown>, shown: string): Omit<CompiledSource, "beside"> => ({
  shown,
  read: once(async () => parseCompiled(await load(), shown, hash)),
});

/** SHA-256, in hexadecimal digits. */
const hash = (text: string): string => new Bun.CryptoHasher("sha256").update(text).digest("hex");

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => {
    result ??= work();
    return result;
  };
}
