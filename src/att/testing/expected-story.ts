import { chains } from './measured-flows.ts'

/** A state that `getCalls` lists. */
const counted = /^(connected|held|modification-initiated|modification-accepted|disconnecting)$/

interface Mentioned {
  readonly state: string
  readonly video: boolean
  readonly breed: string
}

/** `END#2 video from held`, `END by upgrade,I` while that is open, or ` bg created>connecting,connecting>connected` for the changes told as background. */
const chainPattern = /^([A-Z]+−?)(#\d)?( video)?(?: from (\S+))?(?: by (\S+))?(?: bg (\S+))?$/

/** The events of a chain; HOLD− and RESUME− are without the last. */
function unfold(part: string): readonly string[] {
  const [, name = '', ordinal = '', video = '', from, by, behind = ''] = chainPattern.exec(part) ?? []
  const chain = chains[name.replace('−', '')]
  if (!chain) return [part]
  const events = chain.split(' → ')
  if (name.endsWith('−')) events.pop()
  return events.map((event, at) => {
    const begun = from && at === 0 ? event.replace(/‹\w+>/, `‹${from}>`) : event
    const told = begun.replace(/^call:/, '').replace(/‹(\S+?)( .*)?›/, '$1')
    const marks = [
      video.trim(),
      // call:connected is not meant where connecting>connected is.
      behind.split(',').includes(told) && 'bg',
      !['dialing', 'answering', 'conference:joining'].includes(event) && ordinal,
    ].filter(Boolean)
    const changed = !by ? begun : begun.endsWith('›') ? begun.replace('›', ` ${by}›`) : `${begun}(${by})`
    return marks.length > 0 ? `${changed} [${marks.join(' ')}]` : changed
  })
}

/**
 * A row of the table event by event, each with what its handlers read, from what they would have read before. It
 * remembers what they read last.
 */
export class ExpectedStory {
  readonly #calls = new Map<number, Mentioned>()
  /** Which calls are conferences, from their connecting on. */
  readonly #breeds = new Map<number, string>()
  #front = 0

  /** The same story, to go on with by another row. */
  copy(): ExpectedStory {
    const copy = new ExpectedStory()
    for (const each of this.#calls) copy.#calls.set(...each)
    for (const each of this.#breeds) copy.#breeds.set(...each)
    copy.#front = this.#front
    return copy
  }

  /** The lines of a row. */
  follow(row: string): readonly string[] {
    if (row === '') return []
    return row
      .split(' → ')
      .flatMap(unfold)
      .map((event) => {
        this.#take(event)
        return `${event} ${this.#read()}`
      })
  }

  #take(event: string): void {
    const [, brackets = ''] = /\[(.*)\]/.exec(event) ?? []
    const index = Number(/#(\d)/.exec(brackets)?.[1] ?? 1)
    const video = /\bvideo\b/.test(brackets.replace(/new=\w+/, ''))
    const [, to] = /‹[\w-]+>([\w-]+)/.exec(event) ?? []
    const [, switchedTo] = /^session:call-switched\(.*, (\d) /.exec(event) ?? []
    if (switchedTo) this.#front = Number(switchedTo)
    if (event.startsWith('conference:con')) this.#breeds.set(index, 'conf ')
    const before = this.#calls.get(index)
    // The description that ends a change is in force, and media flow, before the change is told.
    const state = to ?? (/^media:established\(\w+,I\)/.test(event) ? 'connected' : undefined)
    if (!state) return
    if (!counted.test(state)) {
      this.#calls.delete(index)
      this.#breeds.delete(index)
      if (this.#front === index) this.#front = [...this.#calls.keys()][0] ?? 0
      return
    }
    if (!before) this.#front = index
    this.#calls.set(index, { state, video, breed: before?.breed ?? this.#breeds.get(index) ?? '' })
  }

  #read(): string {
    const calls = [...this.#calls].sort(([one], [other]) => one - other)
    const listed = calls.map(([index, { state, breed }]) => `${index}:${breed}${state}`).join('+')
    const front = this.#calls.get(this.#front)
    const mediaType = front ? (front.video ? 'video' : 'audio') : 'null'
    return `{${listed || '-'}, ${listed ? 't' : 'f'}, ${mediaType}}`
  }
}
