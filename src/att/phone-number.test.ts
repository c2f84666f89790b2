import { expect } from '@open-wc/testing'
import { phoneNumber } from './phone-number.ts'

describe('ATT.phoneNumber', () => {
  it('cleans a number as the phone does', () => {
    expect(phoneNumber.cleanPhoneNumber('1 (800) CAL-FEDE')).to.equal('18002253333')
  })

  it('formats a number as the phone does', () => {
    expect(phoneNumber.formatNumber('9234567890')).to.equal('1 (923) 456-7890')
  })

  it('translates letters to the keys that bear them', () => {
    expect(phoneNumber.translate('1-800-FLOWERS')).to.equal('18003569377')
  })

  it('translates no more digits than a number has', () => {
    expect(phoneNumber.translate('923456789012')).to.equal('9234567890')
  })

  it('gives a number of ten digits its 1', () => {
    expect(phoneNumber.getCallable('(923) 456-7890')).to.equal('19234567890')
  })

  it('calls what is too short not callable', () => {
    expect(phoneNumber.getCallable('12345')).to.equal(false)
  })

  it('calls a special number not callable', () => {
    expect(phoneNumber.getCallable('911')).to.equal(false)
  })

  it('writes a whole number as people do', () => {
    expect(phoneNumber.stringify('18002253333')).to.equal('1 (800) 225-3333')
  })

  it('writes anything else as it is', () => {
    expect(phoneNumber.stringify('92')).to.equal('92')
  })
})
