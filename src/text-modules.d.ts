/** Templates are embedded as text: `import text from "….yaml" with { type: "text" }`. */
declare module "*.yaml" {
  const text: string;
  export default text;
}
