import type { Silence } from '../../src/phone/quality-watch.ts'
import type { DeviceRole, ParticipantState } from '../../src/phone/snapshot.ts'
import type { Trouble } from './en.ts'

/** The English texts that only tags have which a whole phone does without: `further-texts` brings them with the first. */
export const furtherEnglish = {
  // Several calls
  onTheLine: 'On the line',
  switchTo: (name: string): string => `Switch to ${name}`,
  hangupOn: (name: string): string => `Hang up ${name}`,
  declineFrom: (name: string): string => `Decline ${name}`,
  takeBack: (name: string): string => `Cancel the call to ${name}`,
  answerHolds: (name: string): string => `Answering puts ${name} on hold.`,

  // Transfer
  transferOf: (name: string): string => `Transfer ${name}`,
  transferTo: 'To number or name',
  transferNow: 'Transfer now',
  askFirst: 'Consult first',
  transferWhileCalling: (name: string): string => `Ask ${name}, then transfer. Your first call waits on hold.`,
  transferJoin: (one: string, other: string): string => `${one} and ${other} go on without you.`,
  transferJoinNow: 'Complete transfer',
  noBlindTransfer: 'On this line, consult first',
  noAttendedTransfer: 'On this line you can only transfer at once',

  // Conference
  conferenceHelp: 'Talk with several people at once.',
  startConference: 'Start a conference',
  mergeHelp: 'Make one conversation of your two calls.',
  participantStates: {
    inviting: 'Inviting…',
    invited: 'Invited',
    ringing: 'Ringing…',
    joined: 'Joined',
    held: 'On hold',
    leaving: 'Leaving…',
  } as Readonly<Record<ParticipantState, string>>,
  silence: (name: string): string => `Mute ${name}`,
  muteAll: 'Mute everyone',
  addParticipant: 'Add a name or number',
  removeParticipant: (name: string): string => `Remove ${name}`,
  withdraw: (name: string): string => `Cancel the invitation to ${name}`,
  conferenceFull: 'Nobody more can join: the conference is full.',
  noConference: 'There are no conferences on this line',
  joinHolds: 'Joining puts your call on hold.',
  joinAudio: 'Join',
  joinVideo: 'Join with video',
  endForAll: 'End for all',
  handOver: 'Hand over and leave',
  handOverHelp: 'The conference goes on with the host you choose.',
  makeHost: (name: string): string => `Make ${name} the host, and leave`,
  handOverAlone: 'Nobody else has joined',
  handingOver: 'Handing over…',
  sayJoined: (name: string): string => `${name} joined.`,
  sayLeft: (name: string): string => `${name} left.`,
  sayNotJoined: (name: string): string => `${name} did not join.`,
  sayYouHost: 'You are the host now.',

  // Why a control cannot be used now
  audioCall: 'This is an audio call',

  // Click to call
  callAgain: 'Call again',
  showCall: 'Show the call',
  useTelephone: 'Call with your telephone',
  cannotCallHere: 'This browser cannot make calls',
  guestBusy: ['Too many calls from here.', 'Try again in a minute.'] as Trouble,
  guestRefused: ['This page cannot call now.', 'Try again later.'] as Trouble,
  notLoaded: ['The phone could not be loaded.', 'Check your connection, then try again.'] as Trouble,

  // Numbers and names to choose from
  invalidNumber: 'This is neither a number nor a name that can be called',
  contactsFound: (count: number): string =>
    count === 1 ? '1 contact' : `${new Intl.NumberFormat('en').format(count)} contacts`,

  // What a whole phone shows while there is no call
  viewRecents: 'Recents',
  viewSettings: 'Settings',
  missedCalls: (count: number): string =>
    count === 1 ? '1 missed call' : `${new Intl.NumberFormat('en').format(count)} missed calls`,
  findContact: 'Find a contact',
  noContactFits: 'Nobody by that name or number',

  // Calls that were
  historyEmpty: 'No calls yet',
  outgoingCall: 'Outgoing',
  notAnswered: 'Not answered',
  clearHistory: 'Clear',
  clearHistoryQuestion: 'Delete all calls from this list?',
  deleteAll: 'Delete',
  keepAll: 'Keep',

  // What the phone does to the page around it
  smallWindow: 'Small window',
  openSmallWindow: 'Show the call in a small window',
  closeSmallWindow: 'Bring the call back to the page',

  // Devices
  defaultDevice: 'Default',
  unnamedDevice: (number: number): string => `Device ${number}`,
  absentDevice: 'Chosen, not connected',
  testMicrophone: 'Test the microphone',
  endTest: 'Stop the test',
  microphoneLevel: 'Microphone level',
  showPreview: 'Show the camera',
  hidePreview: 'Hide the camera',
  cameraPreview: 'Camera preview',
  ringOnce: 'Ring once',
  soundOptions: 'Sound of the microphone',
  echoCancellation: 'Cancel echo',
  noiseSuppression: 'Reduce noise',
  autoGainControl: 'Automatic volume',
  allowToChoose: 'Devices are named once you test one and your browser may use it.',
  noOutputChoice: 'This browser uses the speaker that is set in your system.',
  silentMicrophone: ['No sound from this microphone.', 'Look for a switch on it, or choose another one.'] as Trouble,
  mutedInCall: 'You are muted. Only you see this level.',
  deviceBusy: ['This device does not open.', 'Close what else may use it, then try again.'] as Trouble,
  deviceGone: {
    microphone: ['Your microphone is gone.', 'The default one is used until it is back.'],
    camera: ['Your camera is gone.', 'The default one is used until it is back.'],
    speaker: ['Your speaker is gone.', 'The default one is used until it is back.'],
    ringer: ['Your speaker for ringing is gone.', 'The default one is used until it is back.'],
  } as Readonly<Record<DeviceRole, Trouble>>,

  // The screen
  shareScreen: 'Share screen',
  shareScreenAction: 'Show your screen to the other side',
  cannotShareScreen: 'This browser cannot share the screen',

  // How well a call is heard
  qualityRatings: { good: 'Good', fair: 'Fair', poor: 'Poor', bad: 'Bad' },
  measuring: 'Measuring…',
  sayBadQuality: 'The connection is bad',
  youHear: 'You hear',
  theyHear: 'They hear',
  score: 'Score (MOS)',
  loss: 'Lost',
  jitter: 'Jitter',
  roundTrip: 'Round trip',
  codec: 'Codec',
  silences: {
    held: 'You put the call on hold',
    'held-by-remote': 'The other side put you on hold',
    muted: 'You are muted',
    'no-microphone': 'You are not heard: there is no microphone',
    'microphone-silent': 'You are not heard: your microphone gives no sound',
    'nothing-sent': 'You are not heard: your sound does not get out',
    'output-blocked': 'Your browser keeps this page silent: click anywhere',
    'nothing-received': 'No sound comes from the other side',
    'received-silence': 'The other side is silent: it may be muted',
  } as Readonly<Record<Silence, string>>,
}
