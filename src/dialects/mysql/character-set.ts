/** The character set of a collation: `latin1_swedish_ci` is of `latin1`. */
export const characterSet = (collation: string): string => collation.replace(/_.*$/, "");
