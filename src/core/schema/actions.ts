import type { ReferentialAction } from "./model.ts";

/** How YAML spells the actions of a foreign key: `SET_NULL`, `set null` and `Set-Null` are one; PROTECT is what Django says. */
const spellings: Readonly<Record<string, ReferentialAction>> = {
  CASCADE: "CASCADE",
  RESTRICT: "RESTRICT",
  PROTECT: "RESTRICT",
  SET_NULL: "SET NULL",
  SET_DEFAULT: "SET DEFAULT",
  DO_NOTHING: "NO ACTION",
  NO_ACTION: "NO ACTION",
};

export const actionSpellings: readonly string[] = Object.keys(spellings);

/** The action that a text of a schema file means; `undefined` for none of them. */
export function parseAction(text: string): ReferentialAction | undefined {
  return spellings[
    text
      .trim()
      .toUpperCase()
      .replace(/[\s-]+/g, "_")
  ];
}

/** What an absent `on_delete` and `on_update` mean. */
export const defaultActions = { onDelete: "RESTRICT", onUpdate: "NO ACTION" } as const satisfies Record<
  string,
  ReferentialAction
>;
