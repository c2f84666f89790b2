import { expect } from '@open-wc/testing'
import { SignalingError } from '../../signaling/signaling.ts'
import { apiCodes, sdkCodes } from '../error-codes.fixture.ts'
import { PhoneError } from '../phone-error.ts'
import { codeOfCause } from '../place-errors.ts'
import type { Phone } from '../phone.ts'
import { methodReference } from './method-reference.fixture.ts'
import { commonFailures, failures } from './testing/failure-cases.ts'
import { FaultySignaling } from './testing/faulty-signaling.ts'
import { localNetwork } from './testing/local-network.ts'
import { PhoneStage, useStage } from './testing/phone-stage.ts'
import type { RecordedPhone } from './testing/recorded-phone.ts'
import { situations, tellers } from './testing/refusal-cases.ts'

/** Raised by no method: the catalogue's own answer to a code it does not know, which its own tests pin. */
const ofTheCatalogue = ['0001']

/** Of the place a page stands in, and of the machine: `place-errors.test.ts` and the end-to-end tests raise them. */
const ofThePlace = Object.values(codeOfCause).filter((code) => code !== '0020')

const methodOf = new Map(
  sdkCodes.flatMap(([, pairs]) => pairs.split(' ').map((pair) => pair.split(':').reverse() as [string, string])),
)

/** The method that a code belongs to, as pages know it. */
function methodNamed(code: string): string {
  const method = methodOf.get(code)
  return method === 'switch' ? 'switchCall' : (method ?? '')
}

/** What a call of a method came to. */
async function outcome(attempt: () => unknown): Promise<unknown> {
  try {
    await attempt()
  } catch (error) {
    return error
  }
  return 'It was not refused'
}

function errorsOf({ heard }: RecordedPhone): readonly unknown[] {
  return heard.filter(({ name }) => name === 'error').map(({ payload }) => payload)
}

/** Asserts that `attempt` fails with this code, tells the `error` event once, and both bear the same object. */
async function raises(recorded: RecordedPhone, code: string, attempt: (phone: Phone) => unknown): Promise<PhoneError> {
  recorded.forget()
  const error = await outcome(() => attempt(recorded.phone))
  if (!(error instanceof PhoneError)) throw new Error(`No PhoneError: ${String(error)}`, { cause: error })
  expect(error.ErrorCode).to.equal(code)
  expect(errorsOf(recorded)).to.deep.equal([error])
  expect(errorsOf(recorded)[0]).to.equal(error)
  return error
}

/** What a refusal leaves as it was: everything but the last error, and how loud somebody is. */
function stateOf({ snapshot }: RecordedPhone): object {
  const { session, online, calls, lastCall, conference, devices } = snapshot
  const participants = conference?.participants.map((each) => ({ ...each, level: 0, speaking: false }))
  return { session, online, calls, lastCall, conference: conference && { ...conference, participants }, devices }
}

describe('every error of every method', function () {
  this.timeout(120_000)

  it('has a situation here that raises it', () => {
    const referred = [
      ...Object.values(methodReference).flatMap(({ codes }) => [...codes]),
      ...sdkCodes.flatMap(([, pairs]) => pairs.split(' ').map((pair) => pair.split(':')[1] ?? '')),
    ]
    const raised = [...situations.map(({ attempts }) => attempts), tellers, failures, commonFailures].flatMap(
      Object.keys,
    )
    expect([...new Set([...raised, ...ofTheCatalogue, ...ofThePlace])].sort()).to.deep.equal(
      [...new Set(referred)].sort(),
    )
  })

  for (const { name, arrange, attempts } of situations) {
    describe(name, () => {
      let stage: PhoneStage
      let recorded: RecordedPhone

      before(async () => {
        stage = new PhoneStage(localNetwork)
        recorded = await arrange(stage)
        await stage.settled()
      })
      after(() => stage.close())

      for (const [code, attempt] of Object.entries(attempts)) {
        it(`${methodNamed(code)} refuses with ${code} and changes nothing`, async () => {
          const before = stateOf(recorded)
          const error = await raises(recorded, code, attempt)
          expect(error.JSMethod).to.equal(methodNamed(code))
          expect(stateOf(recorded)).to.deep.equal(before)
          expect(recorded.heard).to.have.lengthOf(1)
        })
      }
    })
  }

  describe('that is told and refuses nothing', () => {
    const stage = useStage(localNetwork)

    for (const [code, attempt] of Object.entries(tellers)) {
      it(`${methodNamed(code)} tells of ${code}`, async () => {
        const recorded = await stage().phone()
        expect(attempt(recorded.phone)).to.be.oneOf([false, null])
        expect(recorded.story).to.deep.equal([`error ${code}`])
      })
    }
  })

  describe('that nobody expects', () => {
    const stage = useStage(localNetwork)

    for (const [code, arrange] of Object.entries(failures)) {
      it(`${methodNamed(code)} fails with ${code}`, async () => {
        const { phone, attempt } = await arrange(stage())
        const error = await raises(phone, code, attempt)
        expect(error.JSMethod).to.equal(methodNamed(code))
        expect(error.AdditionalInformation).to.contain('It broke')
      })
    }

    for (const [code, arrange] of Object.entries(commonFailures)) {
      it(`of no method alone is ${code}`, async () => {
        const { phone, attempt } = await arrange(stage())
        await raises(phone, code, attempt)
      })
    }

    for (const method of ['hold', 'resume', 'move', 'transfer', 'upgrade', 'downgrade', 'switchCall'] as const) {
      const [code = ''] = methodReference[method].codes
      it(`${method} leaves the calls as they were when it fails`, async () => {
        const { phone, attempt } = await (failures[code] as NonNullable<(typeof failures)[string]>)(stage())
        const before = phone.snapshot.calls
        await raises(phone, code, attempt)
        expect(phone.snapshot.calls).to.deep.equal(before)
      })
    }

    for (const method of ['hangup', 'cancel', 'reject'] as const) {
      const [code = ''] = methodReference[method].codes
      it(`${method} ends the call on this side even when it fails`, async () => {
        const { phone, attempt } = await (failures[code] as NonNullable<(typeof failures)[string]>)(stage())
        await raises(phone, code, attempt)
        expect(phone.snapshot.calls).to.deep.equal([])
      })
    }

    it('logout signs out on this side even when it fails', async () => {
      const { phone, attempt } = await (failures['2100'] as NonNullable<(typeof failures)[string]>)(stage())
      await raises(phone, '2100', attempt)
      expect(phone.snapshot.session.state).to.equal('signed-out')
    })
  })

  describe('that the network answers with', () => {
    const stage = useStage(localNetwork)

    for (const [status, messageId, code] of apiCodes) {
      it(`HTTP ${status} ${messageId} is ${code}, with the network’s words`, async () => {
        const faulty = new FaultySignaling(localNetwork.signaling())
        const words = { status, messageId, resource: 'POST /RTC/v1/sessions' }
        faulty.break('connect', new SignalingError('refused', 'Words of the network', words))
        const alice = await stage().phone('alice', { signaling: () => faulty })
        const error = await raises(alice, code, () => alice.signIn())
        expect(error).to.include({
          JSMethod: 'login',
          APIError: 'Words of the network',
          ResourceMethod: 'POST /RTC/v1/sessions',
          HttpStatusCode: String(status),
        })
        expect(error.MessageId ?? '').to.equal(messageId)
      })
    }
  })
})
