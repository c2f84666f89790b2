import { RawClient, send, type Answer, type RequestOptions } from './raw-client.ts'

export const address = {
  first_name: 'Alice',
  last_name: 'Example',
  house_number: '1600',
  street: 'Main Street',
  unit: '',
  city: 'Redmond',
  state: 'WA',
  zip: '98052',
}

/** A client with a token of the sample server's `POST /tokens`. */
export async function clientOf(origin: string, scope: string, authCode?: string): Promise<RawClient> {
  const { body } = await send(`${origin}tokens`, 'POST', { body: { app_scope: scope, auth_code: authCode } })
  return RawClient.bearing(origin, (body as { access_token: string }).access_token)
}

/** Asks for an E911 id as pages of the original SDK did. */
export function askE911Id(client: RawClient, body: object = {}): Promise<Answer> {
  const asked: RequestOptions = { body: { token: client.token, address, is_confirmed: 'true', ...body } }
  return send(`${client.origin}e911ids`, 'POST', asked)
}

export async function e911IdFor(client: RawClient): Promise<string> {
  const { body } = await askE911Id(client)
  return (body as { e911Locations: { addressIdentifier: string } }).e911Locations.addressIdentifier
}

export async function guestOf(origin: string): Promise<RawClient> {
  const { body } = await send(`${origin}guest-tokens`, 'POST')
  return RawClient.bearing(origin, (body as { access_token: string }).access_token)
}
