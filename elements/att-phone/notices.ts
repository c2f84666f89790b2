import type { PhoneError } from '../../src/phone/phone-error.ts'
import { callName } from '../base/call-words.ts'
import { errorWords } from '../base/error-words.ts'
import { partyName } from '../base/party-name.ts'
import { activeCall, shownCall } from '../base/phone-state.ts'
import type { Phone } from '../../src/phone/phone.ts'
import type { Party, PhoneSnapshot, RefusedChange } from '../../src/phone/snapshot.ts'
import type { Trouble } from '../locales/en.ts'
import type { Messages } from '../locales/locale-table.ts'

export interface Question {
  readonly accept: () => Promise<void>
  readonly refuse: () => Promise<void>
}

/** Trouble, as a person is told of it. */
export interface Notice {
  readonly text: Trouble
  readonly kind: 'info' | 'error'
  /** The error this speaks of, which can be dismissed. */
  readonly error?: PhoneError
  /** The refusal this speaks of, which can be dismissed. */
  readonly refused?: RefusedChange
  /** The other side waits for a yes or no: to other media, or to another party in its place. */
  readonly question?: Question
  /** Ends with a button that lets the page sound. */
  readonly sound?: true
}

/** Who is to be called, so that it cannot be taken for somebody else: with its domain, where that is another. */
function targetName(phone: Phone, { address, uri }: Party): string {
  const domainOf = (text: string | null): string => /@([^@]*)$/.exec(text ?? '')?.[1] ?? ''
  const domain = domainOf(address)
  const isOwn = domain === '' || domain === domainOf(phone.snapshot.session.userId)
  return isOwn ? partyName(phone, { address, uri }, address) : address
}

function* questions(phone: Phone, snapshot: PhoneSnapshot, messages: Messages): Generator<Notice> {
  const call = activeCall(snapshot)
  if (call?.asked) {
    const question = {
      accept: () => phone.acceptModification(),
      refuse: () => phone.rejectModification({ keepsMedia: true }),
    }
    yield { text: call.newMediaType === 'video' ? messages.asksVideo : messages.asksAudio, kind: 'info', question }
  }
  yield* handOvers(phone, snapshot, messages)
  // Also of a call that waits: the other side may be tired of it.
  const asking = call?.transferTo ? call : snapshot.calls.find(({ transferTo }) => transferTo)
  if (!asking?.transferTo) return
  const question = { accept: () => phone.acceptTransfer(), refuse: () => phone.rejectTransfer() }
  const { transferTo } = asking
  const text = messages.asksTransfer(callName(phone, asking, messages), targetName(phone, transferTo))
  yield { text, kind: 'info', question }
}

/** A host who leaves asks whether this person goes on as the host. */
function* handOvers(phone: Phone, { calls }: PhoneSnapshot, messages: Messages): Generator<Notice> {
  const asking = calls.filter(({ handOverAsked }) => handOverAsked)
  const call = asking.find(({ foreground }) => foreground) ?? asking[0]
  if (!call) return
  const question = { accept: () => phone.acceptHandOver(), refuse: () => phone.rejectHandOver() }
  yield { text: messages.asksHandOver(partyName(phone, call.remote, messages)), kind: 'info', question }
}

/** Who asked is told that the other side goes on as before. */
function* refusals(phone: Phone, snapshot: PhoneSnapshot, messages: Messages): Generator<Notice> {
  const call = activeCall(snapshot)
  if (call?.refused?.mediaType !== 'video') return
  const words = call.refused.unanswered ? messages.unansweredVideo : messages.refusedVideo
  yield { text: words(callName(phone, call, messages)), kind: 'info', refused: call.refused }
}

function* linkNotices(snapshot: PhoneSnapshot, messages: Messages): Generator<Notice> {
  const call = activeCall(snapshot)
  if (!snapshot.online) yield { text: messages.offline, kind: 'error' }
  else if (call && call.link !== 'ok') {
    yield call.link === 'lost'
      ? { text: messages.linkLost, kind: 'error' }
      : { text: messages.linkRecovering, kind: 'info' }
  } else if (snapshot.session.state === 'recovering') yield { text: messages.sessionRecovering, kind: 'info' }
}

function* deviceNotices(snapshot: PhoneSnapshot, messages: Messages): Generator<Notice> {
  const { devices, session } = snapshot
  if (session.asking) yield { text: messages.askingLocalNetwork, kind: 'info' }
  if (devices.microphone === 'asking') yield { text: messages.askingMicrophone, kind: 'info' }
  else if (devices.camera === 'asking') yield { text: messages.askingCamera, kind: 'info' }
  const call = shownCall(snapshot)
  if (devices.output === 'blocked' && call) yield { text: messages.soundBlocked, kind: 'info', sound: true }
  if (call?.mediaType === 'video' && devices.camera === 'missing') yield { text: messages.cameraMissing, kind: 'info' }
}

/** Whether a notice of the devices says already, with what it offers to do, what this error says. */
function isTold({ ErrorCode }: PhoneError, snapshot: PhoneSnapshot): boolean {
  const call = shownCall(snapshot)
  if (ErrorCode === '0037') return snapshot.devices.output === 'blocked' && call !== null
  return ErrorCode === '0028' && snapshot.devices.camera === 'missing' && call?.mediaType === 'video'
}

/** All that troubles this phone now, the most pressing first; what was dismissed is left out. */
export function noticesOf(
  phone: Phone,
  snapshot: PhoneSnapshot,
  messages: Messages,
  ...dismissed: readonly unknown[]
): readonly Notice[] {
  const { error } = snapshot
  const errors: Notice[] =
    error && !dismissed.includes(error) && !isTold(error, snapshot)
      ? [{ text: errorWords(error, snapshot, messages), kind: 'error', error }]
      : []
  return [
    ...questions(phone, snapshot, messages),
    ...deviceNotices(snapshot, messages),
    ...linkNotices(snapshot, messages),
    ...[...refusals(phone, snapshot, messages)].filter(({ refused }) => !dismissed.includes(refused)),
    ...errors,
  ]
}
