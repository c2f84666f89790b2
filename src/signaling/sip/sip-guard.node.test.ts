import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { SipGuard } from './sip-guard.ts'
import { readText, valueOf } from './sip-text.ts'

interface Desk {
  readonly guard: SipGuard
  /** What the guard said by itself. */
  readonly said: string[]
  readonly unusable: string[]
}

function desk(): Desk {
  const said: string[] = []
  const unusable: string[] = []
  const guard = new SipGuard({
    send: (text) => said.push(text),
    self: () => ({ contact: 'sip:x1@a.invalid;transport=ws', users: ['Alice.B', 'x1'], domain: 'example.com' }),
    onUnusable: (response) => unusable.push(response),
    onUnconfirmed: () => {},
  })
  return { guard, said, unusable }
}

const text = (first: string, fields: Readonly<Record<string, string>>, body = ''): string =>
  [
    first,
    ...Object.entries({
      Via: 'SIP/2.0/WS b.invalid;branch=z9hG4bK1',
      From: '<sip:bob@example.com>;tag=1',
      To: '<sip:alice@example.com>',
      'Call-ID': 'c1',
      CSeq: `1 ${first.split(' ')[0] ?? ''}`,
      Contact: '<sip:bob@b.invalid>',
      ...fields,
    }).map(([name, value]) => `${name}: ${value}`),
    '',
    body,
  ].join('\r\n')

const invite = (fields: Readonly<Record<string, string>> = {}, body = ''): string =>
  text('INVITE sip:x1@a.invalid SIP/2.0', fields, body)

const handed = (message: string | null): string => {
  assert.ok(message !== null)
  return message
}

describe('the room before JsSIP', () => {
  it('hands on what can be read as it is', () => {
    assert.equal(desk().guard.incoming(invite()), invite())
  })

  for (const [name, value] of [
    ['From', '<tel:+14155550101>;tag=1'],
    ['From', 'Bob (Sales) <sip:2001@1af019b2ba08>;tag=1'],
    ['Contact', '<tel:+14155550101>'],
    ['Contact', '<urn:service:sos>'],
    ['Record-Route', '<sip:1af019b2ba08;lr>, <sip:proxy.example.com;lr>'],
    ['Via', 'SIP/2.0/WS 1af019b2ba08:5060;branch=z9hG4bK1'],
  ] as const) {
    it(`hands on ${name}: ${value} in words JsSIP reads, and says it as it came`, () => {
      const { guard } = desk()
      const message = handed(guard.incoming(invite({ [name]: value })))
      const said = valueOf(readText(message) ?? assert.fail(), name.toLowerCase()) ?? ''
      assert.notEqual(said, value)
      const sent = handed(guard.outgoing(`SIP/2.0 180 Ringing\r\n${name}: ${said}\r\n\r\n`))
      assert.equal(valueOf(readText(sent) ?? assert.fail(), name.toLowerCase())?.replaceAll('"', ''), value)
    })
  }

  it('reaches a number of Refer-To by our own exchange', () => {
    const message = handed(
      desk().guard.incoming(text('REFER sip:x1@a.invalid SIP/2.0', { 'Refer-To': '<tel:+1-415>' })),
    )
    assert.match(message, /^Refer-To: <sip:\+1-415@example\.com;user=phone>$/m)
  })

  it('never writes an address of somebody outside in place of theirs', () => {
    const { guard } = desk()
    const mark = /@(tel\.[\w.]+)/.exec(handed(guard.incoming(invite({ From: '<tel:+1>;tag=1' }))))?.[1] ?? ''
    const sent = guard.outgoing(`ACK <sip:a%0D%0AEvil:1@${mark.replace('tel.', 'uri.')}> SIP/2.0\r\n\r\n`)
    assert.doesNotMatch(handed(sent), /\r\nEvil/)
  })

  it('says what is wrong with a request that cannot be read', () => {
    const { guard, said } = desk()
    assert.equal(guard.incoming(invite({ From: '"Bob <sip:bob@example.com>;tag=1' })), null)
    assert.match(said[0] ?? '', /^SIP\/2\.0 400 Bad From\r\n/)
  })

  it('answers no ACK', () => {
    const { guard, said } = desk()
    assert.equal(guard.incoming(text('ACK sip:x1@a.invalid SIP/2.0', { CSeq: '1 INVITE' })), null)
    assert.deepEqual(said, [])
  })

  it('ends what waits for a response that cannot be read', () => {
    const { guard } = desk()
    guard.outgoing(text('BYE sip:bob@b.invalid SIP/2.0', { To: '<sip:alice@example.com>;tag=2' }))
    const message = handed(guard.incoming(text('SIP/2.0 200 OK', { CSeq: '1 BYE', To: '<<>>' })))
    assert.match(message, /^SIP\/2\.0 502 The answer cannot be read: Bad To\r\n/)
    assert.match(message, /\r\nTo: <sip:alice@example\.com>;tag=2\r\n/)
  })

  it('makes a failure of a 200 to an invitation that has no Contact, and keeps its ACK back', () => {
    const { guard, unusable } = desk()
    guard.outgoing(invite())
    const answer = { CSeq: '1 INVITE', To: '<sip:alice@example.com>;tag=2' }
    const message = text('SIP/2.0 200 OK', answer).replace(/Contact: .*\r\n/, '')
    assert.match(handed(guard.incoming(message)), /^SIP\/2\.0 502 The answer has no Contact\r\n/)
    assert.deepEqual(unusable, [message])
    assert.equal(guard.outgoing(text('ACK sip:alice@example.com SIP/2.0', { ...answer, CSeq: '1 ACK' })), null)
  })

  it('takes the answer to a CANCEL for none of the invitation, whose branch it has', () => {
    const { guard, unusable } = desk()
    guard.outgoing(invite())
    const told = text('SIP/2.0 200 OK', { CSeq: '1 CANCEL', To: '<sip:alice@example.com>;tag=2' })
    const message = told.replace(/Contact: .*\r\n/, '')
    assert.equal(guard.incoming(message), message)
    assert.equal(guard.incoming(told.replace('<sip:alice@example.com>', '<<>>')), null)
    assert.deepEqual(unusable, [])
  })

  it('takes the description out of bodies within bodies', () => {
    const inner = '--i\r\nContent-Type: application/sdp\r\n\r\nv=0\r\n--i--'
    const body = `--o\r\nContent-Type: multipart/mixed;boundary=i\r\n\r\n${inner}\r\n--o--\r\n`
    const message = handed(desk().guard.incoming(invite({ 'Content-Type': 'multipart/mixed;boundary="o"' }, body)))
    assert.match(message, /\r\nContent-Type: application\/sdp\r\nContent-Length: 3\r\n\r\nv=0$/)
  })

  it('leaves out a body that need not be understood, and a description of early media', () => {
    for (const disposition of ['render;handling=optional', 'early-session;handling=optional']) {
      const fields = { 'Content-Type': 'text/plain', 'Content-Disposition': disposition }
      assert.match(handed(desk().guard.incoming(invite(fields, 'hello'))), /\r\nContent-Length: 0\r\n\r\n$/)
    }
  })

  for (const method of ['INVITE', 'BYE', 'NOTIFY'])
    it(`deals with a Contact of * in ${method}, over which the grammar fails`, () => {
      const { guard, said } = desk()
      const request = text(`${method} sip:x1@a.invalid SIP/2.0`, { Contact: '*', Event: 'refer' })
      const handedOn = guard.incoming(request)
      if (method === 'INVITE') assert.match(said[0] ?? '', /^SIP\/2\.0 400 No Contact/)
      else assert.doesNotMatch(handedOn ?? 'dropped', /Contact|dropped/)
    })

  it('answers 500 where it fails itself', () => {
    const said: string[] = []
    const failing = () => {
      throw new Error('a fault of ours')
    }
    const guard = new SipGuard({
      send: (text) => said.push(text),
      self: failing,
      onUnusable: failing,
      onUnconfirmed: failing,
    })
    assert.equal(guard.incoming(text('INVITE sip:x1@a.invalid SIP/2.0', {})), null)
    assert.match(said[0] ?? '', /^SIP\/2\.0 500 /)
    guard.outgoing(text('INVITE sip:bob@example.com SIP/2.0', { Via: 'SIP/2.0/WS a.invalid;branch=z9hG4bK9' }))
    const answer = { Via: 'SIP/2.0/WS a.invalid;branch=z9hG4bK9', CSeq: '1 INVITE', Contact: '*' }
    assert.match(guard.incoming(text('SIP/2.0 200 OK', answer)) ?? '', /^SIP\/2\.0 502 /)
  })

  it('takes an answer with a Contact of * for one without', () => {
    const { guard, unusable } = desk()
    guard.outgoing(text('INVITE sip:bob@example.com SIP/2.0', { Via: 'SIP/2.0/WS a.invalid;branch=z9hG4bK9' }))
    const answer = { Via: 'SIP/2.0/WS a.invalid;branch=z9hG4bK9', CSeq: '1 INVITE', Contact: '*' }
    assert.match(guard.incoming(text('SIP/2.0 200 OK', answer)) ?? '', /^SIP\/2\.0 502 /)
    assert.equal(unusable.length, 1)
  })

  it('hands on, answers or drops everything that comes, in time that grows with its length', () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '"',
      '\\',
      ';',
      ',',
      '@',
      ':',
      'sip:',
      'tel:',
      ' ',
      '\r\n ',
      'a',
      '1',
      '%',
      '#',
    )
    const hostile = fc.array(piece, { maxLength: 2000 }).map((pieces) => pieces.join(''))
    const name = fc.constantFrom('From', 'To', 'Contact', 'Record-Route', 'Via', 'Refer-To', 'Content-Type', 'Require')
    fc.assert(
      fc.property(name, hostile, (field, value) => {
        const { guard, said } = desk()
        const message = guard.incoming(invite({ [field]: value }, 'v=0\r\n'))
        assert.ok(message !== null || said.length <= 1)
      }),
      { numRuns: 200 },
    )
  })
})
