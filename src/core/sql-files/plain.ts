/**
 * Whether a statement is one however it is read: its quotes are closed, and it has neither a semicolon nor a comment, nor what quotes in ways of its own
 * (`$$`, backslashes). Only such may stand in one text with others. Says no to many that are one statement, too.
 */
export const isPlain = (sql: string): boolean => plain.test(sql);

/** Each alternative begins with another character, so that nothing is tried twice. */
const plain = /^(?:[^'"$;\\/-]|'[^'\\]*'|"[^"\\]*"|-(?!-)|\/(?!\*))*$/;
