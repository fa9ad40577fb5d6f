/** The part of sucrase that reads; its package has types for the whole only. */
declare module "sucrase/dist/esm/parser/index.js" {
  export function parse(
    input: string,
    jsx: boolean,
    typescript: boolean,
    flow: boolean,
  ): {
    readonly tokens: readonly { readonly type: number; readonly start: number; readonly end: number }[];
  };
}
declare module "sucrase/dist/esm/parser/tokenizer/types.js" {
  export const TokenType: {
    readonly _import: number;
    readonly string: number;
    readonly template: number;
    readonly parenL: number;
    readonly dot: number;
  };
}
declare module "sucrase/dist/esm/parser/util/identifier.js" {
  export const IS_IDENTIFIER_CHAR: Uint8Array;
}
