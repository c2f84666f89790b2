import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { diagnoseCapture, diagnoseScreen, whyNoMicrophone, type CaptureFacts } from './diagnose-capture.ts'
import type { Cause } from './cause.ts'
import type { PlaceFacts } from './place-facts.ts'

/** A page of its own over https, as Chromium tells of it. */
const page: PlaceFacts = {
  secure: true,
  sandboxed: false,
  framed: false,
  mediaDevices: true,
  webrtc: true,
  policy: { microphone: true, camera: true, 'display-capture': true },
  policyAround: {},
}
/** Firefox and Safari tell nothing of policies. */
const reticent = { policy: {} }
const frame = { framed: true }
const none = { microphone: false, camera: false, 'display-capture': false }

const refused: CaptureFacts = {
  kinds: ['audio'],
  errorName: 'NotAllowedError',
  errorMessage: 'Permission denied',
  permissions: { audio: 'prompt', video: 'prompt' },
  present: new Set(['audio', 'video']),
}
const denied = { permissions: { audio: 'denied', video: 'denied' } } as const
const granted = { permissions: { audio: 'granted', video: 'granted' } } as const

/** Each row was seen in Chromium 156 and Firefox 153, where a comment does not say otherwise. */
const rows: readonly (readonly [string, Partial<PlaceFacts>, Partial<CaptureFacts>, Cause])[] = [
  ['a person who closes the question', {}, {}, 'denied'],
  ['a person who refused', {}, denied, 'denied-for-good'],
  ['a person who refused, in Firefox', reticent, denied, 'denied-for-good'],
  // macOS; not seen here.
  ['a system that refuses', {}, { ...granted, errorMessage: 'Permission denied by system' }, 'denied-by-system'],
  ['a page by plain http', { secure: false, mediaDevices: false }, { errorName: '', ...denied }, 'insecure-page'],
  ['an old browser', { mediaDevices: false }, { errorName: '' }, 'no-devices'],
  ['a sandbox in Chromium', { ...frame, sandboxed: true }, { ...granted, errorName: 'SecurityError' }, 'sandboxed'],
  [
    'a sandbox in Firefox',
    { ...frame, ...reticent, sandboxed: true },
    { ...denied, present: new Set<'audio'>() },
    'sandboxed',
  ],
  ['a frame of another site', { ...frame, policy: none }, denied, 'frame-not-allowed'],
  [
    'a frame of another site in Firefox',
    { ...frame, ...reticent },
    { ...denied, present: new Set<'audio'>() },
    'frame-not-allowed',
  ],
  ['a frame that may, in Firefox, and a person who refused', { ...frame, ...reticent }, denied, 'denied-for-good'],
  [
    'a frame that may use the microphone alone',
    { ...frame, policy: { microphone: true, camera: false } },
    { kinds: ['audio', 'video'], permissions: { audio: 'granted', video: 'denied' } },
    'frame-not-allowed',
  ],
  ['a site that forbids it', { policy: none }, denied, 'page-policy'],
  ['a frame of a site that forbids it', { ...frame, policy: none, policyAround: none }, denied, 'page-policy'],
  ['no microphone', {}, { errorName: 'NotFoundError', present: new Set(['video']) }, 'no-microphone'],
  [
    'no microphone for a video call',
    {},
    { kinds: ['audio', 'video'], errorName: 'NotFoundError', present: new Set(['video']) },
    'no-microphone',
  ],
  [
    'no camera beside a microphone',
    {},
    { kinds: ['audio', 'video'], errorName: 'NotFoundError', present: new Set(['audio']) },
    'no-camera',
  ],
  ['no camera', {}, { kinds: ['video'], errorName: 'NotFoundError', present: null }, 'no-camera'],
  [
    'a microphone in use',
    {},
    { errorName: 'NotReadableError', errorMessage: 'Could not start audio source' },
    'microphone-in-use',
  ],
  [
    'a camera in use',
    {},
    { kinds: ['audio', 'video'], errorName: 'NotReadableError', errorMessage: 'Could not start video source' },
    'camera-in-use',
  ],
  [
    'a camera in use, in Firefox',
    {},
    { kinds: ['audio', 'video'], errorName: 'NotReadableError', errorMessage: 'Failed to allocate videosource' },
    'camera-in-use',
  ],
  ['a camera alone in use', {}, { kinds: ['video'], errorName: 'NotReadableError' }, 'camera-in-use'],
]

describe('why a microphone or camera did not open', () => {
  for (const [what, place, capture, cause] of rows) {
    it(`is "${cause}" for ${what}`, () => {
      assert.equal(diagnoseCapture({ ...page, ...place }, { ...refused, ...capture }), cause)
    })
  }
})

describe('what forbids any call before one is made', () => {
  const places: readonly (readonly [Partial<PlaceFacts>, Cause | null])[] = [
    [{}, null],
    [reticent, null],
    [{ secure: false, mediaDevices: false }, 'insecure-page'],
    [{ ...frame, sandboxed: true }, 'sandboxed'],
    [{ ...frame, policy: none }, 'frame-not-allowed'],
    [{ policy: none }, 'page-policy'],
    [{ webrtc: false }, 'no-webrtc'],
    [{ mediaDevices: false }, 'no-devices'],
  ]
  for (const [place, cause] of places) {
    it(`is ${cause ?? 'nothing'} on a page with ${JSON.stringify(place)}`, () => {
      assert.equal(whyNoMicrophone({ ...page, ...place }), cause)
    })
  }
})

describe('why the screen was not shown', () => {
  const shown = { supported: true, errorMessage: 'Permission denied' }
  it('is nothing to speak of where the person took it back', () => {
    assert.equal(diagnoseScreen(page, shown), null)
  })

  const cases: readonly (readonly [Partial<PlaceFacts>, Partial<typeof shown>, Cause])[] = [
    [{ ...frame, policy: none }, {}, 'screen-frame'],
    [{ policy: none }, {}, 'screen-policy'],
    [{ ...frame, sandboxed: true, policy: none }, {}, 'sandboxed'],
    [{ secure: false }, { supported: false }, 'insecure-page'],
    [{}, { supported: false }, 'no-screen'],
    [{}, { errorMessage: 'Permission denied by system' }, 'screen-by-system'],
  ]
  for (const [place, screen, cause] of cases) {
    it(`is "${cause}" on a page with ${JSON.stringify(place)} ${JSON.stringify(screen)}`, () => {
      assert.equal(diagnoseScreen({ ...page, ...place }, { ...shown, ...screen }), cause)
    })
  }
})
