// Types of the module "godwit/text" that migrations import. Written by godwit; a newer godwit may write it again.

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
export function slugify(text: string, options?: SlugOptions): string;

/** `first name` → `firstName` */
export function camelCase(text: string): string;

/** `first name` → `FirstName` */
export function pascalCase(text: string): string;

/** `firstName` → `first_name` */
export function snakeCase(text: string): string;

/** `firstName` → `first-name` */
export function kebabCase(text: string): string;

/** Latin letters without their marks: `Crème Brûlée` → `Creme Brulee`. Other scripts stay as they are. */
export function deburr(text: string): string;
