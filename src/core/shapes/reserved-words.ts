/** What cannot be the name of a constant, a function or a parameter in a module. */
export const reservedWords: readonly string[] =
  "arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof var void while with yield".split(
    " ",
  );

/** Whether something can be such a name. */
export const isName = (name: string): boolean => /^[A-Za-z_$][\w$]*$/.test(name) && !reservedWords.includes(name);
