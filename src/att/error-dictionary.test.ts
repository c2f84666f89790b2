import { expect } from '@open-wc/testing'
import { errorDictionary } from './error-dictionary.ts'

describe('ATT.errorDictionary', () => {
  it('knows an error of the phone by its code', () => {
    expect(errorDictionary.getSDKError('2241')).to.include({ ErrorCode: '2241', JSMethod: 'dial' })
  })

  it('takes a code as a number too', () => {
    expect(errorDictionary.getSDKError(2241).ErrorCode).to.equal('2241')
  })

  it('says of an unknown code that it is unknown', () => {
    const error = errorDictionary.getSDKError('9999')
    expect([error.ErrorCode, error.ErrorMessage]).to.deep.equal(['0001', 'An error has an unknown code: 9999'])
  })

  it('knows an error of the network by status and message id', () => {
    expect(errorDictionary.getAPIError(400, 'SVC0002')).to.include({
      ErrorCode: '1002',
      HttpStatusCode: '400',
      MessageId: 'SVC0002',
    })
  })

  it('takes what is not listed for a system error', () => {
    expect(errorDictionary.getAPIError(400, 'SVC9999').ErrorCode).to.equal('1000')
  })

  for (const code of ['2241', '1002', '503']) {
    it(`knows ${code}, no matter what raises it`, () => {
      expect(errorDictionary.getError(code).ErrorCode).to.equal(code)
    })
  }

  it('tells cause and remedy', () => {
    const { Cause, Resolution } = errorDictionary.getError('2002')
    expect([Cause, Resolution]).to.deep.equal(['The options have no token', 'Pass a token'])
  })
})
