/** One entry of the catalogue: what happened, why, and what to do about it. */
export interface ErrorText {
  /** Four digits; an API error known by its HTTP status alone has that status, `503`. */
  readonly code: string
  /** The method that raises it; `any` where several do. */
  readonly method: string
  readonly message: string
  readonly cause: string
  readonly resolution: string
}

/**
 * The errors of methods that answer at once, and so cannot wait for the catalogue to be loaded:
 * `codes|message|cause|resolution`, `~` standing for the method.
 */
export const promptRows: readonly string[] = [
  '3401|Not logged in|There is no session|Call login and wait for session:ready',
  '3402|No conference of yours|There is none, or another user hosts it|Call startConference first',
  '3400 5100|~ failed|An unexpected failure|Try again',
  '3810 3820|~ failed|It is no number|Pass a number',
  '3830|~ failed|It is no address|Pass what an event has in from',
  '4811|Not valid ICE servers|It is not a list of ICE server URLs|Pass a list of stun: or turn: URLs',
  '4821|Not a valid ICE transport|It is not all, none or relay|Pass all, none or relay',
  '4831|Not a valid IPv6 setting|It is not a boolean|Pass true or false',
  '4901|Event or handler missing|~ needs an event name and a function|Pass both',
  '4902|No such event|There is no event of that name|Check the name',
  '5101|Options missing|~ was called without its options|Pass the options',
  '5111|Not a valid localMedia|It is not a media element|Pass a media element',
  '5112|Not a valid remoteMedia|It is not a media element|Pass a media element',
]

export function codesOf(row: string): readonly string[] {
  return row.split('|', 1)[0]?.split(' ') ?? []
}

export function readRow(code: string, method: string, row: string): ErrorText {
  const [, message = '', cause = '', resolution = ''] = row.replaceAll('~', method).split('|')
  return { code, method, message, cause, resolution }
}

/** The text of an error without the catalogue: whole for `promptRows`, the bare code for all others. */
export function promptText(code: string, method: string): ErrorText {
  const row = promptRows.find((each) => codesOf(each).includes(code))
  return readRow(code, method, row ?? `|Error ${code}|The catalogue of errors could not be loaded|Look the code up`)
}
