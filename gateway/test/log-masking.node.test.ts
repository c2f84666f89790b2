import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { masked } from '../src/log-masking.ts'

describe('a log line', () => {
  for (const [text, safe] of [
    ['PUT /RTC/v1/userIds/alice@example.com', 'PUT /RTC/v1/userIds/<address>'],
    ['PUT /RTC/v1/userIds/alice%40example.com', 'PUT /RTC/v1/userIds/<address>'],
    ['PUT /RTC/v1/userIds/15551234567', 'PUT /RTC/v1/userIds/<number>'],
    ['tel:+15551234567 is not signed in', 'tel:<number> is not signed in'],
    ['call to 1 (555) 123-4567', 'call to <number>'],
    ['/sessions/0b9e1a52-6f5b-4f0e-9a11-3c2f3d1a7b10/events', '/sessions/<id>/events'],
    ['Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJlc2ln', 'Bearer <token>'],
    ['GET /healthz 200', 'GET /healthz 200'],
  ] as const) {
    it(`holds ${JSON.stringify(safe)} for ${JSON.stringify(text)}`, () => {
      assert.equal(masked(text), safe)
    })
  }
})
