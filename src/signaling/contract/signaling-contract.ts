import { changeCases } from './change-cases.suite.ts'
import { conferenceCases } from './conference-cases.suite.ts'
import type { ContractNetwork } from './contract-network.ts'
import { devicesCases } from './devices-cases.suite.ts'
import { handoverCases } from './handover-cases.suite.ts'
import { holdCases } from './hold-cases.suite.ts'
import { lossCases } from './loss-cases.suite.ts'
import { raceCases } from './race-cases.suite.ts'
import { sessionCases } from './session-cases.suite.ts'
import { setupCases } from './setup-cases.suite.ts'

export type { ContractNetwork, Device } from './contract-network.ts'

/** Declares the cases that every network keeps, as mocha tests: `src/signaling/signaling.ts` in sentences. */
export function signalingContract(network: ContractNetwork): void {
  describe(`the signaling contract, kept by ${network.name}`, function () {
    // A case signs in up to four users and waits for real media.
    this.timeout(120_000)
    sessionCases(network)
    setupCases(network)
    devicesCases(network)
    holdCases(network)
    describe('a change of media', () => changeCases(network))
    conferenceCases(network)
    describe('a call that goes elsewhere', () => handoverCases(network))
    describe('things at once', () => raceCases(network))
    describe('a loss', () => lossCases(network))
  })
}
