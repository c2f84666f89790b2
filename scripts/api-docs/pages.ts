import { allErrorTexts } from '../../src/phone/error-catalogue.ts'
import type { ErrorText } from '../../src/phone/error-text.ts'
import { methodReference, type MethodReference } from '../../src/phone/api/method-reference.fixture.ts'
import type { Api, EventEntry, FieldEntry, MemberEntry, OptionsEntry } from './read-api.ts'

const overview = `# The phone

\`Phone\` is the engine behind the tags. \`<att-phone>.phone\` is one, \`Phone.getPhone()\` the page's own, and \`new Phone(options)\` makes another.

\`\`\`js
import { Phone } from 'att-phone/engine'

const phone = Phone.getPhone()
phone.on('call:incoming', ({ from }) => console.log(from, 'calls'))
await phone.login({ userId: 'alice' })
await phone.dial({ destination: 'echo', mediaType: 'audio' })
\`\`\`

- [Methods](methods.md): what each does, what it fires, and the codes it refuses with.
- [Events](events.md): when each fires, and what it carries.
- [Types](types.md): what methods take and give.
- [Errors](../errors.md): every code with its cause and remedy.

Every method that reaches the network returns a promise that settles when the network has confirmed. A refusal rejects with a \`PhoneError\`, which the \`error\` event carries too; a page may ignore the promise. Arguments are checked before anything is done, in the order of the codes: options, destination or media type, media elements, sign-in, state of the calls. A refused call changes nothing.
`

const texts = allErrorTexts()

/** The catalogue calls the method behind 4200 to 4203 by its older name. */
const catalogueName = (method: string): string => (method === 'switchCall' ? 'switch' : method)

/** Text for a cell of a table. */
const cell = (text: string): string => text.replace(/[\\|<]/g, '\\$&')

const code = (text: string): string => `\`${text.replaceAll('|', '\\|')}\``

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

const anchor = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^\w -]/g, '')
    .replaceAll(' ', '-')

const eventLink = (name: string): string => `[${name}](events.md#${anchor(name)})`

function errorsOf(method: string): readonly ErrorText[] {
  return texts.filter((text) => text.method === catalogueName(method))
}

function methodSection({ name, signature, meaning, notes, deprecated }: MemberEntry): string {
  const { fires }: MethodReference = methodReference[name as keyof typeof methodReference] ?? { fires: [], codes: [] }
  const errors = errorsOf(name)
  return [
    `## ${name}`,
    `\`\`\`ts\n${signature}\n\`\`\``,
    deprecated === null ? '' : `**Deprecated** ${deprecated}`,
    meaning,
    notes.map((note) => `- ${note}`).join('\n'),
    fires.length > 0 ? `Fires ${fires.map(eventLink).join(', ')}.` : '',
    errors.length > 0
      ? table(
          ['Error', 'Message', 'Cause', 'Remedy'],
          errors.map((text) => [text.code, cell(text.message), cell(text.cause), cell(text.resolution)]),
        )
      : '',
  ]
    .filter(Boolean)
    .join('\n\n')
}

function fieldTable(fields: readonly FieldEntry[]): string {
  const rows = fields.map(({ name, type, optional, meaning }) => [
    `\`${name}\`${optional ? '?' : ''}`,
    code(type),
    cell(meaning),
  ])
  return table(['Field', 'Type', 'Meaning'], rows)
}

function eventSection({ name, meaning, fields }: EventEntry): string {
  const payload = fields.length > 0 ? fieldTable(fields) : 'Carries nothing.'
  return [`## ${name}`, meaning, payload].filter(Boolean).join('\n\n')
}

function typeSection({ name, meaning, fields }: OptionsEntry): string {
  return [`## ${name}`, meaning, fieldTable(fields)].filter(Boolean).join('\n\n')
}

const byName = <T extends { readonly name: string }>(entries: readonly T[]): readonly T[] =>
  [...entries].sort((one, other) => (one.name < other.name ? -1 : 1))

/** The pages of the reference, by file name, not formatted yet. */
export function apiPages({ members, events, types }: Api): Readonly<Record<string, string>> {
  const common = texts.filter(({ method, code }) => method === 'any' && code < '0100').map(({ code }) => code)
  return {
    'README.md': overview,
    'methods.md': [
      '# Methods',
      `Beside its own codes a method can fail with ${common.join(', ')}, and with what the network answers: see [errors](../errors.md).`,
      ...byName(members).map(methodSection),
    ].join('\n\n'),
    'events.md': [
      '# Events',
      'Listen with `phone.on(name, handler)`. A field marked `?` may be absent. Texts that come from the network are hostile: show them as text, never as markup.',
      ...byName(events).map(eventSection),
    ].join('\n\n'),
    'types.md': ['# Types', ...types.map(typeSection)].join('\n\n'),
  }
}
