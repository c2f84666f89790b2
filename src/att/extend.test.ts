import { expect } from '@open-wc/testing'
import { extend } from './extend.ts'

describe('ATT.utils.extend', () => {
  it('copies what the source has into the target', () => {
    const target = { one: 1, two: 1 }
    extend(target, { two: 2, three: 3 })
    expect(target).to.deep.equal({ one: 1, two: 2, three: 3 })
  })

  it('returns the target', () => {
    const target = {}
    expect(extend(target, { one: 1 })).to.equal(target)
  })

  it('leaves the target as it is without a source', () => {
    expect(extend({ one: 1 })).to.deep.equal({ one: 1 })
  })

  it('does not let text from a network replace the prototype', () => {
    const target = extend({}, JSON.parse('{"__proto__": {"admin": true}}') as object)
    expect(target).not.to.have.property('admin')
  })
})
