import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { packagePath } from "../src/document/package-files.js";

/**
 * Writes out, in the declarations that the build has made, the types that are derived from zod schemas. Who uses the
 * library then needs no zod, neither installed nor to be read by the compiler.
 */

/** Modules that only stand in for the types that are derived from them. */
const spared = /^(zod|.*\.schema\.js)$/;

/** No alias of zod's, and nothing left out. */
const inFull = ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.InTypeAlias;

interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const folder = packagePath("dist", "src");
const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".d.ts") && !name.endsWith(".schema.d.ts"))
  .map((name) => join(folder, name))
  .filter((file) => /from "(zod|.*\.schema\.js)"/.test(readFileSync(file, "utf8")));

const program = ts.createProgram(files, {
  module: ts.ModuleKind.NodeNext,
  target: ts.ScriptTarget.ES2023,
  lib: ["lib.es2023.d.ts"],
  types: ["node"],
  strict: true,
  exactOptionalPropertyTypes: true,
  noEmit: true,
});
const checker = program.getTypeChecker();
for (const file of files) writeFileSync(file, flattened(program.getSourceFile(file)!));

/**
 * A declaration file without its imports of schemas.
 * @throws Error when something of them is left
 */
function flattened(source: ts.SourceFile): string {
  const imports = source.statements.filter(ts.isImportDeclaration).filter(isSpared);
  const names = new Set(imports.flatMap(importedNames));
  const replacements: Replacement[] = imports.map((node) => ({ start: node.getFullStart(), end: node.end, text: "" }));
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) return;
    if (!isDerived(node, names)) {
      ts.forEachChild(node, visit);
      return;
    }
    const text = checker.typeToString(checker.getTypeFromTypeNode(node), source, inFull);
    if (text === "any" || /\bz\.|\$Zod/.test(text)) {
      throw new Error(`${source.fileName}: ${node.getText(source)} cannot be written out: ${text}`);
    }
    replacements.push({ start: node.getStart(source), end: node.end, text });
  };
  visit(source);
  const text = replace(source.text, replacements);
  const left = [...names].filter((name) => new RegExp(`\\b${name}\\b`).test(text));
  if (left.length > 0) throw new Error(`${source.fileName}: ${left.join(", ")} is still used`);
  return text;
}

function isSpared(node: ts.ImportDeclaration): boolean {
  return ts.isStringLiteral(node.moduleSpecifier) && spared.test(node.moduleSpecifier.text);
}

function importedNames({ importClause }: ts.ImportDeclaration): readonly string[] {
  const bindings = importClause?.namedBindings;
  return bindings !== undefined && ts.isNamedImports(bindings) ? bindings.elements.map(({ name }) => name.text) : [];
}

/** `z.infer<typeof schema>` or `(typeof names)[number]` of an imported schema. */
function isDerived(node: ts.Node, names: ReadonlySet<string>): node is ts.TypeNode {
  if (ts.isTypeReferenceNode(node)) {
    return (
      ts.isQualifiedName(node.typeName) && ts.isIdentifier(node.typeName.left) && names.has(node.typeName.left.text)
    );
  }
  if (!ts.isIndexedAccessTypeNode(node) || !ts.isParenthesizedTypeNode(node.objectType)) return false;
  const query = node.objectType.type;
  return ts.isTypeQueryNode(query) && ts.isIdentifier(query.exprName) && names.has(query.exprName.text);
}

function replace(text: string, replacements: readonly Replacement[]): string {
  return [...replacements]
    .sort((left, right) => right.start - left.start)
    .reduce((changed, { start, end, text: by }) => changed.slice(0, start) + by + changed.slice(end), text);
}
