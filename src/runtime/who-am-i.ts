import { hostName, userName } from "./this-process.ts";

/** `user@host` of this process, for the history and the lock. Asked for once: the answer takes longer than a small migration. */
export function whoAmI(): string {
  me ??= `${userName()}@${hostName()}`;
  return me;
}

let me: string | undefined;
