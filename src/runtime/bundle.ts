import { ToolError } from "../core/errors.ts";
import type { Compiled } from "../core/plan/compiled.ts";
import { type CompiledSource, compiledData } from "./compiled-source.ts";
import { type PayloadPlace, readPayload } from "./executable.ts";
import type { SeedTexts } from "./seeds.ts";

/** Migrations and configuration inside of an executable, in place of those of a directory. */
export interface Bundle {
  /** The executable. */
  readonly path: string;
  /** Text of godwit.yaml; `undefined` when it was made without one. Throws ToolError `file` for a payload that is damaged. */
  config(): string | undefined;
  readonly compiled: CompiledSource;
  /** The files of `seeds/`; none where it was made without. */
  seeds(): SeedTexts;
}

/** What is put into an executable, as JSON. */
export interface BundleContent {
  readonly format: "godwit bundle";
  readonly version: 1;
  readonly config: string | null;
  readonly compiled: Compiled;
  readonly seeds?: SeedTexts;
}

/** What is inside of an executable; read when somebody asks. */
export function bundleAt(path: string, place: PayloadPlace): Bundle {
  let content: BundleContent | undefined;
  const read = (): BundleContent => {
    content ??= parse(path, readPayload(path, place));
    return content;
  };
  let source: CompiledSource | undefined;
  return {
    path,
    config: () => read().config ?? undefined,
    seeds: () => read().seeds ?? {},
    compiled: {
      shown: path,
      read: async () => {
        source ??= compiledData(read().compiled, path);
        return source.read();
      },
    },
  };
}

function parse(path: string, text: string): BundleContent {
  const content = JSON.parse(text) as BundleContent;
  if (content.format === "godwit bundle" && content.version === 1) return content;
  throw new ToolError(
    "file",
    `what is inside "${path}" is of version ${String(content.version)}, and this godwit reads version 1`,
    { file: path },
  );
}
