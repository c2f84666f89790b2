import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { filesBelow, root } from './project.ts'

/** The specifier of a module that a node imports, exports from, augments or takes a type of. */
function specifierOf(node: ts.Node): ts.StringLiteralLike | undefined {
  const named = (name: ts.Node | undefined): ts.StringLiteralLike | undefined =>
    name && ts.isStringLiteralLike(name) ? name : undefined
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return named(node.moduleSpecifier)
  if (ts.isModuleDeclaration(node)) return named(node.name)
  if (ts.isExternalModuleReference(node)) return named(node.expression)
  if (ts.isImportTypeNode(node)) return ts.isLiteralTypeNode(node.argument) ? named(node.argument.literal) : undefined
  const isImport = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
  return isImport ? named(node.arguments[0]) : undefined
}

function specifiersIn(node: ts.Node): readonly ts.StringLiteralLike[] {
  const own = specifierOf(node)
  const found = own ? [own] : []
  ts.forEachChild(node, (inner) => void found.push(...specifiersIn(inner)))
  return found
}

/** `./x.ts` of a source as `./x.js` of the package. The name keeps its length, so source maps stay right. */
export const published = (specifier: string): string =>
  /^\.{1,2}\//.test(specifier) ? specifier.replace(/(?<!\.d)\.([mc]?)ts$/, '.$1js') : specifier

/** The text of a module or a declaration with every relative specifier as the package has the file. */
export function withPublishedSpecifiers(text: string, file: string): string {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest)
  let result = text
  for (const literal of specifiersIn(source)) {
    // Between the quotes, which stay as they are.
    const start = literal.getStart(source) + 1
    const end = literal.getEnd() - 1
    result = result.slice(0, start) + published(text.slice(start, end)) + result.slice(end)
  }
  return result
}

/**
 * Gives every module and declaration below `folders` specifiers that the package has files for. The compiler does so
 * for most, by `rewriteRelativeImportExtensions`: it leaves some `import()` of TypeScript 6, and every declaration.
 */
export function publishSpecifiers(...folders: readonly string[]): void {
  for (const file of folders.flatMap((folder) => [...filesBelow(folder, '.js'), ...filesBelow(folder, '.d.ts')])) {
    const place = path.join(root, file)
    const text = readFileSync(place, 'utf8')
    const rewritten = withPublishedSpecifiers(text, file)
    if (rewritten !== text) writeFileSync(place, rewritten)
  }
}

if (process.argv[1] === import.meta.filename) publishSpecifiers(...process.argv.slice(2))
