import { callFlows } from './call-flows.suite.ts'
import { conferenceBesideCallFlows } from './conference-beside-call-flows.suite.ts'
import { conferenceHandoverFlows } from './conference-handover-flows.suite.ts'
import { conferenceFlows } from './conference-flows.suite.ts'
import { handoverFlows } from './handover-flows.suite.ts'
import { heldFlows } from './held-flows.suite.ts'
import { modificationFlows } from './modification-flows.suite.ts'
import { sessionFlows } from './session-flows.suite.ts'
import type { PhoneNetwork } from './testing/phone-network.ts'
import { twoCallFlows } from './two-call-flows.suite.ts'

/** Declares who hears what, in which order, as mocha tests: each tells the whole story of every side. */
export function flows(network: PhoneNetwork): void {
  describe(`the events of phones over ${network.name}`, function () {
    // A test signs in up to four users and waits for real media.
    this.timeout(120_000)
    sessionFlows(network)
    callFlows(network)
    heldFlows(network)
    modificationFlows(network)
    twoCallFlows(network)
    handoverFlows(network)
    conferenceFlows(network)
    conferenceBesideCallFlows(network)
    conferenceHandoverFlows(network)
  })
}
