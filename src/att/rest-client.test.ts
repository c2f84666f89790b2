import { expect } from '@open-wc/testing'
import { RESTClient, type RestOptions, type RestResponse } from './rest-client.ts'

type Ending = 'success' | 'error' | 'ontimeout'

/** Sends a request and resolves to the callback that was called, and to what it was given. */
function ask(options: RestOptions, endings: readonly Ending[] = ['success', 'error']): Promise<[Ending, RestResponse]> {
  return new Promise((resolve) => {
    const callbacks = endings.map((ending) => [ending, (response: RestResponse) => resolve([ending, response])])
    new RESTClient({ ...options, ...(Object.fromEntries(callbacks) as Partial<RestOptions>) }).ajax()
  })
}

describe('ATT.RESTClient', () => {
  const { fetch } = globalThis
  afterEach(() => {
    globalThis.fetch = fetch
  })

  /** Answers in place of a server, and resolves to the request that came. */
  function serve(answer: (request: Request) => Response | Promise<Response>): Promise<Request> {
    return new Promise((resolve) => {
      globalThis.fetch = async (input, init) => {
        const request = new Request(input, init)
        resolve(request.clone())
        return answer(request)
      }
    })
  }

  it('calls success with the body as JSON', async () => {
    const [ending, response] = await ask({ url: '/package.json' })
    expect(ending).to.equal('success')
    expect(response.getJson()).to.include({ name: 'att-phone' })
  })

  it('tells the status', async () => {
    const [, response] = await ask({ url: '/package.json' })
    expect(response.getResponseStatus()).to.equal(200)
  })

  it('tells the headers, no matter what their case is', async () => {
    const [, response] = await ask({ url: '/package.json' })
    expect(response.getResponseHeader('CONTENT-TYPE')).to.contain('application/json')
  })

  it('tells null for a header that is not there', async () => {
    const [, response] = await ask({ url: '/package.json' })
    expect(response.getResponseHeader('Location')).to.equal(null)
  })

  it('calls error for an answer that is none of 2xx', async () => {
    void serve(() => new Response('{"reason":"full"}', { status: 503 }))
    const [ending, response] = await ask({ url: '/sessions' })
    expect([ending, response.getResponseStatus(), response.responseText]).to.deep.equal([
      'error',
      503,
      '{"reason":"full"}',
    ])
  })

  it('gives null for a body that is no JSON', async () => {
    void serve(() => new Response('<h1>Busy</h1>'))
    const [, response] = await ask({ url: '/sessions' })
    expect(response.getJson()).to.equal(null)
  })

  it('calls error with status 0 when there is no answer', async () => {
    void serve(() => Promise.reject(new TypeError('Failed to fetch')))
    const [ending, response] = await ask({ url: '/sessions' })
    expect([ending, response.getResponseStatus(), response.responseText]).to.deep.equal(['error', 0, ''])
  })

  it('calls error with status 0 for an address that is none', async () => {
    const [ending, response] = await ask({ url: 'http://[' })
    expect([ending, response.getResponseStatus()]).to.deep.equal(['error', 0])
  })

  /** A server that lets one wait until one gives up. */
  const waitForever = () => {
    globalThis.fetch = (_, init) =>
      new Promise((_, reject) => init?.signal?.addEventListener('abort', () => reject(init.signal?.reason)))
  }

  it('calls ontimeout when time is up', async () => {
    waitForever()
    const [ending] = await ask({ url: '/sessions', timeout: 5 }, ['success', 'error', 'ontimeout'])
    expect(ending).to.equal('ontimeout')
  })

  it('calls error when time is up and nobody listens to that', async () => {
    waitForever()
    const [ending] = await ask({ url: '/sessions', timeout: 5 })
    expect(ending).to.equal('error')
  })

  it('sends an object as JSON', async () => {
    const sent = serve(() => new Response('{}'))
    await ask({ url: '/tokens', method: 'post', data: { app_scope: 'ACCOUNT_ID' } })
    const request = await sent
    expect([request.method, await request.text()]).to.deep.equal(['POST', '{"app_scope":"ACCOUNT_ID"}'])
  })

  it('sends a text as it is', async () => {
    const sent = serve(() => new Response('{}'))
    await ask({ url: '/tokens', method: 'POST', data: 'a=1' })
    expect(await (await sent).text()).to.equal('a=1')
  })

  it('asks for JSON beside the headers it is given', async () => {
    const sent = serve(() => new Response('{}'))
    await ask({ url: '/sessions', headers: { Authorization: 'Bearer abc' } })
    const { headers } = await sent
    expect([headers.get('accept'), headers.get('authorization')]).to.deep.equal(['application/json', 'Bearer abc'])
  })

  it('lets the page say what it sends', async () => {
    const sent = serve(() => new Response('{}'))
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    await ask({ url: '/tokens', method: 'POST', data: 'a=1', headers })
    expect((await sent).headers.get('content-type')).to.equal('application/x-www-form-urlencoded')
  })

  it('works without new', async () => {
    void serve(() => new Response('{"ok":true}'))
    const body = await new Promise((resolve) => {
      RESTClient({ url: '/sessions', success: (response) => resolve(response.getJson()) }).ajax()
    })
    expect(body).to.deep.equal({ ok: true })
  })

  it('is quiet when nobody listens', async () => {
    const sent = serve(() => new Response('{}', { status: 500 }))
    new RESTClient({ url: '/sessions' }).ajax()
    expect((await sent).method).to.equal('GET')
  })
})
