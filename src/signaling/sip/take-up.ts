import { NameAddrHeader, URI, type UA } from 'jssip'
import type { RTCSession } from 'jssip/lib/RTCSession.js'
import { agreeOnTimer, inside, type DialogRecord } from './dialog-record.ts'
import type { LegRecord } from './leg-options.ts'
import type { Section } from './media-lines.ts'

interface InsideAgent {
  readonly _sessions: Record<string, RTCSession>
  destroyRTCSession(session: RTCSession): void
  removeListener(name: 'newRTCSession', listener: (event: never) => void): void
}

/** Numbers that a page may have used after it wrote down the last one: a sequence may have gaps (RFC 3261, 12.2.1.1). */
const unknownRequests = 100

/** More than any call has. */
const mostRoutes = 20
const mostSections = 32

const unreadable = (): TypeError => new TypeError('A call that was kept cannot be read')

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Text that stays in its header field. */
const isField = (value: unknown): value is string => typeof value === 'string' && /^[^\0-\x1f\x7f]{1,2000}$/.test(value)

/** Call-ID, or a tag. */
const isWord = (value: unknown): value is string => isField(value) && !/[\s;,]/.test(value)

/** A sequence number with room for more (RFC 3261, 8.1.1.5), or a time in s. */
const isNumber = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) >= 0 && Number(value) < 2 ** 30

const isSection = (value: unknown): value is Section =>
  isObject(value) &&
  (value['kind'] === 'audio' || value['kind'] === 'video') &&
  ['sendrecv', 'sendonly', 'recvonly', 'inactive'].includes(String(value['wanted']))

function isDialog(value: unknown): value is DialogRecord {
  if (!isObject(value)) return false
  const { incoming, callId, fromTag, toTag, local, remote, target, routes, sent, heard, expires, refresher } = value
  return (
    [callId, fromTag, toTag].every(isWord) &&
    [local, remote, target].every(isField) &&
    [incoming, refresher].every((flag) => typeof flag === 'boolean') &&
    Array.isArray(routes) &&
    routes.length <= mostRoutes &&
    routes.every(isField) &&
    isNumber(sent) &&
    [heard, expires].every((number) => number === null || isNumber(number))
  )
}

/**
 * What a page wrote down of a leg: any script of the site can write there.
 *
 * @throws {TypeError} where it is anything else.
 */
export function readLegRecord(value: unknown): LegRecord {
  if (!isObject(value)) throw unreadable()
  const { dialog, party, mediaType, sections, held, remoteHeld } = value
  const isWhole =
    isDialog(dialog) &&
    isObject(party) &&
    [party['address'], party['uri']].every((text) => typeof text === 'string') &&
    (mediaType === 'audio' || mediaType === 'video') &&
    Array.isArray(sections) &&
    sections.length <= mostSections &&
    sections.every(isSection) &&
    [held, remoteHeld].every((flag) => typeof flag === 'boolean')
  if (!isWhole) throw unreadable()
  return value as unknown as LegRecord
}

/**
 * Makes a session of JsSIP's that goes on with a dialog of another page, by a connection of its own. It is begun as any
 * call is, and stops before its invitation leaves.
 *
 * @throws {TypeError} where its addresses cannot be read.
 */
export function restoreSession(ua: UA, record: DialogRecord, options: object): RTCSession {
  const { incoming, callId, fromTag, toTag } = record
  const [local, remote] = [NameAddrHeader.parse(record.local), NameAddrHeader.parse(record.remote)] as [
    NameAddrHeader | undefined,
    NameAddrHeader | undefined,
  ]
  const target = URI.parse(record.target) as URI | undefined
  if (!local || !remote || !target) throw unreadable()
  const agent = ua as unknown as InsideAgent
  const hold = ({ session }: { session: RTCSession }) => (inside(session)._sendInitialRequest = () => {})
  ua.on('newRTCSession', hold)
  const session = ua.call(record.target, options)
  agent.removeListener('newRTCSession', hold)
  const inner = inside(session)
  agent.destroyRTCSession(session)
  inner._request.call_id = callId
  inner._id = `${callId}${fromTag}`
  agent._sessions[inner._id] = session
  inner._direction = incoming ? 'incoming' : 'outgoing'
  inner._local_identity = local
  inner._remote_identity = remote
  inner._status = inner.C.STATUS_CONFIRMED
  inner._is_confirmed = true
  const uris: Readonly<Record<string, URI>> = {
    contact: target,
    from: incoming ? remote.uri : local.uri,
    to: incoming ? local.uri : remote.uri,
  }
  const invitation = {
    call_id: callId,
    from_tag: fromTag,
    to_tag: toTag,
    cseq: 0,
    hasHeader: () => true,
    parseHeader: (name: string) => ({ uri: uris[name] }),
    getHeaders: () => [],
  }
  inner._createDialog(invitation, incoming ? 'UAS' : 'UAC', false)
  const { _dialog: dialog } = inner
  if (!dialog) throw unreadable()
  dialog._route_set = record.routes
  dialog._local_seqnum = record.sent + unknownRequests
  dialog._remote_seqnum = record.heard ?? undefined
  dialog._incoming_ack_seqnum = null
  dialog._outgoing_ack_seqnum = dialog._local_seqnum
  if (record.expires !== null)
    Object.assign(inner._sessionTimers, { currentExpires: record.expires, refresher: record.refresher, running: true })
  agreeOnTimer(session)
  return session
}
