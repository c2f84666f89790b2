import { describe, it } from 'node:test'
import { browserNames, useBrowser } from '../e2e/harness.ts'
import { Person } from '../e2e/harness/person.ts'
import { PlacesSite } from '../e2e/harness/places.ts'
import { fromTheInternet, hosts } from '../e2e/harness/public-site.ts'
import { useKamailio, user } from './harness.ts'

const script = '<script type="module" src="/cdn/att-phone.js"></script>'

for (const browser of browserNames) {
  describe(`two public pages of ${browser} over Kamailio on this machine`, () => {
    const kamailio = useKamailio()
    const site = new PlacesSite()
    const open = useBrowser(browser, fromTheInternet(browser, site))

    async function person(name: string): Promise<Person> {
      const { userId = '', password } = user(name)
      const gives = `document.querySelector('att-phone').credentials = () => (${JSON.stringify({ password })})`
      const tag = `<att-phone server="${kamailio().url}" user-id="${userId}"></att-phone>`
      const page = { head: script, body: `${tag}<script type="module">${gives}</script>` }
      const url = site.page(page, { host: hosts.page, secure: true })
      const permissions = { 'local-network': 'granted', 'loopback-network': 'granted' } as const
      const someone = new Person(await open(url, { permissions }), userId)
      await someone.sees('Ready')
      return someone
    }

    it('call each other and hear, once the person allowed it', async () => {
      const [alice, bob] = await Promise.all([person('alice'), person('bob')])
      await alice.dial(bob.address)
      await bob.press('Answer')
      await Promise.all([alice.hearsSound(), bob.hearsSound()])
    })
  })
}
