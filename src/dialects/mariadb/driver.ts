import open from "../mysql/driver.ts";

/** Both speak one protocol. */
export default open;
