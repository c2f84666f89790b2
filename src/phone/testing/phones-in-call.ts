import { eventually, inTime } from '../../media/testing/eventually.ts'
import { Phone } from '../phone.ts'
import type { MediaType, PhoneSnapshot } from '../snapshot.ts'

const phones = new Set<Phone>()
let users = 0

/** A phone signed in on the local network, ended by `endPhones`. */
export async function signedIn(): Promise<Phone> {
  const phone = new Phone()
  phones.add(phone)
  await phone.login({ userId: `tester${++users}` })
  return phone
}

/** Two phones in a call whose media flows. */
export async function inCall(mediaType: MediaType = 'audio'): Promise<{ caller: Phone; callee: Phone }> {
  const [caller, callee] = await Promise.all([signedIn(), signedIn()])
  const established = [caller, callee].map(
    (phone) => new Promise<void>((resolve) => phone.on('media:established', () => resolve())),
  )
  await caller.dial({ destination: callee.snapshot.session.userId ?? '', mediaType })
  await settled(callee, ({ calls }) => calls[0]?.progress === 'ringing')
  await callee.answer({ mediaType })
  await inTime('media flows', Promise.all(established), () => null)
  return { caller, callee }
}

/** Resolves when the snapshot is as asked. */
export async function settled(phone: Phone, test: (snapshot: PhoneSnapshot) => boolean): Promise<void> {
  await eventually(String(test), () => test(phone.snapshot))
}

export async function endPhones(): Promise<void> {
  await Promise.all([...phones].map((phone) => phone.dispose()))
  phones.clear()
}
