import type { DeviceChoice, MediaType } from '../../src/phone/snapshot.ts'

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
  /** Asks the other side for video. */
  'att-upgrade-request': { readonly index: number }
  /** Brings the call `index`, which is behind, to the front. */
  'att-switch-request': { readonly index: number }
  /** Makes a conference of the call in front and the call `index` behind it. */
  'att-merge-request': { readonly index: number }
  /** Holds the call one is in and dials a second one. */
  'att-add-call-request': { readonly destination: string; readonly mediaType: MediaType }
  /** Sends the call `index` to `destination`; `null` joins the parties of both calls. */
  'att-transfer-request': { readonly index: number; readonly destination: string | null }
  'att-conference-start-request': { readonly mediaType: MediaType }
  'att-conference-join-request': {
    readonly index: number
    readonly mediaType: MediaType
    readonly action: 'hold' | 'end' | null
  }
  'att-conference-decline-request': { readonly index: number }
  /** Leaves the conference; at its host ends it for all. */
  'att-conference-end-request': { readonly index: number }
  'att-participant-add-request': { readonly participant: string }
  'att-participant-remove-request': { readonly participant: string }
  'att-participant-mute-request': { readonly participant: string; readonly muted: boolean }
  'att-participants-mute-request': { readonly muted: boolean }
  /** Makes somebody else the host of the conference one hosts, and leaves it. */
  'att-hand-over-answer-request': { readonly accept: boolean }
  'att-conference-hand-over-request': { readonly participant: string }
  /** Shows the screen in place of the camera, or ends that. */
  'att-screen-share-request': { readonly index: number; readonly on: boolean }
  /** Uses other devices, or options of the microphone: what is named changes. */
  'att-device-request': Partial<DeviceChoice>
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
