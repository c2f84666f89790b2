import { LocalSignaling } from '../../../signaling/local/local-signaling.ts'
import type { PhoneNetwork } from './phone-network.ts'

let users = 0

export const localNetwork: PhoneNetwork = {
  name: 'the local network',
  server: null,
  signaling: () => new LocalSignaling(),
  user: async (name) => {
    const userId = `${name}${++users}`
    return { login: { userId }, address: userId }
  },
}
