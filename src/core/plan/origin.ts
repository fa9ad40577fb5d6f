/** What a migration was in the tool that it was converted from. */
export interface Origin {
  /** Name of the tool, as `godwit convert --from` takes it. */
  readonly tool: string;
  /** What that tool's history has for it: a version, a name or a hash, as text. */
  readonly id: string;
}

/** As it stands in files: `goose 20240101120000`. */
export const originText = ({ tool, id }: Origin): string => `${tool} ${id}`;

/** Reads what `originText` writes; `undefined` when that is none. The id may have spaces inside. */
export function readOrigin(text: string): Origin | undefined {
  const [, tool, id] = /^([a-z][a-z0-9-]*) (\S(?:.*\S)?)$/.exec(text) ?? [];
  return tool === undefined || id === undefined ? undefined : { tool, id };
}
