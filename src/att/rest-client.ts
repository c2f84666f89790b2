import { throwLater } from '../base/microtask.ts'

/** What the callbacks of a request are given. */
export interface RestResponse {
  /** Empty when there was no answer. */
  readonly responseText: string
  /** The body as JSON; `null` for what is none. */
  getJson(): unknown
  /** 0 when there was no answer. */
  getResponseStatus(): number
  /** `null` for a header that is not there, or that a page of this origin may not read. */
  getResponseHeader(name: string): string | null
}

/** One request. */
export interface RestOptions {
  readonly url: string
  /** Default `GET`. */
  readonly method?: string | undefined
  /** An object is sent as JSON, a text as it is. */
  readonly data?: unknown
  /** Beside `Accept` and `Content-Type: application/json`, or in their place. */
  readonly headers?: Readonly<Record<string, string>> | null | undefined
  /** Called for an answer from 200 to 299. */
  readonly success?: ((response: RestResponse) => void) | undefined
  /** Called for any other answer, and for none at all. */
  readonly error?: ((response: RestResponse) => void) | undefined
  /** Called in place of `error` when time is up. */
  readonly ontimeout?: ((response: RestResponse) => void) | undefined
  /** In ms. Default 30,000. */
  readonly timeout?: number | undefined
}

export interface RestClient {
  /** Sends the request; one of the callbacks tells how it went. */
  ajax(): void
}

/** Called with or without `new`. */
export interface RestClientConstructor {
  new (options: RestOptions): RestClient
  (options: RestOptions): RestClient
}

const usualTimeout = 30_000

class Answer implements RestResponse {
  constructor(
    readonly responseText: string,
    private readonly status: number,
    private readonly headers: Headers,
  ) {}

  getJson(): unknown {
    try {
      return JSON.parse(this.responseText) as unknown
    } catch {
      return null
    }
  }

  getResponseStatus(): number {
    return this.status
  }

  getResponseHeader(name: string): string | null {
    return this.headers.get(name)
  }
}

function headersOf({ headers }: RestOptions): Headers {
  const all = new Headers({ Accept: 'application/json', 'Content-Type': 'application/json' })
  for (const [name, value] of Object.entries(headers ?? {})) all.set(name, value)
  return all
}

function bodyOf({ data }: RestOptions, method: string): BodyInit | null {
  if (data === undefined || data === null || method === 'GET' || method === 'HEAD') return null
  return typeof data === 'string' ? data : JSON.stringify(data)
}

/** Resolves to the answer and to whom it is due. */
async function send(options: RestOptions): Promise<{ answer: RestResponse; call: RestOptions['success'] }> {
  const { timeout = usualTimeout, success, error, ontimeout } = options
  try {
    const method = (options.method ?? 'GET').toUpperCase()
    const response = await fetch(options.url, {
      method,
      headers: headersOf(options),
      body: bodyOf(options, method),
      signal: AbortSignal.timeout(timeout),
    })
    const answer = new Answer(await response.text(), response.status, response.headers)
    return { answer, call: response.ok ? success : error }
  } catch (cause) {
    const late = cause instanceof DOMException && cause.name === 'TimeoutError'
    return { answer: new Answer('', 0, new Headers()), call: (late ? ontimeout : undefined) ?? error }
  }
}

function makeRestClient(options: RestOptions): RestClient {
  return {
    ajax(): void {
      // What a callback throws is the page's own error, and is reported as such.
      send(options)
        .then(({ answer, call }) => call?.(answer))
        .catch(throwLater)
    },
  }
}

/** One HTTP request that calls back. A plain function that returns an object, so that `new` works and may be left out. */
export const RESTClient = makeRestClient as RestClientConstructor
