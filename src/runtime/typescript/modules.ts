import { dirname, join } from "node:path";
import type {
  ClassDeclaration,
  ExportDefaultDeclaration,
  ExportNamedDeclaration,
  Expression,
  File,
  ImportDeclaration,
  Statement,
  TSEnumDeclaration,
  TSInterfaceDeclaration,
  TSTypeAliasDeclaration,
} from "@babel/types";
import type { Position } from "../../core/errors.ts";
import type { Problem } from "../../core/schema/problem.ts";
import { positionOf, type SourceText } from "./source.ts";
import { type Doc, docOf } from "./tags.ts";

export type TypeNode = TSInterfaceDeclaration | TSTypeAliasDeclaration | ClassDeclaration | TSEnumDeclaration;

/** A type with a name. Several interfaces of a name in one file are one type. */
export interface TypeDeclaration {
  readonly name: string;
  readonly module: Module;
  readonly nodes: readonly TypeNode[];
  readonly doc: Doc;
  readonly at: Position;
}

/** What a file declares, by the names that it has inside. */
export interface Module {
  readonly source: SourceText;
  readonly types: Map<string, TypeDeclaration>;
  /** Values of `const`. */
  readonly constants: Map<string, Expression>;
  /** Local name → where it comes from. */
  readonly imports: Map<string, Imported>;
  /** Name outside → name inside, where they differ. */
  readonly exports: Map<string, string>;
  /** Declarations that have no name to call a table by. */
  readonly nameless: Position[];
}

interface Imported {
  readonly from: string;
  /** `*` for all of it. */
  readonly name: string;
}

/** Collects what a file declares, in namespaces too. */
export function moduleOf(file: File, source: SourceText, problems: Problem[]): Module {
  const module: Module = {
    source,
    types: new Map(),
    constants: new Map(),
    imports: new Map(),
    exports: new Map(),
    nameless: [],
  };
  collect(file.program.body, module, problems);
  return module;
}

/** The type that a name stands for in a file: one of its own or of another one of the given files; `undefined` for all else. */
export const lookUp = (name: string, module: Module, modules: readonly Module[]): TypeDeclaration | undefined =>
  follow(name, { module, modules, seen: new Set(), of: ({ types }) => types });

/** The value of the constant that a name stands for in a file. */
export const lookUpConstant = (name: string, module: Module, modules: readonly Module[]): Expression | undefined =>
  follow(name, { module, modules, seen: new Set(), of: ({ constants }) => constants });

/** Where a name comes from that no given file declares. */
export const importedFrom = (name: string, module: Module): string | undefined => module.imports.get(name)?.from;

interface Search<T> {
  readonly module: Module;
  readonly modules: readonly Module[];
  /** Where it was looked already. */
  readonly seen: Set<string>;
  readonly of: (module: Module) => ReadonlyMap<string, T>;
}

function follow<T>(name: string, search: Search<T>): T | undefined {
  const { module, modules, seen, of } = search;
  const key = `${module.source.path}\0${name}`;
  if (seen.has(key)) return undefined;
  seen.add(key);
  const own = of(module).get(name);
  if (own) return own;
  const imported = module.imports.get(name);
  if (!imported || imported.name === "*") return undefined;
  const target = fileOf(imported.from, module, modules);
  const inside = target?.exports.get(imported.name) ?? imported.name;
  const found = target && follow(inside, { ...search, module: target });
  if (found) return found;
  // Through files that only pass it on, and by paths that a tsconfig.json explains, it has its name all the same.
  const named = modules.flatMap((other) => of(other).get(imported.name) ?? []);
  return named.length === 1 ? named[0] : undefined;
}

/** The given file that an import of another one means. */
function fileOf(from: string, module: Module, modules: readonly Module[]): Module | undefined {
  if (!from.startsWith(".")) return undefined;
  const path = join(dirname(module.source.path), from);
  const plain = path.replace(/\.[cm]?[jt]sx?$/, "");
  const names = [path, plain, join(path, "index")].flatMap((p) =>
    ["", ".ts", ".tsx", ".mts", ".cts", ".d.ts"].map((extension) => p + extension),
  );
  return modules.find(({ source }) => names.includes(source.path));
}

function collect(statements: readonly Statement[], module: Module, problems: Problem[]): void {
  for (const statement of statements) collectStatement(statement, statement, module, problems);
}

/** `outer` is what the comment stands before: the export of the declaration, or itself. */
function collectStatement(statement: Statement, outer: Statement, module: Module, problems: Problem[]): void {
  switch (statement.type) {
    case "ImportDeclaration":
      collectImports(statement, module);
      break;
    case "ExportNamedDeclaration":
      if (statement.declaration) collectStatement(statement.declaration, statement, module, problems);
      else collectExports(statement, module);
      break;
    case "ExportDefaultDeclaration":
      collectDefault(statement, module, problems);
      break;
    case "TSModuleDeclaration":
      if (statement.body.type === "TSModuleBlock") collect(statement.body.body, module, problems);
      else collectStatement(statement.body, statement, module, problems);
      break;
    case "VariableDeclaration":
      for (const { id, init } of statement.declarations)
        if (statement.kind === "const" && id.type === "Identifier" && init) module.constants.set(id.name, init);
      break;
    case "TSInterfaceDeclaration":
    case "TSTypeAliasDeclaration":
    case "ClassDeclaration":
    case "TSEnumDeclaration":
      addType(statement, outer, module, problems);
      break;
    default:
  }
}

/** `export { a as b }`, of the file or passed on from another one. */
function collectExports({ specifiers, source }: ExportNamedDeclaration, module: Module): void {
  for (const specifier of specifiers) {
    if (specifier.type !== "ExportSpecifier") continue;
    const outside = nameOf(specifier.exported);
    if (source) module.imports.set(outside, { from: source.value, name: specifier.local.name });
    else module.exports.set(outside, specifier.local.name);
  }
}

function collectDefault(statement: ExportDefaultDeclaration, module: Module, problems: Problem[]): void {
  // An interface can be exported like this, too, which the types of the parser do not know.
  const declaration = statement.declaration as typeof statement.declaration | TSInterfaceDeclaration;
  if (declaration.type === "Identifier") module.exports.set("default", declaration.name);
  if (declaration.type !== "ClassDeclaration" && declaration.type !== "TSInterfaceDeclaration") return;
  if (declaration.id) module.exports.set("default", declaration.id.name);
  else module.nameless.push(positionOf(statement, module.source));
  collectStatement(declaration, statement, module, problems);
}

function addType(node: TypeNode, outer: Statement, module: Module, problems: Problem[]): void {
  if (!node.id) return;
  const { name } = node.id;
  const doc = docOf([outer, ...decoratorsOf(node), node, node.id], module.source, problems);
  const earlier = module.types.get(name);
  const tags = [...(earlier?.doc.tags ?? []), ...doc.tags];
  module.types.set(name, {
    name,
    module,
    nodes: [...(earlier?.nodes ?? []), node],
    doc: { ...earlier?.doc, ...doc, tags },
    at: earlier?.at ?? positionOf(node, module.source),
  });
}

/** A comment may stand behind the decorators, too. */
const decoratorsOf = (node: TypeNode) => (node.type === "ClassDeclaration" ? (node.decorators ?? []) : []);

function collectImports({ specifiers, source }: ImportDeclaration, module: Module): void {
  for (const specifier of specifiers) {
    const name =
      specifier.type === "ImportSpecifier"
        ? nameOf(specifier.imported)
        : specifier.type === "ImportDefaultSpecifier"
          ? "default"
          : "*";
    module.imports.set(specifier.local.name, { from: source.value, name });
  }
}

const nameOf = (
  node: { readonly type: "Identifier"; name: string } | { readonly type: "StringLiteral"; value: string },
) => (node.type === "Identifier" ? node.name : node.value);
