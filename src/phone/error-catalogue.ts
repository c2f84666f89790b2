import { codesOf, promptRows, readRow, type ErrorText } from './error-text.ts'
import { placeRows } from './place-errors.ts'

/** The methods by the digits their codes begin with; the longest match counts. */
const methods =
  '00 any,20 login,205 associateE911Id,21 logout,22 dial,23 answer,24 hangup,25 hold,26 resume,27 mute,28 unmute,' +
  '29 cancel,30 reject,31 startConference,32 joinConference,33 rejectConference,34 getParticipants,35 endConference,' +
  '36 addParticipant,37 removeParticipant,381 cleanPhoneNumber,382 formatNumber,383 getCallerInfo,39 addCall,40 move,' +
  '41 transfer,42 switch,43 acceptModification,44 rejectModification,45 downgrade,46 upgrade,47 sendDTMFTone,' +
  '481 setIceServers,482 setIceTransport,483 setIpv6,49 on,50 getUserMedia,51 setup,52 handOverConference,53 acceptHandOver,54 rejectHandOver'

/**
 * What can go wrong inside the phone, said once for every method it can happen in: `codes|message|cause|resolution`,
 * `~` standing for the method. Strings and not objects because every page loads them.
 */
const sdkRows: readonly string[] = [
  '0000|Something failed|No code fits it|Try again',
  '0001|An error has an unknown code|The code is missing from the catalogue|Report it with the log',
  '0002|No reply in time|The network is slow or gone|Check the connection and try again',
  '0020|Microphone or camera refused|Access was denied|Allow it in the browser and try again',
  '2000 2050 2100 2200 2300 2400 2500 2600 2700 2800 2900 3000 3100 3200 3300 3500 3600 3700 ' +
    '3900 4000 4100 4200 4300 4400 4500 4600 4700 5000|~ failed|An unexpected failure|Try again',
  '2001 2051 2201 2301 3101 3201 3901 4711 5001|Options missing|~ was called without its options|Pass the options',
  '2002|Token missing|The options have no token|Pass a token',
  '2003|Already logged in|There is a session|Call logout first',
  '2052|E911 id missing|The options have no e911Id|Pass an e911Id',
  '2053 2101 2241 2321 2401 2501 2601 2701 2801 2901 3001 3131 3221 3301 3501 3621 3721 3941 4001 4101 4201 ' +
    '4301 4401 4501 4601 4721 5301 5401|Not logged in|There is no session|Call login and wait for session:ready',
  '2211 3911|Destination missing|It is absent or empty|Pass a number or user id',
  '3611 3711|Participant missing|It is absent or empty|Pass a number or user id',
  '2212 3612 3912|The address is a URI|It begins with sip: or tel:|Pass the number or user id alone',
  '2213 3613 3913|Not a valid address|It is neither a number nor a user id|Pass a number with area code or a user id',
  '2004 2214 3914|Control characters|A name, an address or a header field holds a line break or another control ' +
    'character|Remove it',
  '5011|Media type missing|The options have no mediaType|Pass audio or video',
  '2221 3111 3921 5012|Not a valid media type|It is neither audio nor video|Pass audio or video',
  '2231 2311 3121 3211 3931|Not a valid localMedia|It is not a media element|Pass a media element',
  '2232 2312 3122 3212 3932|Not a valid remoteMedia|It is not a media element|Pass a media element',
  '2341 3241|Not a valid action|It is neither end nor hold|Pass end or hold',
  '2251 3951|Another call is connecting|One is set up at a time|Wait for it, or cancel it',
  '2252|There is an active call|~ makes the first call|Use addCall',
  '3961|Two calls exist already|Two calls is the most|End one first',
  '2331 3002|No incoming call|None is waiting, or it has ended|Wait for call:incoming',
  '2402 2502 2602 2702 2802 4002 4102 4202 4302 4402 4502 4602 4731|No active call|There is none, or it has ended|' +
    'Make or answer a call first',
  '2902|No outgoing call|None is waiting, or it was answered|Use hangup',
  '2503 2603 4003 4103 4303 4403 4503 4603 4741|Not possible now|The state of the call does not allow ~|Wait ' +
    'until it is connected and no change is pending',
  '3231 3302|No conference invitation|None is waiting, or it has ended|Wait for conference:invitation-received',
  '3631 3731|No conference of yours|There is none, or another user hosts it|Call startConference first',
  '5241|They do not host the conference|They declined, or did not answer|Ask somebody else, or stay its host',
  '5331 5431|No hand-over request|None is waiting, or it has ended|Wait for conference:hand-over-requested',
  '3502|No active conference|There is none, or it has ended|Start or join a conference first',
  '3641|Already a participant|The participant is in the conference|Nothing to do',
  '4004 4505 4605|The active call is a conference|~ is for calls of two|Switch to a call first',
  '4104|One call is a conference|~ is for calls of two|End the conference first',
  '4105 4203|Only one call|~ needs two calls|Use addCall first',
  '4304 4404|No modification request|None is waiting, or it has ended|Wait for call:media-modification',
  '4504|The call is audio already|There is no video to end|Nothing to do',
  '4604|The call is video already|There is video already|Nothing to do',
  '4712|Not a valid tone|It is absent or not of 0-9 A-D * #|Pass 0-9 A-D * #',
]

/** Why the network refuses and the remedy, `cause|resolution`, by the letter that stands for it in `apiRows`. */
const refusals: Readonly<Record<string, string>> = {
  r: 'The network refused what was passed|Check what was passed',
  a: 'The network refused an address|Check the numbers and user ids',
  e: 'The E911 service refused the address|Correct the address',
  d: 'The E911 service is out of order|Try again later',
  k: 'The kind of user decides that|Log in the other way',
  t: 'The token is wrong or has expired|Log in with a new token of this user',
  p: 'The account does not include calls|Ask who runs the network',
  c: 'The change is not finished|Wait for call:state-changed',
  l: 'Another session was not ended|Log out there',
  n: 'The call has ended, or the server is wrong|Check the server and log in again',
  s: 'The fault is in the network|Try again later',
  u: 'The server is of another kind|Check the server',
}

/** Each error the network can answer with: code, HTTP status and message id, then `refusal|message[|method]`. */
const apiRows: readonly string[] = [
  '1000 400 |s|System error',
  '1001 400 SVC0001|r|The request had a problem',
  '1002 400 SVC0002|r|A parameter value was refused',
  '1003 400 SVC0003|r|A parameter had an unexpected value',
  '1004 400 SVC0004|a|The addresses are not valid',
  '1015 400 SVC0015|e|Not a valid E911 address|createE911Id',
  '1016 400 SVC0016|e|The E911 address could not be confirmed|createE911Id',
  '1017 400 SVC0017|d|The E911 provider is not available|createE911Id',
  '1018 400 SVC0018|d|The E911 provider failed|createE911Id',
  '1019 400 SVC0019|e|The E911 id is not valid',
  '1021 400 SVC0020|s|The network could not process the request',
  '1401 409 SVC8501|c|A change of this call is already in progress',
  '1501 400 SVC8510|k|This kind of user must not pass an E911 id|login',
  '1511 400 SVC8511|k|This kind of user must pass an E911 id|login',
  '1521 400 SVC8512|t|The token does not belong to the user',
  '1531 400 SVC8513|l|There is a session for this token|login',
  '1541 404 SVC8514|a|The user id is not valid|associateToken',
  '1702 403 POL0002|a|The privacy check failed for an address',
  '1703 403 POL0003|a|Too many addresses',
  '1711 401 POL0001|t|Credentials not recognised',
  '1713 403 POL0001|t|Credentials not recognised',
  '1809 403 POL1009|p|The user is not provisioned for this service',
  '1901 403 POL1100|l|Too many login sessions|login',
  '1921 403 POL1102|t|The token does not match the current session|logout',
  '404 404 |n|Nothing at that address',
  '500 500 |s|The server failed',
  '501 501 |u|The server cannot do this',
  '502 502 |s|The gateway got a bad answer',
  '503 503 |s|The server is overloaded or down',
  '504 504 |s|The gateway got no answer in time',
  '505 505 |u|The server refused the HTTP version',
]

function methodOf(code: string): string {
  const named = (digits: number) => new RegExp(`(?:^|,)${code.slice(0, digits)} (\\w+)`).exec(methods)?.[1]
  return named(3) ?? named(2) ?? 'any'
}

function sdkText(code: string, row: string): ErrorText {
  return readRow(code, methodOf(code), row)
}

function apiText(row: string): ErrorText {
  const [key = '', refusal = '', message = '', method = 'any'] = row.split('|')
  const [cause = '', resolution = ''] = (refusals[refusal] ?? '').split('|')
  return { code: key.split(' ', 1)[0] ?? '', method, message, cause, resolution }
}

/** The text of one of the phone's own errors; for a code the catalogue does not know, 0001, which tells the code. */
export function sdkError(code: string | number): ErrorText {
  const wanted = String(code)
  const row = [...promptRows, ...sdkRows, ...placeRows].find((row) => codesOf(row).includes(wanted))
  if (row) return sdkText(wanted, row)
  const text = sdkError('0001')
  return { ...text, message: `${text.message}: ${wanted.slice(0, 40)}` }
}

/**
 * The text of an error the network answered with: by HTTP status and the `MessageId` of its body, by the status alone
 * from 500 up, and 1000 for what is not listed. A status of the 500s that is not listed counts as 500 (RFC 9110
 * section 15), a 404 with no message id of the list as 404.
 */
export function apiError(status: number | string, messageId = ''): ErrorText {
  const find = (key: string) => apiRows.find((row) => row.split('|', 1)[0]?.endsWith(` ${key}`))
  const listed = Number(status) < 500 ? find(`${status} ${messageId}`) : undefined
  const byStatus = () => find(`${status} `) ?? find(Number(status) >= 500 ? '500 ' : '400 ')
  return apiText(listed ?? byStatus() ?? '')
}

/** Every entry: the phone's own in order of code, then the network's. */
export function allErrorTexts(): readonly ErrorText[] {
  const own = [...promptRows, ...sdkRows, ...placeRows].flatMap((row) => codesOf(row).map((code) => sdkText(code, row)))
  return [...own.sort((a, b) => (a.code < b.code ? -1 : 1)), ...apiRows.map(apiText)]
}
