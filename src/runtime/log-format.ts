/** How a command tells on stderr what it does: lines for people, or a JSON object per line. */
export const logFormats = ["text", "json"] as const;
export type LogFormat = (typeof logFormats)[number];
