import { steal } from "./macro.ts" with { type: "macro" };

export function thief() {
  return "stolen";
}
export default { secret: steal() };
