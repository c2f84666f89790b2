import { listOf } from './sip-text.ts'
import { parameter } from './sip-message.ts'
import type { IncomingDetails, Party } from '../signaling.ts'
import { partyIn, type IdentityFields } from './sip-party.ts'

/** Values of a field that are read: more than any exchange sends. */
const most = 20

const valuesOf = (message: IdentityFields, name: string): readonly string[] =>
  message.getHeaders(name).flatMap(listOf).slice(0, most)

/** Whom the call was meant for, before it was sent on to here: first the one who was called (RFC 5806, RFC 7044). */
function forwardedFor(message: IdentityFields, own: string): readonly Party[] {
  const shown = (value: string) => !/;\s*privacy\s*=\s*"?(?:full|uri|history|id)/i.test(value)
  const parties = (values: readonly string[]) => values.filter(shown).flatMap((value) => partyIn(value) ?? [])
  const diverted = parties(valuesOf(message, 'Diversion')).toReversed()
  const known = diverted.length > 0 ? diverted : parties(valuesOf(message, 'History-Info'))
  return known.filter(({ address }) => address.toLowerCase() !== own.toLowerCase())
}

/** After how many s the caller wants it answered by itself (intercom; RFC 5373); `null` where nobody asks for it. */
function answerAfter(message: IdentityFields): number | null {
  const hints = [...valuesOf(message, 'Call-Info'), ...valuesOf(message, 'Alert-Info')]
  const seconds = hints.map((hint) => /;\s*answer-after\s*=\s*"?(\d{1,3})/i.exec(hint)?.[1]).find(Boolean)
  if (seconds !== undefined) return Number(seconds)
  const isAuto = message.getHeaders('Answer-Mode').some((mode) => /^\s*auto\b/i.test(mode))
  const isAsked = hints.some((hint) => /alert-autoanswer|[;\s"=]ring\s?answer\b/i.test(hint))
  return isAuto || isAsked ? 0 : null
}

/** What an invitation says beside its media. `own` is the address of this user. */
export function incomingDetails(
  message: IdentityFields,
  caller: Party,
  own: string,
  headers: Readonly<Record<string, string>>,
): IncomingDetails {
  const alertInfo = valuesOf(message, 'Alert-Info')
  const isInternal = alertInfo.some((hint) =>
    /[;\s]info\s*=\s*"?(?:alert-)?internal\b|urn:alert:source:internal/i.test(hint),
  )
  return Object.freeze({
    caller: Object.freeze({ ...caller, verified: caller.verified ?? 'none' }),
    forwardedFor: Object.freeze(forwardedFor(message, own)),
    callInfo: Object.freeze(
      valuesOf(message, 'Call-Info').flatMap((value) => {
        const uri = /^\s*<([^>]+)>/.exec(value)?.[1]
        return uri === undefined ? [] : { uri, purpose: parameter(value.replace(/^[^>]*>/, ''), 'purpose') }
      }),
    ),
    alertInfo: Object.freeze(alertInfo),
    ring: isInternal ? 'internal' : 'external',
    answerAfter: answerAfter(message),
    headers: Object.freeze(Object.fromEntries(Object.entries(headers).filter(([name]) => /^x-/i.test(name)))),
  })
}
