/** Stands in for translate.ts in Node, which has no bundler. */
export { translate } from "./translate-sucrase.ts";
