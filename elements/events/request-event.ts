import type { MediaType } from '../../src/phone/snapshot.ts'

/** What a person asks for with a control, and the detail of each event. The default action calls the phone. */
export interface RequestDetails {
  'att-dial-request': { readonly destination: string; readonly mediaType: MediaType }
  'att-answer-request': {
    readonly index: number
    readonly mediaType: MediaType
    readonly action: 'hold' | 'end' | null
  }
  'att-reject-request': { readonly index: number }
  /** Ends a call, or takes back one that was not answered. */
  'att-hangup-request': { readonly index: number }
  'att-mute-request': { readonly index: number }
  'att-unmute-request': { readonly index: number }
  'att-hold-request': { readonly index: number }
  'att-resume-request': { readonly index: number }
  'att-camera-request': { readonly index: number; readonly on: boolean }
  'att-dtmf-request': { readonly index: number; readonly input: string }
  'att-login-request': Record<never, never>
}

/** Cancelable: `preventDefault()` keeps the phone from doing it, so that a page can do something else. */
export class RequestEvent<Name extends keyof RequestDetails> extends CustomEvent<RequestDetails[Name]> {
  constructor(type: Name, detail: RequestDetails[Name]) {
    super(type, { detail, bubbles: true, composed: true, cancelable: true })
  }
}

/** Asks the page; `true` when nobody objected. */
export function request<Name extends keyof RequestDetails>(
  target: EventTarget,
  type: Name,
  detail: RequestDetails[Name],
): boolean {
  return target.dispatchEvent(new RequestEvent(type, detail))
}

export type RequestEventMap = { [Name in keyof RequestDetails]: RequestEvent<Name> }
