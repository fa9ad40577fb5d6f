import { count, defineCheck, failed, ok } from "../define.ts";

export default defineCheck({
  name: "symbols",
  rank: 25,
  judge: ({ symbols }) => {
    if (!symbols) return "unknown";
    if ("error" in symbols) return failed(symbols.error);
    const names = symbols.value;
    return names.length === 0 ? undefined : ok(`${count(names.length, "module")}: ${names.join(", ")}`);
  },
});
