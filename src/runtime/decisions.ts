import { changesOf } from "../core/diff/change.ts";
import { shellFlag } from "../core/diff/question.ts";
import { ToolError } from "../core/errors.ts";
import type { Operation } from "../core/operations/index.ts";
import type { Schema } from "../core/schema/model.ts";
import { type Decision, decisions } from "./answers.ts";

/** What is to become of an operation that may lose data? */
export interface DestructiveQuestion {
  readonly kind: "destructive";
  /** `drop_field users.bio`. */
  readonly id: string;
  readonly text: string;
  readonly flag: string;
  /** The kind of operation, `drop_field`, that an answer for all of its kind is about. */
  readonly operation: string;
  readonly choices: readonly Decision[];
}

export interface DecisionAnswer {
  readonly choice: Decision;
  /** This operation, all that are left, or all of its kind. */
  readonly scope: "this" | "all" | "kind";
}

/** The destructive operations that nothing was decided about yet. */
export function openDecisions(
  operations: readonly Operation[],
  from: Schema,
  answers: ReadonlyMap<string, Decision>,
): readonly DestructiveQuestion[] {
  return questionsOf(operations, from).filter(
    (q) => q !== undefined && decisionOn(q, answers) === undefined,
  ) as readonly DestructiveQuestion[];
}

export interface Decide {
  readonly operations: readonly Operation[];
  readonly from: Schema;
  readonly answers: ReadonlyMap<string, Decision>;
  readonly ask?: ((question: DestructiveQuestion) => Promise<DecisionAnswer>) | undefined;
}

/**
 * The operations with what was decided about them: as they are, marked for review, only in the state (`omit`), or with errors
 * ignored. Throws ToolError `cancelled` when the decision is to stop.
 */
export async function decide({
  operations,
  from,
  answers,
  ask,
}: Decide): Promise<{ readonly operations: readonly Operation[]; readonly review: ReadonlySet<number> }> {
  const known = new Map(answers);
  const review = new Set<number>();
  const decided: Operation[] = [];
  for (const [i, question] of questionsOf(operations, from).entries()) {
    const operation = operations[i] as Operation;
    const choice = question ? await choose(question, known, ask) : "generate";
    if (choice === "exit") throw new ToolError("cancelled", "stopped; nothing was written");
    if (choice === "review") review.add(i);
    decided.push(carryOut(operation, choice));
  }
  return { operations: decided, review };
}

async function choose(
  question: DestructiveQuestion,
  known: Map<string, Decision>,
  ask: Decide["ask"],
): Promise<Decision> {
  const decision = decisionOn(question, known);
  if (decision !== undefined || !ask) return decision ?? "generate";
  const { choice, scope } = await ask(question);
  known.set({ this: question.id, all: "all", kind: question.operation }[scope], choice);
  return choice;
}

const decisionOn = (question: DestructiveQuestion, answers: ReadonlyMap<string, Decision>): Decision | undefined =>
  answers.get(question.id) ?? answers.get(question.operation) ?? answers.get("all");

/** One entry per operation; `undefined` for those that lose nothing. */
function questionsOf(operations: readonly Operation[], from: Schema): readonly (DestructiveQuestion | undefined)[] {
  return changesOf(operations, from).map((change) => {
    if (!change.destructive) return undefined;
    const id = `${change.kind} ${change.table}${change.object === null ? "" : `.${change.object}`}`;
    return {
      kind: "destructive",
      id,
      text: `${change.detail}: this may lose data. What is to be done?`,
      flag: shellFlag("--on-destructive", `${id}=generate`),
      operation: change.kind,
      choices: decisions,
    };
  });
}

function carryOut(operation: Operation, choice: Decision): Operation {
  if (choice === "omit") return { ...operation, schemaOnly: true } as Operation;
  if (choice === "ignore") return { ...operation, ignoreErrors: true } as Operation;
  return operation;
}
