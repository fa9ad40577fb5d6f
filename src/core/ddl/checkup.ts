/** What `godwit doctor` asks a server. All of it only reads. */
export interface CheckupSql {
  /** One row: `now`, the server's time in milliseconds since 1970. */
  readonly clock: string;
  /** A row per right that this user seems to lack for migrating, with its name in `lacking`. */
  readonly lackingRights: string;
  /** Whether rights may come from where that query does not look, such as roles; then what it finds is only likely. */
  readonly rightsMayHide: boolean;
}
