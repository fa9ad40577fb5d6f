/** Whether a statement reads or writes rows, as far as its first word tells; else it changes what there is, or who may use it. */
export const isAboutRows = (sql: string): boolean => rows.test(sql.replace(leading, ""));

/** Comments, blanks and opening parentheses. */
const leading = /^(?:\s+|--[^\n]*(?:\n|$)|#[^\n]*(?:\n|$)|\/\*(?!!)[\s\S]*?\*\/|\()+/;

const rows =
  /^(?:insert|update|delete|merge|replace|select|with|values|table|copy|load|do|call|execute|explain|fetch)\b/i;
