import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { mask, maskText } from './mask.ts'

describe('a text that is masked', () => {
  for (const [text, masked] of [
    ['+19234567890', '+*********90'],
    ['call to 9234567890 ended', 'call to ********90 ended'],
    ['1 (923) 456-7890', '* (***) ***-**90'],
    ['tel:+442071838750', 'tel:+**********50'],
    ['sip:+19234567890@example.com', 'sip:+*********90@example.com'],
    ['555-1234', '***-**34'],
    ['９２３４５６７８９０', '********９０'],
    ['from 9234567890 to 8234567811', 'from ********90 to ********11'],
    ['user 1001, code 2241, 911', 'user 1001, code 2241, 911'],
    ['Authorization: Bearer abc.def', 'Authorization:***'],
    ['Proxy-Authorization: Digest username="bob", response="0af3"\nTo: bob', 'Proxy-Authorization:***\nTo: bob'],
    ['sent Bearer a1b2-c3', 'sent Bearer ***'],
    ['got eyJhbGciOiJI.eyJzdWIiOiIx.SflKxwRJSM today', 'got *** today'],
    ['?access_token=abc&x=1', '?access_token=***&x=1'],
    ['{"token":"a b c","x":1}', '{"token":***,"x":1}'],
    ['{\\"token\\":\\"abc\\",\\"x\\":1}', '{\\"token\\":***,\\"x\\":1}'],
    ['password: hunter2, retry', 'password: ***, retry'],
    ["secret = 'it is'", 'secret = ***'],
    ['a=ice-pwd:x7Yq', 'a=ice-pwd:***'],
    ['wss://bob:hunter2@pbx.example.com:8443/ws', 'wss://bob:***@pbx.example.com:8443/ws'],
    ['wss://pbx.example.com:8443/ws', 'wss://pbx.example.com:8443/ws'],
    ['', ''],
  ] as const) {
    it(`${JSON.stringify(text)} becomes ${JSON.stringify(masked)}`, () => {
      assert.equal(maskText(text), masked)
    })
  }

  it('is cut when it is very long', () => {
    assert.ok(maskText('ab '.repeat(1_000_000)).length < 11_000)
  })

  for (const part of ['1', '1-', 'token', 'token:"', 'eyJ', 'eyJa.', '://a:', 'Bearer ', ' ', 'pwd-', '"\\']) {
    it(`is dealt with though it is ${JSON.stringify(part)} over and over`, () => {
      // An expression that tries everything anew from each place would not be done before the runner gives up.
      assert.ok(maskText(part.repeat(100_000)).length < 20_000)
    })
  }
})

describe('a value that is masked', () => {
  it('loses its secrets at any depth, no matter what they are', () => {
    const value = { a: [{ password: 'x', credentials: { user: 'y' }, accessToken: 5, 'X-Api-Key': 'z' }] }
    assert.deepEqual(mask(value), {
      a: [{ password: '***', credentials: '***', accessToken: '***', 'X-Api-Key': '***' }],
    })
  })

  it('tells that a secret is absent', () => {
    assert.deepEqual(mask({ token: undefined, password: null }), { token: undefined, password: null })
  })

  it('has its numbers starred, as text and as values', () => {
    assert.deepEqual(mask({ to: '9234567890', number: 9234567890, big: 9234567890n, index: 2 }), {
      to: '********90',
      number: '********90',
      big: '********90',
      index: 2,
    })
  })

  it('has its keys starred and keeps apart those that come out alike', () => {
    assert.deepEqual(mask({ '19234567890': 'a', '19876543290': 'b' }), { '*********90': 'a', "*********90'": 'b' })
  })

  it('is masked inside maps and sets', () => {
    assert.deepEqual(mask(new Map([['9234567890', new Set(['9234567890'])]])), { '********90': ['********90'] })
  })

  it('shows an error with its cause and its own fields, masked', () => {
    const error = Object.assign(new TypeError('to 9234567890', { cause: new Error('token=abc') }), {
      ErrorCode: '2241',
    })
    const masked = mask(error) as Record<string, unknown>
    assert.equal(masked['name'], 'TypeError')
    assert.equal(masked['message'], 'to ********90')
    assert.equal(masked['ErrorCode'], '2241')
    assert.doesNotMatch(JSON.stringify(masked), /9234567890|abc/)
  })

  it('leaves what it was made from as it is', () => {
    const value = { token: 'abc', to: ['9234567890'] }
    mask(value)
    assert.deepEqual(value, { token: 'abc', to: ['9234567890'] })
  })

  it('ends though it holds itself', () => {
    const value: { self?: unknown } = {}
    value.self = value
    assert.deepEqual(mask(value), { self: '[…]' })
  })

  it('shows the same object twice where it is there twice', () => {
    const party = { name: 'Bob' }
    assert.deepEqual(mask([party, party]), [party, party])
  })

  it('ends though it is endlessly deep or long', () => {
    let deep: unknown = 1
    for (let i = 0; i < 100_000; i++) deep = [deep]
    assert.ok(JSON.stringify(mask([deep, Array(1_000_000).fill('x')])).length < 1000)
  })

  it('shows a function, a promise and a class of its own by kind', () => {
    class Connection {
      readonly token = 'abc'
    }
    assert.deepEqual(mask([() => 'abc', Promise.resolve(1), new Connection()]), [
      '[function]',
      '[object Promise]',
      '[object Object]',
    ])
  })

  it('does not fail when reading it does', () => {
    const value = {
      get broken(): string {
        throw new Error('x')
      },
    }
    assert.deepEqual(mask([value, 1]), ['[unreadable]', 1])
  })

  it('cannot set a prototype', () => {
    const masked = mask(JSON.parse('{"__proto__": {"polluted": 1}}')) as { polluted?: unknown }
    assert.equal(masked.polluted, undefined)
  })

  for (const value of [undefined, null, true, 0, 1.5, NaN, 1001, 'bob']) {
    it(`${String(value)} stays`, () => {
      assert.equal(mask(value), value)
    })
  }
})
