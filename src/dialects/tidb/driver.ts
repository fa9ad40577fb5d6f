import { openWith, sessionSettings } from "../mysql/driver.ts";

/**
 * TiDB speaks the protocol of MySQL. What sets a session read only does nothing there, and is refused where nobody allows that:
 * https://docs.pingcap.com/tidb/stable/system-variables/#tidb_enable_noop_functions-new-in-v40. A column stops to number itself only where the session
 * says that it may, and numbers of connections are longer than the protocol's greeting holds.
 */
export default openWith({
  port: 4000,
  settings: `${sessionSettings}, SESSION tidb_allow_remove_auto_inc = 1`,
  readOnly: false,
  identity: "SELECT CONNECTION_ID() AS id",
  cancel: (id) => `KILL TIDB QUERY ${id}`,
});
