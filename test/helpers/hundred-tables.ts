/** The files of a schema of a hundred tables in five modules, as people have them: hubs, chains, trees and tables that stand alone. */
export function hundredTables(): ReadonlyMap<string, string> {
  let count = 0;
  const isOptional = (): boolean => count++ % 4 === 0;
  return new Map(
    Object.entries(modules).map(([module, tables]) => [
      `${module}.yaml`,
      `tables:\n${Object.entries(tables)
        .map(([name, targets]) => tableText(name, targets, isOptional))
        .join("")}`,
    ]),
  );
}

const tableText = (name: string, targets: string, isOptional: () => boolean): string => {
  const keys = targets
    .split(" ")
    .filter(Boolean)
    .map((target) => {
      const field = target === name ? "parent" : target.replace(/ies$/, "y").replace(/s$/, "");
      return `      - {name: ${field}_id, type: foreign_key, foreign_key: {table: ${target}}, nullable: ${isOptional()}}\n`;
    });
  const others = Array.from({ length: 3 + ((name.length * 7) % 5) }, (_, i) => {
    const field = `${words[(name.length * 3 + i * 7) % words.length]}_${i}`;
    const comment = i === 1 ? `, comment: "What ${field} means"` : "";
    return `      - {name: ${field}, type: ${types[(name.length + i * 3) % types.length]}, nullable: ${i % 2 === 0}${comment}}\n`;
  });
  const id = "      - {name: id, type: bigserial, primary_key: true}\n";
  return `  - name: ${name}\n    comment: "${name.replaceAll("_", " ")}"\n    fields:\n${id}${keys.join("")}${others.join("")}`;
};

const types = [
  "varchar, length: 120",
  "text",
  "integer",
  "boolean",
  "timestamp",
  "decimal, precision: 10, scale: 2",
  "uuid",
  "json",
  "date",
  "bigint",
];
const words = [
  "name",
  "title",
  "status",
  "amount",
  "changed",
  "position",
  "code",
  "label",
  "note",
  "total",
  "starts",
  "ends",
  "payload",
];

/** Module → table → the tables that it refers to. */
const modules: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  auth: {
    users: "",
    roles: "",
    permissions: "",
    user_roles: "users roles",
    role_permissions: "roles permissions",
    sessions: "users",
    api_keys: "users",
    password_resets: "users",
    login_attempts: "users",
    organizations: "",
    memberships: "users organizations",
    invitations: "organizations users",
    audit_logs: "users",
    oauth_clients: "",
    oauth_tokens: "oauth_clients users",
    mfa_devices: "users",
    teams: "organizations",
    team_members: "teams users",
    preferences: "users",
    avatars: "users files",
  },
  shop: {
    products: "brands",
    categories: "categories",
    product_categories: "products categories",
    variants: "products",
    prices: "variants currencies",
    currencies: "",
    stock_items: "variants warehouses",
    warehouses: "",
    suppliers: "",
    supplier_products: "suppliers products",
    brands: "",
    attributes: "",
    attribute_values: "attributes",
    variant_attributes: "variants attribute_values",
    images: "products files",
    reviews: "products users",
    wishlists: "users",
    wishlist_items: "wishlists variants",
    bundles: "",
    bundle_items: "bundles variants",
  },
  orders: {
    orders: "users addresses",
    order_lines: "orders variants",
    carts: "users",
    cart_lines: "carts variants",
    payments: "orders payment_methods",
    payment_methods: "users",
    refunds: "payments",
    refund_lines: "refunds order_lines",
    shipments: "orders carriers",
    shipment_lines: "shipments order_lines",
    carriers: "",
    addresses: "users cities",
    coupons: "",
    coupon_uses: "coupons orders",
    taxes: "",
    tax_rates: "taxes regions",
    invoices: "orders",
    invoice_lines: "invoices order_lines",
    returns: "orders",
    return_lines: "returns order_lines",
  },
  crm: {
    contacts: "companies",
    companies: "",
    deals: "contacts deal_stages",
    deal_stages: "pipelines",
    pipelines: "",
    activities: "contacts users",
    notes: "contacts",
    tags: "",
    contact_tags: "contacts tags",
    campaigns: "templates",
    campaign_contacts: "campaigns contacts",
    emails: "contacts templates",
    email_events: "emails",
    templates: "",
    segments: "",
    segment_contacts: "segments contacts",
    tasks: "users contacts",
    task_comments: "tasks",
    calls: "contacts",
    meetings: "contacts",
  },
  ops: {
    jobs: "queues",
    job_runs: "jobs",
    queues: "",
    schedules: "jobs",
    events: "",
    webhooks: "",
    webhook_deliveries: "webhooks events",
    files: "",
    file_versions: "files",
    settings: "",
    feature_flags: "",
    flag_rules: "feature_flags",
    notifications: "users",
    devices: "users",
    locales: "",
    translations: "locales",
    countries: "",
    regions: "countries",
    cities: "regions",
    exchange_rates: "currencies",
  },
};
