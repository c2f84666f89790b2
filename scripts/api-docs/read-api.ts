import path from 'node:path'
import ts from 'typescript'
import { root } from '../project.ts'

export interface FieldEntry {
  readonly name: string
  readonly type: string
  readonly optional: boolean
  readonly meaning: string
}

export interface MemberEntry {
  readonly name: string
  /** As it is written in the source, without a body. */
  readonly signature: string
  readonly meaning: string
  /** `@param`, `@throws` and the like, a line each. */
  readonly notes: readonly string[]
  readonly deprecated: string | null
}

export interface EventEntry {
  readonly name: string
  readonly meaning: string
  readonly fields: readonly FieldEntry[]
}

export interface OptionsEntry {
  readonly name: string
  readonly meaning: string
  readonly fields: readonly FieldEntry[]
}

export interface Api {
  readonly members: readonly MemberEntry[]
  readonly events: readonly EventEntry[]
  /** The types that methods take and give. */
  readonly types: readonly OptionsEntry[]
}

const sources = ['phone.ts', 'phone-conference.ts', 'phone-devices.ts', 'phone-settings.ts', 'phone-events.ts'].map(
  (name) => path.join(root, 'src/phone', name),
)

/** The object types of the project that a reader of the methods has to look up. */
const described = /(?:Options|Info|Elements|Snapshot|Statistics|Party|Capabilities|Invitation|Participant)$/

/** Reads what the phone offers from its sources. */
export function readApi(): Api {
  const configuration = ts.readConfigFile(path.join(root, 'tsconfig.json'), (file) => ts.sys.readFile(file))
  const { options } = ts.parseJsonConfigFileContent(configuration.config, ts.sys, root)
  const program = ts.createProgram(sources, options)
  const reader = new Reader(program.getTypeChecker())
  const classes = sources.flatMap((file) => program.getSourceFile(file)?.statements.filter(ts.isClassDeclaration) ?? [])
  const members = classes.flatMap(({ members }) => members.filter(isPublic).map((member) => reader.member(member)))
  const events = sources
    .flatMap((file) => program.getSourceFile(file)?.statements.filter(ts.isInterfaceDeclaration) ?? [])
    .find(({ name }) => name.text === 'PhoneEvents')
  if (!events) throw new Error('There is no interface PhoneEvents in src/phone')
  return { members, events: reader.events(events), types: reader.types() }
}

type Member = ts.MethodDeclaration | ts.GetAccessorDeclaration | ts.PropertyDeclaration

function isPublic(member: ts.ClassElement): member is Member {
  if (!ts.isMethodDeclaration(member) && !ts.isGetAccessor(member) && !ts.isPropertyDeclaration(member)) return false
  if (ts.isPrivateIdentifier(member.name)) return false
  const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected
  return (ts.getCombinedModifierFlags(member) & hidden) === 0
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

class Reader {
  readonly #checker: ts.TypeChecker
  readonly #types = new Map<string, OptionsEntry>()

  constructor(checker: ts.TypeChecker) {
    this.#checker = checker
  }

  member(member: Member): MemberEntry {
    this.#visit(member)
    const body = ts.isPropertyDeclaration(member) ? member.initializer : member.body
    const text = body ? member.getText().slice(0, body.getStart() - member.getStart()) : member.getText()
    const tags = ts.getJSDocTags(member)
    const words = (tag: ts.JSDocTag) => oneLine(ts.getTextOfJSDocComment(tag.comment) ?? '')
    const deprecated = tags.find(({ tagName }) => tagName.text === 'deprecated')
    return {
      name: member.name.getText(),
      signature: oneLine(text.replace(/\s*(=|\{)?\s*$/, '')),
      meaning: this.#meaning(this.#checker.getSymbolAtLocation(member.name)),
      notes: tags.flatMap((tag) => {
        if (ts.isJSDocParameterTag(tag)) return [`\`${tag.name.getText()}\`: ${words(tag)}`]
        return ts.isJSDocThrowsTag(tag) ? [`Throws ${words(tag)}`] : []
      }),
      deprecated: deprecated ? words(deprecated) : null,
    }
  }

  events(declaration: ts.InterfaceDeclaration): readonly EventEntry[] {
    const type = this.#checker.getTypeAtLocation(declaration)
    return this.#checker.getPropertiesOfType(type).map((event) => ({
      name: event.getName(),
      meaning: this.#meaning(event),
      fields: this.#fields(this.#checker.getTypeOfSymbol(event), declaration),
    }))
  }

  types(): readonly OptionsEntry[] {
    return [...this.#types.values()].sort((one, other) => (one.name < other.name ? -1 : 1))
  }

  /** Takes down the types that a declaration names, and those that they name. */
  #visit(node: ts.Node): void {
    if (ts.isBlock(node)) return
    if (ts.isTypeReferenceNode(node)) {
      const symbol =
        this.#checker.getTypeAtLocation(node).aliasSymbol ?? this.#checker.getTypeAtLocation(node).getSymbol()
      const declaration = symbol?.declarations?.find(ts.isInterfaceDeclaration)
      if (symbol && declaration) this.#describe(symbol, declaration)
    }
    ts.forEachChild(node, (child) => this.#visit(child))
  }

  #describe(symbol: ts.Symbol, declaration: ts.InterfaceDeclaration): void {
    const name = symbol.getName()
    if (this.#types.has(name) || !described.test(name)) return
    const entry = {
      name,
      meaning: this.#meaning(symbol),
      fields: this.#fields(this.#checker.getTypeAtLocation(declaration), declaration),
    }
    this.#types.set(name, entry)
    ts.forEachChild(declaration, (child) => this.#visit(child))
  }

  /** The fields that the project declares; those of a base such as Error are the platform's. */
  #fields(type: ts.Type, place: ts.Node): readonly FieldEntry[] {
    return this.#checker
      .getPropertiesOfType(type)
      .filter(({ declarations }) =>
        declarations?.some((each) => !each.getSourceFile().fileName.includes('node_modules')),
      )
      .filter(
        ({ declarations }) =>
          !declarations?.every((each) => ts.isMethodDeclaration(each) || ts.isMethodSignature(each)),
      )
      .map((field) => ({
        name: field.getName(),
        type: this.#written(field) ?? this.#checker.typeToString(this.#checker.getTypeOfSymbolAtLocation(field, place)),
        optional: (field.flags & ts.SymbolFlags.Optional) !== 0,
        meaning: this.#meaning(field),
      }))
  }

  /** The type as the source writes it, where it does: with the names that a reader can look up. */
  #written(field: ts.Symbol): string | undefined {
    const declaration = field.declarations?.find(
      (each) => ts.isPropertySignature(each) || ts.isPropertyDeclaration(each),
    )
    const type =
      declaration && (ts.isPropertySignature(declaration) || ts.isPropertyDeclaration(declaration))
        ? declaration.type
        : undefined
    return type && oneLine(type.getText())
  }

  #meaning(symbol: ts.Symbol | undefined): string {
    return symbol ? oneLine(ts.displayPartsToString(symbol.getDocumentationComment(this.#checker))) : ''
  }
}
