/** Why att.js tells something else than the original did, for the guide. */
export const reasons = {
  'logout rejects':
    'Signing out while a call rings declines it: the caller hears that nobody will answer, not that a call has ended.',
  'media type': 'The specification makes `mediaType` optional, `video` by default.',
  'no answer': 'The caller hears `call:canceled`, too, when nobody answers in time.',
  'unknown callee':
    'Somebody who is not there is no end of the session: the call ends with the error of the network, and the session stays.',
  busy: 'A caller of a busy phone hears `call:rejected` at once, in place of nothing at all.',
  'refused devices':
    'A call for which the browser gave no device ends here, and one that rings goes on to ring: the phone works on, and the person can try again.',
  'every hold': 'Each hold and each resume is told by `call:held` and `call:resumed`, not the first of a call alone.',
  'every tone': 'Each tone of a sequence is sent and told.',
  'refused picture':
    'Who refuses to send a picture still gets the picture of the other side, so that the call is a video call.',
  'leaving a conference': 'A conference tells that it ends by events of conferences alone.',
  'answering an invitation': 'An invitation that `answer` takes is told as a conference from its first event on.',
  'holding a conference':
    'A conference is held and resumed by its host and by those who take part, and each of them hears of it.',
  'inviting as a participant': 'Only the host of a conference invites, and knows who takes part.',
  'hosting works': 'A page hosts conferences of its own.',
  'hand-overs work': 'A call is transferred, or moved to another device of the same person.',
  'refused downgrade': 'A downgrade is always taken: nobody can be made to go on sending a picture.',
  'both at once':
    'When both sides ask at once, both holds are done one after the other; of two upgrades the first one counts, and is answered.',
  'asked while holding': 'Who holds a call is asked for video like anybody else, and agrees to it or not.',
  asked: 'Who is asked for other media answers that first: until then other changes are refused, and nothing breaks.',
  'told once': 'An outage, and the end of a session, is told once, not at each request for events.',
  'lost session': 'With its session a phone loses its calls: they end, and say so.',
  'token ran out': 'A token that is no longer taken ends the session.',
  'out of reach':
    'A gateway that answers nothing, or fails, is out of reach: `gateway:unreachable` tells of each kind.',
  'refused calls': 'A call that the network refuses ends, with its error.',
  'refused ends': 'A call that one ends is over for this side, no matter what the answer is.',
  'refused login': 'A sign-in that is refused is told as such: there is no session yet that could end.',
  'refused changes': 'A change that the network refuses is told to the end, as one that the other side refuses.',
  'null options': 'Nothing is thrown: `null`, and what is of no use, count as absent.',
  'nothing is thrown': 'Nothing is thrown: the `error` event tells, or the value is empty.',
  'empty texts': 'An empty text counts as absent.',
  'impossible addresses': 'An address that can be none is refused before anything is dialled.',
  'no options': 'What is no object counts as absent options.',
  'no elements': 'Media elements are optional: the sound is played without one.',
  numbers: 'What is no number gives `false` and the error; letters stay letters.',
  'off is new': 'A handler can be taken away again; what is no handler of this page takes nothing away.',
  session: 'A session has `getId()`; the events of the phone tell the rest.',
  'old sign-in': 'Where nobody is named, there is nothing to tie to a token: `login` says what it misses.',
  'inviting first':
    'Somebody who takes no part cannot be taken out of a conference that this page hosts: the original hosted none.',
  'one at a time': 'One call is dialled at a time; what is refused is told, and changes nothing.',
  'making room':
    'What was asked for is settled first: a request of this side is taken back, one of the other side declined. Then the call is held.',
  'tones to a holder': 'Who holds the call hears no tones: that is told, and none is sent.',
  'beside what rings': 'What rings here rings on: this page may dial somebody else first, or start a conference.',
  'nothing rings': 'The call that one dials does not ring here: there is nothing to answer or to decline.',
  'cancel of an incoming call': 'There is nothing to take back, and that is told.',
} as const

export type Reason = keyof typeof reasons
