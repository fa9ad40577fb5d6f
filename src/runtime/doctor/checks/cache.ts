import { defineCheck, ok, warning } from "../define.ts";

export default defineCheck({
  name: "cache",
  rank: 120,
  judge: ({ cache: { directory, writable } }) => {
    if (directory === undefined)
      return warning(
        "no directory: HOME and XDG_CACHE_HOME are not set",
        "it only costs time, because migrations are evaluated anew; XDG_CACHE_HOME names a directory",
      );
    if (writable) return ok(directory);
    return warning(
      `"${directory}" cannot be written`,
      "it only costs time, because migrations are evaluated anew; XDG_CACHE_HOME names another directory",
    );
  },
});
