import type { EndReason } from '../../src/phone/snapshot.ts'

/** Two short sentences: what happened, and what to do. */
export type Trouble = readonly [what: string, remedy: string]

/** What the words of a call that is refused for good are found by. */
export type RefusedCall = '300' | '403' | '404' | '410' | '433' | '484' | '488' | 'other'

const ended: Readonly<Record<EndReason, (name: string) => string>> = {
  hangup: (): string => 'Call ended',
  'remote-hangup': (name) => `${name} hung up`,
  lost: (name) => `The connection to ${name} was lost`,
  rejected: (name): string => `${name} declined`,
  unavailable: (name): string => `${name} is not available`,
  busy: (name): string => `${name} is busy`,
  canceled: (): string => 'Call canceled',
  'no-answer': () => 'No answer',
  'answered-elsewhere': () => 'Answered on another device',
  moved: (): string => 'Moved to another device',
  transferred: (): string => 'Call transferred',
  merged: (): string => 'Joined to the conference',
  'session-ended': () => 'Ended: you were signed out',
  failed: (): string => 'Call failed',
}

const microphoneDenied: Trouble = ['Microphone blocked.', 'Allow it next to the page address, then try again.']
const unknownNumber: Trouble = ['This number cannot be called.', 'Check it, with its area code.']

/** Every text a person reads or hears of the tags of a whole phone; `further-english` has the others. Functions take names and numbers; a locale puts them where its grammar wants. */
export const en = {
  language: 'en',
  /** Whether the language is read from the left (`ltr`) or from the right (`rtl`). */
  direction: 'ltr' as 'ltr' | 'rtl',

  // The session
  ready: 'Ready',
  'signed-out': 'Signed out',
  'signing-in': 'Signing in…',
  recovering: 'Reconnecting…',
  expired: 'Signed out',
  signIn: 'Sign in',
  yourNumber: (number: string): string => `Your number: ${number}`,
  signedOutHelp: 'Sign in to make and receive calls.',
  noCredentials: 'This page has not signed you in yet.',
  expiredHelp: 'You have been signed out. Sign in again.',

  // The call
  dialing: 'Calling…',
  forwarded: 'The call is being forwarded…',
  queued: 'You are in a queue…',
  ringing: 'Ringing…',
  connecting: 'Connecting…',
  connected: 'Connected',
  ending: 'Ending…',
  held: 'On hold',
  heldByRemote: (name: string): string => `${name} put you on hold`,
  incoming: (video: boolean): string => (video ? 'Incoming video call' : 'Incoming call'),
  missed: 'Missed call',
  declined: 'Declined',
  ended,
  noCall: 'No call',
  unknownCaller: 'Unknown caller',
  withheldCaller: 'Withheld number',
  verifiedNumber: 'Number verified',
  forgedNumber: 'Number not genuine',
  confirmedCaller: 'Confirmed by your exchange',
  callFor: (name: string): string => `for ${name}`,
  you: 'You',

  // What a screen reader is told
  sayDialing: (name: string): string => `Calling ${name}`,
  sayRinging: (name: string): string => `Ringing at ${name}`,
  sayIncoming: (name: string, video: boolean): string => `Incoming ${video ? 'video ' : ''}call from ${name}`,
  sayConnected: (name: string): string => `Connected to ${name}`,
  sayHeld: 'Call on hold',
  sayResumed: 'Call resumed',
  resumedByRemote: (name: string): string => `${name} took you off hold`,
  sayMuted: 'Microphone muted',
  sayUnmuted: 'Microphone on',
  sayVideo: 'This is a video call now',
  sayAudio: 'This is an audio call now',
  sayOtherParty: (name: string): string => `You are talking to ${name} now`,
  sayHost: (name: string): string => `${name} hosts the conference now`,
  sayOtherWaiting: (name: string): string => `The call on hold is with ${name} now`,
  sayBack: 'The connection is back',
  missedFrom: (name: string): string => `Missed call from ${name}`,
  unseenCall: (name: string): Trouble => [
    `Your call with ${name} goes on.`,
    'The phone has left this page. The call ends in 10 seconds.',
  ],
  unseenCallEnded: (name: string): Trouble => [`Your call with ${name} has ended.`, 'The phone had left this page.'],
  titleIncoming: (name: string): string => `${name} is calling`,

  // Number and keypad
  phone: 'Phone',
  number: 'Number or name',
  sentDigits: 'Digits sent',
  keypad: 'Keypad',
  hideKeypad: 'Hide the keypad',
  backspace: 'Delete the last character',
  star: 'Star',
  pound: 'Pound',
  holdForPlus: 'Hold for +',

  // Controls: label, and the action where the label tells a state
  call: 'Call',
  videoCall: 'Video call',
  callTo: (name: string): string => `Call ${name}`,
  answer: 'Answer',
  audio: 'Audio',
  answerAudio: 'Accept, camera off',
  holdAnswer: 'Hold & answer',
  endAnswer: 'End & answer',
  decline: 'Decline',
  cancel: 'Cancel',
  hangup: 'Hang up',
  mute: 'Mute',
  muted: 'Muted',
  hold: 'Hold',
  camera: 'Camera',
  cameraOff: 'Camera off',
  dismiss: 'Dismiss',

  // Several calls
  calls: 'Calls',
  merge: 'Merge the calls',
  add: 'Add',
  addCall: 'Add a call',
  back: 'Back',
  video: 'Video',
  askVideo: 'Ask for video',
  more: 'More',
  fewer: 'Fewer controls',

  // Transfer
  transfer: 'Transfer',
  transferring: 'Transferring…',
  noTransfer: 'You cannot transfer calls on this line',

  // Conference
  conference: 'Conference',
  incomingConference: 'Conference invitation',
  conferenceWith: (name: string): string => `Conference of ${name}`,
  participants: 'Participants',
  host: 'Host',
  speaking: 'Speaking',
  silenced: 'Muted by you',
  invitesYou: (name: string): string => `${name} invites you to a conference.`,
  leave: 'Leave',

  // Why a control cannot be used now
  noNumber: 'Enter a number first',
  signInFirst: 'Sign in first',
  callActive: 'End the call first',
  noIncoming: 'No call is ringing',
  noCallNow: 'There is no call',
  notConnected: 'Wait until the call is connected',
  onHold: 'The call is on hold',
  twoCalls: 'End one of your calls first',
  noVideo: 'There is no video on this line',
  waiting: 'One moment…',

  // Click to call
  close: 'Close',

  // Numbers and names to choose from
  contacts: 'Contacts',

  // Calls that were
  history: 'Calls',
  incomingCall: 'Incoming',

  // What the phone does to the page around it
  shortcuts: 'Keyboard shortcuts',
  or: 'or',

  // Devices
  devices: 'Devices',
  microphone: 'Microphone',
  speaker: 'Speaker',
  ringer: 'Ringing',
  playTone: 'Play a tone',

  // How well a call is heard
  quality: 'Call quality',

  // What the other side asks for
  asksVideo: ['Video?', 'The other side would like to see you.'] as Trouble,
  asksAudio: ['Without video?', 'The other side would like to go on with sound alone.'] as Trouble,
  refusedVideo: (name: string): Trouble => ['No video for now.', `${name} goes on with sound alone.`],
  unansweredVideo: (name: string): Trouble => ['No video for now.', `${name} did not answer the request.`],
  asksTransfer: (who: string, to: string): Trouble => ['Connect?', `${who} wants to connect you to ${to}.`],
  asksHandOver: (who: string): Trouble => ['Become the host?', `${who} leaves and wants you to host the conference.`],
  accept: 'Accept',
  refuse: 'Not now',

  // Trouble
  offline: ['You are offline.', 'Calls work again when your connection is back.'] as Trouble,
  linkRecovering: ['The connection was interrupted.', 'Your call is kept; sound returns in a moment.'] as Trouble,
  linkLost: ['The sound is gone.', 'Hang up and call again if it does not return.'] as Trouble,
  sessionRecovering: ['Connection lost.', 'Reconnecting; this may take a moment.'] as Trouble,
  askingMicrophone: ['Your browser asks for the microphone.', 'Choose Allow to be heard.'] as Trouble,
  askingCamera: ['Your browser asks for the camera.', 'Choose Allow to be seen.'] as Trouble,
  askingLocalNetwork: [
    'Waiting for the server.',
    'If your browser asks for access to your local network, choose Allow.',
  ] as Trouble,
  soundBlocked: ['The browser keeps this page silent.', 'Click anywhere to hear it.'] as Trouble,
  turnSoundOn: 'Turn sound on',
  cameraDenied: ['Camera blocked.', 'Allow it next to the page address, then try again.'] as Trouble,
  microphoneMissing: ['No microphone found.', 'Connect one, then try again.'] as Trouble,
  cameraMissing: ['No camera found.', 'Connect one, or call with audio only.'] as Trouble,
  failed: ['That did not work.', 'Try again.'] as Trouble,
  /**
   * By error code; a code that is not here speaks with the words of the catalogue, as those of the place a page stands
   * in do (0022 to 0051): they are English, and no part of the first load.
   */
  /** What an exchange says that takes a call never, by its status (RFC 3261, 21); `other` for all that are not here. */
  refusals: {
    '300': ['The call was sent on to another number.', 'Dial that one yourself if you trust it.'],
    '403': ['This call is not allowed.', 'Ask who runs your telephones.'],
    '404': ['There is no such number.', 'Check it.'],
    '410': ['This number is no longer in use.', 'Look for the new one.'],
    '433': ['Calls without a number are not taken there.', 'Show your number, then call.'],
    '484': ['The number is incomplete.', 'Enter all of it.'],
    '488': ['Your phone and theirs do not fit together.', 'Ask who runs your telephones.'],
    other: ['The exchange does not take this call.', 'Ask who runs your telephones.'],
  } as Readonly<Record<RefusedCall, Trouble>>,
  /** Of a network that says when it can help again. */
  tryAgainIn: (time: string): string => `Try again in ${time}.`,
  errors: {
    '0002': ['The network does not answer.', 'Check your connection, then try again.'],
    '0020': microphoneDenied,
    '0021': microphoneDenied,
    '1004': unknownNumber,
    '1711': ['You could not be signed in.', 'Your access is wrong or has expired.'],
    '2211': ['No number.', 'Enter the number or name to call.'],
    '2212': ['That is a link, not a number.', 'Enter the number or name alone.'],
    '2213': unknownNumber,
    '5241': ['They do not host the conference.', 'Ask somebody else, or stay its host.'],
    '404': ['That number isn’t reachable.', 'Check it, or try again later.'],
    '503': ['The phone service is down.', 'Try again in a moment.'],
  } as Readonly<Record<string, Trouble>>,
}
