import { type Identity, type OwnSequence, type SequenceOptions, sequenceTypes } from "./model.ts";
import { child, complain, describe, isMapping, type Part, readComment, readFlag, readName, readText } from "./part.ts";
import { readWord } from "./read-index.ts";

const numberKeys = ["start", "increment", "min", "max", "cache"] as const;
export const sequenceOptionKeys = [...numberKeys, "cycle"] as const;
export const ownSequenceKeys = ["name", "type", ...sequenceOptionKeys, "comment"] as const;
export const identityKeys = ["always", ...ownSequenceKeys] as const;

/** `true`, `always`, `by_default`, or a mapping. */
export function readIdentity(part: Part | undefined): Identity | undefined {
  if (!part || part.value === false) return undefined;
  if (part.value === true || part.value === "by_default") return {};
  if (part.value === "always") return { always: true };
  if (!isMapping(part, identityKeys)) return undefined;
  return { ...(readFlag(child(part, "always")) && { always: true }), ...ownSequence(part) };
}

/** What is unusual about the sequence behind a serial field. */
export const readOwnSequence = (part: Part | undefined): OwnSequence | undefined =>
  part && isMapping(part, ownSequenceKeys) ? ownSequence(part) : undefined;

export function readSequenceOptions(part: Part): SequenceOptions {
  const numbers = numberKeys.flatMap((key) => {
    const number = readWhole(child(part, key));
    return number === undefined ? [] : [[key, number] as const];
  });
  return { ...Object.fromEntries(numbers), ...(readFlag(child(part, "cycle")) && { cycle: true }) };
}

function ownSequence(part: Part): OwnSequence {
  const name = readName(child(part, "name"));
  const type = readWord(child(part, "type"), sequenceTypes);
  const comment = readComment(child(part, "comment"));
  return {
    ...(name !== undefined && { name }),
    ...(type && { type }),
    ...readSequenceOptions(part),
    ...(comment !== undefined && { comment }),
  };
}

/** A whole number of any size; beyond 2^53 as its digits. */
function readWhole(part: Part | undefined): number | string | undefined {
  const text = readText(part);
  if (!part || text === undefined) return undefined;
  if (!/^-?\d+$/.test(text)) return void complain(part, `must be a whole number, found ${describe(part.value)}`);
  return Number.isSafeInteger(Number(text)) ? Number(text) : text;
}
