import { isatty } from "node:tty";
import { ToolError } from "../core/errors.ts";
import type { Ask } from "../runtime/tasks/generate.ts";

/** Whether there is a person to ask. */
export const canAsk = (flags: { readonly json: boolean }): boolean => !flags.json && isatty(0) && isatty(2);

/** Questions as prompts on the terminal. Ctrl-C and Esc throw ToolError `cancelled`. */
export const prompts: Ask = {
  async rename({ text, candidates, id }) {
    const { select } = await clack();
    const options = [
      ...candidates.map((name) => ({ value: name as string | null, label: `renamed from ${name}` })),
      { value: null, label: `${id} is new` },
    ];
    return answer(await select({ message: text, options, output: process.stderr }));
  },
  async oneOff({ text }) {
    const { text: ask } = await clack();
    return answer(
      await ask({ message: text, placeholder: "an SQL expression such as 0 or 'unknown'", output: process.stderr }),
    );
  },
  async typeChange({ text }) {
    const { select } = await clack();
    const options = [
      { value: "using" as const, label: "In place", hint: "the table is locked while it is written anew" },
      { value: "new_column" as const, label: "Through a new column", hint: "added, filled, and put in its place" },
    ];
    return answer(await select({ message: text, options, output: process.stderr }));
  },
  async order({ text, heads, orders }) {
    const { select } = await clack();
    const first: string[] = [];
    for (let left = [...heads]; left.length > 0; left = left.filter((head) => !first.includes(head))) {
      const [only] = left.length === 1 ? left : [];
      const options = left.map((value) => {
        const fits = orders.some(([head]) => head === value) || heads.length > 2;
        return { value, label: value, ...(!fits && { hint: "the others would not fit after it" }) };
      });
      const message = first.length === 0 ? text : "Which one runs next?";
      first.push(only ?? answer(await select({ message, options, output: process.stderr })));
    }
    return first;
  },
  async destructive({ text, operation }) {
    const { select } = await clack();
    const choice = answer(
      await select({
        message: text,
        output: process.stderr,
        options: [
          { value: "generate" as const, label: "Generate", hint: "as it is" },
          { value: "review" as const, label: "Review", hint: "with a comment that asks for a second look" },
          { value: "omit" as const, label: "Omit", hint: "change the state only, leave the database alone" },
          { value: "ignore" as const, label: "Ignore errors", hint: "go on if the database refuses" },
          { value: "exit" as const, label: "Exit", hint: "write nothing" },
        ],
      }),
    );
    if (choice === "exit") return { choice, scope: "this" };
    const scope = answer(
      await select({
        message: "For which changes?",
        output: process.stderr,
        options: [
          { value: "this" as const, label: "This one" },
          { value: "kind" as const, label: `Every ${operation.replaceAll("_", " ")}` },
          { value: "all" as const, label: "All that are left" },
        ],
      }),
    );
    return { choice, scope };
  },
};

/** A question with yes or no; no is what counts unless a person says otherwise. Throws ToolError `cancelled`. */
export async function confirmed(message: string): Promise<boolean> {
  const { confirm } = await clack();
  const choice = await confirm({ message, initialValue: false, output: process.stderr });
  if (typeof choice !== "symbol") return choice;
  throw new ToolError("cancelled", "stopped; nothing was changed");
}

/** Those of several things that a person marks; none is an answer too. Throws ToolError `cancelled`. */
export async function marked(message: string, options: readonly Labelled[]): Promise<readonly string[]> {
  const { multiselect } = await clack();
  const choices = options.map(({ value, hint }) => ({ value, label: value, ...(hint && { hint }) }));
  return answer(await multiselect({ message, options: choices, required: false, output: process.stderr }));
}

/** The one of several things that a person chooses. Throws ToolError `cancelled`. */
export async function chosen(message: string, options: readonly Labelled[]): Promise<string> {
  const { select } = await clack();
  const choices = options.map(({ value, hint }) => ({ value, label: value, ...(hint && { hint }) }));
  return answer(await select({ message, options: choices, output: process.stderr }));
}

/** Something to choose, by its name. */
export interface Labelled {
  readonly value: string;
  readonly hint?: string;
}

/** A line that the person types. Throws ToolError `cancelled`. */
export async function typed(message: string): Promise<string> {
  const { text } = await clack();
  const line = await text({ message, output: process.stderr });
  if (typeof line !== "symbol") return line ?? "";
  throw new ToolError("cancelled", "stopped; nothing was changed");
}

const clack = () => import("@clack/prompts");

/** clack hands back a symbol when the person gives up. */
function answer<T>(value: T): Exclude<T, symbol> {
  if (typeof value !== "symbol") return value as Exclude<T, symbol>;
  throw new ToolError("cancelled", "stopped; nothing was written");
}
