/** What godwit uses of vertica-nodejs, which comes without types: https://github.com/vertica/vertica-nodejs */
declare module "vertica-nodejs" {
  export interface Settings {
    readonly host: string;
    readonly port: number;
    readonly user?: string;
    readonly password?: string;
    readonly database?: string;
    readonly tls_mode?: string;
    readonly tls_trusted_certs?: string;
    readonly backup_server_node?: string;
    readonly client_label?: string;
    readonly workload?: string;
    readonly connectionTimeoutMillis?: number;
    readonly types?: { getTypeParser(oid: number, format?: string): (text: string) => unknown };
  }

  export interface Result {
    readonly rows: readonly Readonly<Record<string, unknown>>[];
  }

  export interface Emitter {
    on(event: "notice", listener: (notice: { readonly message?: string }) => void): this;
    on(event: "end" | "error", listener: () => void): this;
  }

  export class Client implements Emitter {
    constructor(settings: Settings);
    readonly activeQuery: unknown;
    readonly connection: Emitter;
    on: Emitter["on"];
    connect(): Promise<void>;
    query(text: string, values?: readonly unknown[]): Promise<Result | readonly Result[]>;
    cancel(client: Client, query: unknown): void;
    end(): Promise<void>;
  }

  const vertica: { readonly Client: typeof Client };
  export default vertica;
}
