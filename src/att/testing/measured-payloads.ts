/*
 * The fields of each event, as measured on SDK 1.0.2, beyond `timestamp`. `?`: where it applies. `party` is one of `to` and
 * `from`. In parentheses what att.js has besides, each of them a row of the guide; `type` of a notification is one that it lacks.
 */

const ofCall = 'index callType party mediaType codec generator? operation? background? message?'
/** A conference has no other party at its host; who takes part is given by the specification. */
const ofConference = `${ofCall.replace('party', 'party?')} (participants?) (invitations?)`
const ofEither = ofCall.replace('party', 'party?')
const early = '(index) party mediaType codec'
/** The specification names both parties of a tone. */
const ofTone = ofCall.replace('party', '(to) (from)')

const fields: Readonly<Record<string, string>> = {
  dialing: early.replace(' codec', ''),
  'call:incoming': early,
  answering: early,
  'conference:invitation-received': `${early} (participants?) (invitations?)`,
  'conference:joining': early,
  'call:connecting': ofCall,
  'call:connected': `${ofCall} (downgrade?)`,
  'call:disconnecting': ofCall,
  'call:disconnected': ofCall,
  'call:canceled': ofCall,
  'call:rejected': ofCall,
  'call:muted': ofEither,
  'call:unmuted': ofEither,
  'call:held': ofCall,
  'call:resumed': ofCall,
  'call:modification-in-progress': ofCall,
  'call:media-modification': `${ofCall} newMediaType`,
  'call:state-changed': `${ofEither} oldState newState`,
  'media:established': ofEither,
  'dtmf:tone-sending': ofTone,
  'dtmf:tone-sent': `${ofTone} tone`,
  'conference:connecting': ofConference,
  'conference:connected': ofConference,
  'conference:disconnecting': ofConference,
  'conference:ended': ofConference,
  'conference:held': ofConference,
  'conference:resumed': ofConference,
  'session:call-switched': 'from? to',
  'session:ready': 'sessionId timeStamp',
  'session:expired': 'sessionId',
  'gateway:unreachable': 'sessionId?',
  warning: 'message (index?) (callType?) (party?) (mediaType?) (codec?) (background?)',
  notification: 'message party mediaType',
  error:
    'JSObject JSMethod ErrorCode ErrorMessage Cause Resolution APIError ResourceMethod HttpStatusCode MessageId AdditionalInformation? timeStamp',
}

/** What is wrong with the fields of an event, in a few words; an empty text where nothing is. */
export function wrongFields(name: string, payload: Readonly<Record<string, unknown>> | undefined): string {
  const known = fields[name]
  if (known === undefined || payload === undefined) return ''
  const wanted = ['timestamp', ...known.replaceAll(/[()]/g, '').split(' ')]
  const isDate = payload['timestamp'] instanceof Date
  const left = new Set(Object.keys(payload))
  const missing = wanted.filter((field) => {
    const plain = field.replace('?', '')
    const found = plain === 'party' ? (['to', 'from'].find((each) => left.has(each)) ?? '') : plain
    return !left.delete(found) && !field.endsWith('?')
  })
  return [
    ...(isDate ? [] : ['no date']),
    ...missing.map((field) => `lacks ${field}`),
    ...[...left].map((field) => `has ${field}`),
  ].join(', ')
}

interface Entry {
  readonly breed: string
  readonly type: string
  readonly peer?: string
}

/** What is wrong with an entry of `getCalls`; an empty text where nothing is. */
export function wrongEntry(entry: Entry): string {
  const who = entry.breed === 'conference' ? 'participants' : 'peer'
  const keys = Object.keys(entry).sort().join(' ')
  const wanted = ['index', 'state', 'breed', 'type', who].sort().join(' ')
  if (keys !== wanted) return `has ${keys}`
  const hasScheme = /^(sips?|tel):/.test(entry.peer ?? '')
  return who === 'peer' && hasScheme !== (entry.type === 'Incoming') ? `peer ${entry.peer ?? ''}` : ''
}
