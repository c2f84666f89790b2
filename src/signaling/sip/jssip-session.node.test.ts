import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'

const read = (name: string): string =>
  readFileSync(new URL(`../../../node_modules/jssip/${name}`, import.meta.url), 'utf8')

/** What is reached of JsSIP beside what it declares, by the file that has it. */
const reached: Readonly<Record<string, readonly string[]>> = {
  'lib/RTCSession.js': [
    '_sendReinvite(options = {})',
    '_sendUpdate(options = {})',
    'this._sendInitialRequest(mediaConstraints, rtcOfferConstraints, mediaStream)',
    '_createDialog(message, type, early) {',
    'this._id =',
    'this._request = request',
    '_ended(originator, message, cause) {',
    'this._status =',
    'this._direction =',
    'this._is_confirmed =',
    'this._local_identity =',
    'this._remote_identity =',
    '_createRTCConnection(pcConfig, rtcConstraints)',
    'this._connection =',
    'onTransportError() {',
    'onRequestTimeout() {',
    'onDialogError() {',
    'sendRequest(method, options) {',
    '_runSessionTimer() {',
    'this._sessionTimers.refresher',
    'this._sessionTimers.running',
    'this._contact =',
    'this._from_tag =',
    'this._to_tag =',
    'this._request =',
    'this._dialog =',
    'this._earlyDialogs[id]',
    'this._sessionTimers.currentExpires',
    'this._sessionTimers.defaultExpires',
  ],
  'lib/Dialog.js': [
    'this._remote_target =',
    'this._route_set =',
    'this._local_seqnum =',
    'this._remote_seqnum =',
    'this._incoming_ack_seqnum =',
    'this._outgoing_ack_seqnum =',
    'sendRequest(method, options = {})',
  ],
  'lib/Dialog/RequestSender.js': [
    'response.status_code === 408 || response.status_code === 481',
    'this._eventHandlers.onDialogError(response)',
    'this._eventHandlers.onErrorResponse(response)',
    'this._eventHandlers.onTransportError()',
    'this._eventHandlers.onRequestTimeout()',
  ],
  'lib/Transactions.js': [
    'STATUS_PROCEEDING: 2',
    'STATUS_CALLING: 3',
    'STATUS_ACCEPTED: 4',
    'STATUS_COMPLETED: 5',
    'STATUS_TERMINATED: 6',
    "INVITE_CLIENT: 'ict'",
    'this.transport.send(response)',
    'this.eventHandlers.onTransportError()',
    "this.emit('stateChanged')",
    'request.transaction = this',
    'cancel(reason) {',
    'onTransportError() {',
  ],
  'lib/UA.js': [
    'this._closeTimer =',
    'this._transport =',
    'this._sessions[',
    "this.emit('newTransaction', {",
    'get configuration()',
    'this._sessions[session.id] = session',
    'destroyRTCSession(session) {',
  ],
  'lib/Parser.js': ["Grammar.parse(headerValue, 'Contact')", "Grammar.parse(headerValue, 'Record_Route')"],
  'lib/SIPMessage.js': ['Grammar.parse(value, ', 'setHeader(name, value)', 'parseHeader(name, idx = 0)'],
}

// docs/decisions/a-room-before-jssip.md
describe('JsSIP', () => {
  it('is the version whose inside is known', () => {
    assert.equal((JSON.parse(read('package.json')) as { version: string }).version, '3.13.8')
  })

  for (const [file, members] of Object.entries(reached)) {
    it(`has in ${file} what is reached without being declared`, () => {
      const text = read(file)
      assert.deepEqual(
        members.filter((member) => !text.includes(member)),
        [],
      )
    })
  }
})
