/** The module that migrations import as `"godwit/text"`. It runs inside the sandbox. */
import * as cases from "change-case";
import withoutMarks from "lodash.deburr";
import slug from "slugify";

/** How a slug looks. */
export interface SlugOptions {
  /** Between words; default: "-". */
  readonly separator?: string;
  /** Default: true. */
  readonly lower?: boolean;
  /** A language with transliterations of its own, such as "de": ä becomes ae and not a. */
  readonly locale?: string;
}

/** A text for a URL: letters and digits of ASCII, words joined by a separator. */
export function slugify(text: string, options: SlugOptions = {}): string {
  const { separator = "-", lower = true, locale } = options;
  return slug(text, {
    replacement: separator,
    lower,
    strict: true,
    trim: true,
    ...(locale !== undefined && { locale }),
  });
}

/** `first name` → `firstName` */
export function camelCase(text: string): string {
  return cases.camelCase(text, { locale: false });
}

/** `first name` → `FirstName` */
export function pascalCase(text: string): string {
  return cases.pascalCase(text, { locale: false });
}

/** `firstName` → `first_name` */
export function snakeCase(text: string): string {
  return cases.snakeCase(text, { locale: false });
}

/** `firstName` → `first-name` */
export function kebabCase(text: string): string {
  return cases.kebabCase(text, { locale: false });
}

/** Latin letters without their marks: `Crème Brûlée` → `Creme Brulee`. Other scripts stay as they are. */
export function deburr(text: string): string {
  return withoutMarks(text);
}
