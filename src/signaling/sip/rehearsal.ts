import { SipChallenge } from './sip-challenge.ts'
import { SipGuard } from './sip-guard.ts'
import { readMessage } from './sip-message.ts'

const nothing = (): void => {}
const nobody = 'a.invalid'

const message = (first: string, ...fields: readonly string[]): string =>
  [
    first,
    `Via: SIP/2.0/WS ${nobody};branch=z9hG4bK1`,
    `From: <sip:${nobody}>;tag=1`,
    `To: <sip:${nobody}>;tag=1`,
    'Call-ID: 1',
    'CSeq: 1 REGISTER',
    ...fields,
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n')

const contact = `Contact: <sip:${nobody};transport=ws>;expires=600;+sip.instance="<urn:uuid:0>"`
const asked = message(
  'SIP/2.0 401 Unauthorized',
  'WWW-Authenticate: Digest realm="att", nonce="1", qop="auth"',
  contact,
)
const request = `REGISTER sip:${nobody} SIP/2.0`
const answer = 'Authorization: Digest algorithm=MD5, realm="att", nonce="att-1"'

/**
 * A sign-in as most of them go, with nobody. What runs for the first time in a page is slow, because the browser
 * compiles it then. While the connection is opened there is time for that; later every step is waited for.
 *
 * @param read takes a message as one from the network: it belongs to nobody
 */
export function rehearse(md5: (text: string) => string, read: (text: string) => void): void {
  const guard = new SipGuard({
    send: nothing,
    self: () => ({ contact: `sip:${nobody}`, users: [], domain: nobody }),
    onUnusable: nothing,
    onUnconfirmed: nothing,
  })
  const challenge = new SipChallenge(md5)
  challenge.credentials = { password: nobody }
  const leave = (text: string) => challenge.outgoing(guard.outgoing(text) ?? '')
  void leave(message(request, contact))
  const response = readMessage(asked)
  const readable = response && guard.incoming(challenge.incoming(response, asked))
  if (readable) read(readable)
  void leave(message(request, contact, answer))
  guard.close()
}
