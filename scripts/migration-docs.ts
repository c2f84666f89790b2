/**
 * Writes docs/what-pages-hear.md from what the tests of the old face compare: `node --import tsx scripts/migration-docs.ts`.
 */
import { writeFile } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import { format, resolveConfig } from 'prettier'
import {
  wrongArguments,
  wrongArgumentsWhenActing,
  type ActingState,
  type Attempt,
} from '../src/att/testing/measured-arguments.ts'
import { changes } from '../src/att/testing/measured-changes.ts'
import { conferences } from '../src/att/testing/measured-conferences.ts'
import { chains, type Rows, type Scenario } from '../src/att/testing/measured-flows.ts'
import { inStates } from '../src/att/testing/measured-in-states.ts'
import { losses } from '../src/att/testing/measured-losses.ts'
import { oneCall } from '../src/att/testing/measured-one-call.ts'
import { callStates, methodsInStates, type MethodRow } from '../src/att/testing/measured-states.ts'
import { twoCalls } from '../src/att/testing/measured-two-calls.ts'
import { reasons, type Reason } from '../src/att/testing/reasons.ts'

/** Where the page is kept. */
export const migrationDocsFile = new URL('../docs/what-pages-hear.md', import.meta.url)

const parts: Readonly<Record<string, readonly Scenario[]>> = {
  'Signing in and out, a call and its end': oneCall,
  'Hold, mute, tones, other media': changes,
  'A second call, transfer, move': twoCalls,
  Conferences: conferences,
  'Methods in states where they do something': inStates,
  'Sessions lost, gateways out of reach': losses,
}

const code = (text: string): string => `\`${text.replaceAll('|', '\\|')}\``

/** Eight times the same is told once, with its number. */
function shortened(row: string): string {
  const events = row.split(' → ')
  return events.length > 2 && new Set(events).size === 1 ? `${events.length} × ${events[0] ?? ''}` : row
}

function hears(rows: Rows): string {
  const told = Object.entries(rows).filter(([, row]) => row !== '')
  return told.map(([name, row]) => `${name}: ${code(shortened(row))}`).join('<br>') || 'nothing'
}

const line = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`

const table = (head: readonly string[], rows: readonly string[]): string =>
  [line(...head), line(...head.map(() => '---')), ...rows].join('\n')

const whyOf = (why: Reason | undefined): string => (why === undefined ? '' : reasons[why].replaceAll('|', '\\|'))

function flows(scenarios: readonly Scenario[]): string {
  const rows = scenarios.flatMap(({ name, begins, steps }) =>
    steps.map(({ does, measured, kept }, at) =>
      line(
        at === 0 ? `**${name}** (${begins})` : '',
        does,
        hears(measured),
        kept ? hears(kept.ours) : 'the same',
        whyOf(kept?.why),
      ),
    ),
  )
  return table(['scenario (at first)', 'your page does', 'original', 'att.js', 'why'], rows)
}

const outcome = (what: Attempt['measured']): string =>
  typeof what === 'string'
    ? what
    : Object.entries(what)
        .map(([state, came]) => `${came} (${state})`)
        .join(', ')

/** `{"destination":"!!"}`, with media elements as such. */
const shown = (given: readonly unknown[], elements: ReadonlySet<unknown>): string =>
  given.map((each) => JSON.stringify(each, (_, value: unknown) => (elements.has(value) ? 'element' : value))).join(', ')

/** The elements that arguments hold: `localMedia` and `remoteMedia` of what is right. */
function elementsOf(attempts: readonly Attempt[]): ReadonlySet<unknown> {
  const right = attempts.find(({ method, given }) => method === 'dial' && JSON.stringify(given).includes('"foo"'))
  const { localMedia, remoteMedia } = (right?.given[0] ?? {}) as { localMedia?: unknown; remoteMedia?: unknown }
  return new Set([localMedia, remoteMedia])
}

const elements = elementsOf(wrongArguments)

function refusals(attempts: readonly (Attempt & { readonly state?: ActingState })[]): string {
  const rows = attempts.map(({ method, given, measured, kept, state }) =>
    line(
      `${code(`${method}(${shown(given, elements)})`)}${state ? `, ${state}` : ''}`,
      outcome(measured),
      kept ? outcome(kept.ours) : 'the same',
      whyOf(kept?.why),
    ),
  )
  return table(['your page calls', 'original', 'att.js', 'why'], rows)
}

function states(methods: readonly MethodRow[]): string {
  const rows = methods.map(({ method, measured, kept }) => {
    const cells = measured.split(' ').map((cell, at) => {
      const ours = kept?.[callStates[at] ?? 'signed out']?.ours.replace(/ \{.*/, '').replace(/ \*$/, '')
      return ours === undefined ? cell.replace('.', '·') : `~~${cell}~~ ${ours}`
    })
    return line(code(method), ...cells)
  })
  return table(['method', ...callStates], rows)
}

const introduction = `# What pages hear

What SDK 1.0.2 of the original told in a browser, and what \`att.js\` tells. This page is written from the tables that the
tests of \`att.js\` go by, on the local network and on a gateway, in each browser: a row that says *the same* is compared event
by event, with what \`getCalls()\`, \`isCallInProgress()\` and \`getMediaType()\` say inside each handler. How to move a page is
in [migrating](migrating.md).

- \`→\` is the order on one phone.
- \`‹a>b op,G›\` is \`call:state-changed\` with \`oldState\`, \`newState\`, \`operation\` and \`generator\`: I initiator, R receiver. Other events have the latter two in parentheses.
- \`[…]\` holds the media type unless it is audio, \`#n\` an \`index\` other than 1, \`bg\` for \`background\`, \`new=\` the media type asked for, and \`message\` where there is one.
- Words in capitals are these chains; \`−\` leaves out the last event, \`by op,G\` gives that to each.
`

/** The page as it has to be, formatted. */
export async function migrationDocs(): Promise<string> {
  const page = [
    introduction,
    table(
      ['chain', 'events'],
      Object.entries(chains).map(([name, events]) => line(name, code(events))),
    ),
    ...Object.entries(parts).map(([title, scenarios]) => `\n## ${title}\n\n${flows(scenarios)}`),
    `\n## Wrong arguments\n\nThe code of the \`error\` event, which names the method. Nothing else is told.\n\n${refusals([...wrongArguments, ...wrongArgumentsWhenActing])}`,
    `\n## Methods in a wrong state\n\nThe code of the \`error\` event. \`·\`: the method does something, which the tables above tell. What is struck out is the original's where it differs. Somebody who is *invited* to a conference was measured for \`hangup\` alone; the rest of that column is what a call that rings gave.\n\n${states(methodsInStates)}`,
  ].join('\n')
  const options = await resolveConfig(migrationDocsFile)
  return format(page, { ...options, parser: 'markdown' })
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  await writeFile(migrationDocsFile, await migrationDocs())
