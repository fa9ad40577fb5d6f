/** A name as SQLite compares names: only the letters of ASCII have no case. */
export const folded = (name: string): string =>
  /[A-Z]/.test(name) ? name.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()) : name;
