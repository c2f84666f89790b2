/** What a gateway answers in place of what it would: a status, or nothing at all. */
export type Answer = 401 | 403 | 404 | 500 | 502 | 503 | 'cut'

const { fetch: real } = globalThis
// eslint-disable-next-line @typescript-eslint/unbound-method -- it is called with a WebSocket as `this` below
const realSend = WebSocket.prototype.send

/** Answers by the token of the user who asks. */
const answers = new Map<string, Answer>()

/** What a gateway says of a session that it does not know; of anything else, something that no client knows. */
const bodies: Readonly<Partial<Record<Answer, object>>> = {
  404: { RequestError: { ServiceException: { MessageId: '', Text: 'The requested session resource was not found' } } },
}

/** What this request is answered; a request of nobody looks for what is in the way, and is cut like the others. */
function answerTo({ headers }: RequestInit): Answer | undefined {
  const token = new Headers(headers).get('Authorization')?.replace('Bearer ', '')
  if (token === undefined) return [...answers.values()].find((what) => what === 'cut')
  return answers.get(token)
}

function answer(what: Answer): Response {
  if (what === 'cut') throw new TypeError('Failed to fetch')
  return Response.json(bodies[what] ?? {}, { status: what })
}

/** As `fetch` below, for the channel of commands. */
function sendOrRefuse(this: WebSocket, data: string): void {
  const { request, headers } = JSON.parse(data) as { readonly request: number; readonly headers: HeadersInit }
  const refusal = answerTo({ headers })
  if (refusal === undefined) realSend.call(this, data)
  else if (refusal === 'cut') throw new TypeError('Failed to fetch')
  else {
    const reply = { reply: request, status: refusal, headers: {}, body: JSON.stringify(bodies[refusal] ?? {}) }
    queueMicrotask(() => this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(reply) })))
  }
}

/** Every request with this token is answered so from now on; those of others reach the gateway. */
export function refuseRequests(token: string, what: Answer): void {
  answers.set(token, what)
  WebSocket.prototype.send = sendOrRefuse
  globalThis.fetch = async (input, init) => {
    const refusal = answerTo(init ?? {})
    return refusal === undefined ? real(input, init) : answer(refusal)
  }
}

/** Lets every request through again. */
export function allowRequests(): void {
  answers.clear()
  globalThis.fetch = real
  WebSocket.prototype.send = realSend
}

/** Cuts the events of a session: the gateway closes a channel when another one is opened. */
export async function cutEvents(server: string, session: string, token: string): Promise<void> {
  const resource = new URL(`/RTC/v1/sessions/${session}/websockets`, server)
  const response = await real(resource, { method: 'POST', headers: { Authorization: `Bearer ${token}` } })
  const address = new URL(response.headers.get('Location') ?? '', server)
  address.protocol = 'ws:'
  const socket = new WebSocket(address)
  await new Promise((resolve) => socket.addEventListener('open', resolve, { once: true }))
  const closed = new Promise((resolve) => socket.addEventListener('close', resolve, { once: true }))
  socket.close()
  await closed
}
