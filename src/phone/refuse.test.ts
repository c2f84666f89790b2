import { expect } from '@open-wc/testing'
import {
  Refusal,
  requireAddress,
  requireHeaders,
  requireMedia,
  requireMediaType,
  requireOptions,
  requirePlain,
} from './refuse.ts'

/** The code that `check` refuses with, or what it gives. */
function outcome(check: () => unknown): unknown {
  try {
    return check()
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}

describe('what a method asks of its options', () => {
  it('is that there are any', () => {
    for (const options of [undefined, null, 'bob', 1, true]) {
      expect(outcome(() => requireOptions(options, '2200'))).to.equal('2200')
    }
  })

  it('is no more', () => {
    expect(outcome(() => requireOptions({}, '2200'))).to.be.undefined
  })
})

describe('what a method asks of a destination', () => {
  for (const [what, destination, expected] of [
    ['that it is there', undefined, '2211'],
    ['that it is not null', null, '2211'],
    ['that it is not blank', '  ', '2211'],
    ['that it is no sip: URI', 'sip:bob@example.com', '2212'],
    ['that it is no tel: URI', 'TEL:+15551234567', '2212'],
    ['that it is a text', 42, '2213'],
    ['that it is a number or a user', '<b>bob</b>', '2213'],
  ] as const) {
    it(what, () => {
      expect(outcome(() => requireAddress(destination, '22'))).to.equal(expected)
    })
  }

  it('gives what is to be dialled, clean', () => {
    expect(requireAddress(' bob@example.com ', '22')).to.equal('bob@example.com')
  })

  it('is refused by the codes of the method', () => {
    expect(outcome(() => requireAddress(undefined, '39'))).to.equal('3911')
  })
})

describe('what a method asks of a media type', () => {
  for (const [mediaType, expected] of [
    ['audio', 'audio'],
    ['video', 'video'],
    [undefined, 'video'],
    [null, 'video'],
    ['', '2221'],
    ['AUDIO', '2221'],
    [1, '2221'],
    [['audio'], '2221'],
  ] as const) {
    it(`gives ${expected} for ${JSON.stringify(mediaType)}`, () => {
      expect(outcome(() => requireMediaType(mediaType, '2221'))).to.equal(expected)
    })
  }
})

describe('what a method asks of texts that a network writes into its messages', () => {
  for (const text of ['a\r\nb', 'a\nb', '\rb', 'a\u0000', '\u007f', '\u0085', 'a\tb']) {
    it(`is no control character: ${JSON.stringify(text)}`, () => {
      expect(outcome(() => requirePlain(['Alice', text], '2004'))).to.equal('2004')
      expect(outcome(() => requireHeaders({ Subject: text }, '2214'))).to.equal('2214')
      expect(outcome(() => requireHeaders({ [text]: 'x' }, '2214'))).to.equal('2214')
    })
  }

  for (const name of ['', 'X Y', 'X:', 'X: y', 'é', 'X/1'])
    it(`is a name of a header field that is a token: ${JSON.stringify(name)} is none`, () =>
      expect(outcome(() => requireHeaders({ [name]: 'x' }, '2214'))).to.equal('2214'))

  it('lets other texts pass', () => {
    requirePlain(['Zoë 電話 😀', '', null, undefined, () => 'token'], '2004')
    requireHeaders({ 'X-Order': '№ 7 "quoted", é' }, '2214')
    requireHeaders(undefined, '2214')
  })
})

describe('what a method asks of a media element', () => {
  it('is that it can play', () => {
    for (const element of [document.createElement('audio'), document.createElement('video')]) {
      expect(requireMedia(element, '2231')).to.equal(element)
    }
  })

  it('is nothing where the page gives none', () => {
    expect([requireMedia(undefined, '2231'), requireMedia(null, '2231')]).to.deep.equal([undefined, undefined])
  })

  it('is refused of anything else', () => {
    for (const element of [document.createElement('div'), 'remote', {}, 0, false]) {
      expect(outcome(() => requireMedia(element, '2231'))).to.equal('2231')
    }
  })
})
