/** A request that a client sends by its channel. */
export interface CommandFrame {
  /** Its number, which the reply has, too. */
  readonly request: number
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** Text as it is, anything else as JSON. */
  readonly body: unknown
  /** Where it is a number, the channel brings the events of the session from now on: those after this one. */
  readonly after: number | undefined
}

const methods: readonly unknown[] = ['POST', 'PUT', 'PATCH', 'DELETE'] satisfies CommandFrame['method'][]

/** Header fields of the protocol. Any other is the proxy's to set, or says how the bytes go. */
const ofProtocol =
  /^(?:authorization|content-type|x-(?:arg|e911id|request-key|[a-z]+-(?:action|reason|detail)|mod-?id|transfertargetcallid))$/i

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0

/** The request that a message is; `null` where it is none, or none of the resources below `base`. */
export function commandFrame(text: string, base: string): CommandFrame | null {
  let frame: unknown
  try {
    frame = JSON.parse(text)
  } catch {
    return null
  }
  if (!isRecord(frame)) return null
  const { request, method, path, headers = {}, body, after } = frame
  if (!isCount(request) || !methods.includes(method) || typeof path !== 'string' || !isRecord(headers)) return null
  if (!path.startsWith(`${base}/`)) return null
  if (after !== undefined && !isCount(after)) return null
  const fields = Object.entries(headers).filter(
    (field): field is [string, string] => ofProtocol.test(field[0]) && typeof field[1] === 'string',
  )
  return { request, method: method as CommandFrame['method'], path, headers: Object.fromEntries(fields), body, after }
}
