import type { Arguments } from "./command.ts";

/** For commands whose text may be longer than a screen. */
export const pagerArgument = {
  pager: {
    type: "boolean",
    default: true,
    description: "Show what is longer than the screen by the page",
    negativeDescription: "Print what is longer than the screen all at once",
  },
} as const satisfies Arguments;
