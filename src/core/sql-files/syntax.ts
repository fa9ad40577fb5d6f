/** How a database reads a script: what its splitter has to know, as data. */
export interface ScriptSyntax {
  /** What opens a string or a quoted name → what closes it. Doubled, it stands for itself. */
  readonly quotes: Readonly<Record<string, string>>;
  /** The opening quotes in which a backslash keeps the next character from closing. */
  readonly backslashQuotes: string;
  /** `E'it\'s'` has backslashes although `'…'` has none. */
  readonly escapeStrings: boolean;
  /** `$$…$$` and `$tag$…$tag$`. */
  readonly dollarQuotes: boolean;
  /** `@@…@@`, in which four of them stand for two. */
  readonly doubledAts?: true;
  /** A comment may hold another one. */
  readonly nestedComments: boolean;
  /** `#` begins a comment. */
  readonly hashComments: boolean;
  /** `--` begins a comment only before a blank; elsewhere it is two minus signs. */
  readonly dashesNeedBlank: boolean;
  /** A comment that begins with an exclamation mark or a plus sign is read by the database. */
  readonly executableComments: boolean;
  /** Scripts may choose what ends a statement: `DELIMITER //`. */
  readonly delimiterCommand: boolean;
  /** The word that, alone on a line, ends a batch; semicolons then end nothing. */
  readonly batchWord?: string;
  readonly compound?: Compound;
  /** Matches how a statement begins that only prepares others and is forgotten when they are done: from there on, a script is one statement. */
  readonly preamble?: RegExp;
  /** Quoted names that differ in case are different, and an unquoted one means lower case. Absent: case does not count in any name. */
  readonly exactNames?: true;
  /** Absent: whatever can be made and dropped has IF NOT EXISTS and IF EXISTS. */
  readonly guards?: Guards;
}

/**
 * What a database cannot say so that a statement may run twice. Objects are in the words of SQL, in lower case: `index`, `materialized
 * view`, `column`, `constraint`.
 */
export interface Guards {
  /** Made with OR REPLACE. */
  readonly orReplace: readonly string[];
  /** Cannot be made with either. */
  readonly notCreate: readonly string[];
  /** Cannot be dropped with IF EXISTS. */
  readonly notDrop: readonly string[];
  /** What to do about these: words that a message ends with. */
  readonly instead: string;
}

/** Statements with a body that ends with END and has semicolons in it. */
export interface Compound {
  /** Matches their first words: upper case, one space between them. */
  readonly statement: RegExp;
  /** Matches, in the script as it stands, what begins the body. */
  readonly body: RegExp;
}
