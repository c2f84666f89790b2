import type { Rows, Scenario, Step } from './measured-flows.ts'
import { bDialsA, dials, upgrading } from './measured-steps.ts'
import type { Reason } from './reasons.ts'
import type { Answer } from './refused-requests.ts'

/* Sessions lost, and gateways out of reach. The requests of A alone are refused. */

/** The original asked for events once a second, and told of each answer anew. */
const times = (count: number, event: string): string => Array.from({ length: count }, () => event).join(' → ')

const refused = (answer: Answer, measured: Rows, why?: Reason, ours?: Rows): Step => ({
  does: `every request of A is answered ${answer}`,
  act: ({ A }) => A.losesGateway(answer),
  measured,
  ...(why && ours && { kept: { why, ours } }),
})

/** A does something, and each request that it takes is answered so. */
function refusing(
  answer: Answer,
  what: string,
  act: Step['act'],
  measured: Rows,
  kept?: Readonly<{ why: Reason; ours: Rows }>,
): Step {
  return {
    does: `${what}, answered ${answer}`,
    act: (cast) => {
      cast.A.isRefused(answer)
      return act(cast)
    },
    measured,
    ...(kept && { kept }),
  }
}

const signsIn: Step = {
  does: 'A signs in, all is well',
  act: ({ A }) => A.signInAgain(),
  measured: { A: 'session:ready' },
}

const endsHere = '‹connected>disconnected› → call:disconnected'
const lost = `session:expired → ${endsHere}`
const refusedDial = '‹connecting>disconnected› → call:disconnected'

export const losses: readonly Scenario[] = [
  {
    name: 'login-bad-token',
    begins: 'signed out',
    steps: [
      {
        does: 'A signs in with a bad token',
        act: ({ A }) => A.phone.login({ token: 'bad' }),
        measured: { A: 'error 1711 * → session:disconnected [error=1711]' },
      },
      ...[5, true, {}, ['bad']].map((token): Step => ({
        does: `A signs in with the token ${JSON.stringify(token)}`,
        act: ({ A }) => A.phone.login({ token: token as unknown as string }),
        measured: { A: 'error 1711 * → session:disconnected [error=1711]' },
      })),
      signsIn,
    ],
  },
  {
    name: 'expiry-idle',
    begins: 'signed in',
    steps: [refused(404, { A: times(8, 'session:expired') }, 'told once', { A: 'session:expired' }), signsIn],
  },
  {
    name: 'expiry-in-call',
    begins: 'in a call',
    steps: [refused(404, { A: times(8, 'session:expired') }, 'lost session', { A: lost })],
  },
  {
    name: 'expiry-on-hangup',
    begins: 'in a call',
    steps: [
      refusing(
        404,
        'A hangs up',
        ({ A }) => A.phone.hangup(),
        {
          A: '‹connected>disconnecting› → call:disconnecting → session:expired → ‹disconnecting>disconnected› → call:disconnected',
        },
        { why: 'refused ends', ours: { A: 'END' } },
      ),
    ],
  },
  {
    name: 'gw-503-idle',
    begins: 'signed in',
    steps: [
      refused(503, { A: times(8, 'gateway:unreachable') }, 'told once', { A: 'gateway:unreachable' }),
      { does: 'all is well again', act: ({ A }) => A.isRefused(null), measured: {} },
    ],
  },
  {
    name: 'gw-502-idle',
    begins: 'signed in',
    steps: [refused(502, { A: times(8, 'gateway:unreachable') }, 'told once', { A: 'gateway:unreachable' })],
  },
  {
    name: 'gw-cut-idle',
    begins: 'signed in',
    steps: [refused('cut', { A: times(8, 'error 0002 *') }, 'out of reach', { A: 'gateway:unreachable' })],
  },
  {
    name: 'gw-401-idle',
    begins: 'signed in',
    steps: [refused(401, { A: times(8, 'error 1000 *') }, 'token ran out', { A: 'session:expired' })],
  },
  {
    name: 'gw-500-idle',
    begins: 'signed in',
    steps: [refused(500, { A: times(8, 'error 1000 *') }, 'out of reach', { A: 'gateway:unreachable' })],
  },
  {
    name: 'gw-503-in-call',
    begins: 'in a call',
    steps: [refused(503, { A: times(8, 'gateway:unreachable') }, 'told once', { A: 'gateway:unreachable' })],
  },
  {
    name: 'gw-login-503',
    begins: 'signed out',
    steps: [refusing(503, 'A signs in', ({ A }) => A.signIn(), { A: 'gateway:unreachable' }), signsIn],
  },
  {
    name: 'gw-login-401',
    begins: 'signed out',
    steps: [refusing(401, 'A signs in', ({ A }) => A.signIn(), { A: 'error 1000 *' })],
  },
  {
    name: 'gw-login-403',
    begins: 'signed out',
    steps: [refusing(403, 'A signs in', ({ A }) => A.signIn(), { A: 'error 1000 *' })],
  },
  {
    name: 'gw-login-404',
    begins: 'signed out',
    steps: [
      refusing(
        404,
        'A signs in',
        ({ A }) => A.signIn(),
        { A: 'session:expired' },
        { why: 'refused login', ours: { A: 'error 404 *' } },
      ),
    ],
  },
  {
    name: 'gw-login-cut',
    begins: 'signed out',
    steps: [
      refusing(
        'cut',
        'A signs in',
        ({ A }) => A.signIn(),
        { A: 'error 0002 *' },
        {
          why: 'out of reach',
          ours: { A: 'gateway:unreachable' },
        },
      ),
    ],
  },
  {
    name: 'gw-dial-503',
    begins: 'signed in',
    steps: [
      refusing(
        503,
        'A dials',
        ({ A, B }) => A.dial(B),
        { A: 'dialing → gateway:unreachable' },
        {
          why: 'refused calls',
          ours: { A: `DIAL → gateway:unreachable → ${refusedDial}` },
        },
      ),
    ],
  },
  {
    name: 'gw-dial-401',
    begins: 'signed in',
    steps: [
      refusing(
        401,
        'A dials',
        ({ A, B }) => A.dial(B),
        { A: 'dialing → error 1000 *' },
        {
          why: 'token ran out',
          ours: { A: `DIAL → session:expired → ‹connecting>canceled› → call:canceled` },
        },
      ),
    ],
  },
  {
    name: 'gw-dial-403',
    begins: 'signed in',
    steps: [
      refusing(
        403,
        'A dials',
        ({ A, B }) => A.dial(B),
        { A: 'dialing' },
        {
          why: 'refused calls',
          ours: { A: `DIAL → error 1000 * → ${refusedDial}` },
        },
      ),
    ],
  },
  {
    name: 'gw-dial-404',
    begins: 'signed in',
    steps: [
      refusing(
        404,
        'A dials',
        ({ A, B }) => A.dial(B),
        { A: 'dialing → session:expired' },
        {
          why: 'lost session',
          ours: { A: `DIAL → session:expired → ‹connecting>canceled› → call:canceled` },
        },
      ),
    ],
  },
  {
    name: 'gw-dial-cut',
    begins: 'signed in',
    steps: [
      refusing(
        'cut',
        'A dials',
        ({ A, B }) => A.dial(B),
        { A: 'dialing → error 0002 *' },
        {
          why: 'out of reach',
          ours: { A: `DIAL → gateway:unreachable → ${refusedDial}` },
        },
      ),
    ],
  },
  {
    name: 'gw-hold-503',
    begins: 'in a call',
    steps: [refusing(503, 'A holds', ({ A }) => A.phone.hold(), { A: 'gateway:unreachable' })],
  },
  {
    name: 'gw-hold-404',
    begins: 'in a call',
    steps: [
      refusing(
        404,
        'A holds',
        ({ A }) => A.phone.hold(),
        { A: 'session:expired' },
        {
          why: 'lost session',
          ours: { A: lost },
        },
      ),
    ],
  },
  {
    name: 'gw-upgrade-503',
    begins: 'in a call',
    steps: [
      refusing(
        503,
        'A upgrades',
        ({ A }) => A.phone.upgrade(),
        { A: 'gateway:unreachable' },
        {
          why: 'refused changes',
          ours: { A: `${upgrading} → gateway:unreachable → ‹modification-initiated>connected upgrade,I›` },
        },
      ),
    ],
  },
  {
    name: 'gw-answer-503',
    begins: 'signed in',
    steps: [
      bDialsA,
      refusing(
        503,
        'A answers',
        ({ A }) => A.answer(),
        { A: 'answering → media:established → gateway:unreachable' },
        {
          why: 'refused calls',
          ours: {
            A: `answering → media:established → ‹created>connecting› → call:connecting → gateway:unreachable → ${refusedDial}`,
          },
        },
      ),
    ],
  },
  {
    name: 'gw-reject-503',
    begins: 'signed in',
    steps: [
      bDialsA,
      refusing(
        503,
        'A rejects',
        ({ A }) => A.phone.reject(),
        {},
        {
          why: 'refused ends',
          ours: { A: 'call:rejected' },
        },
      ),
    ],
  },
  {
    name: 'gw-cancel-503',
    begins: 'signed in',
    steps: [
      dials,
      refusing(
        503,
        'A cancels',
        ({ A }) => A.phone.cancel(),
        { A: 'gateway:unreachable → ‹connecting>canceled›' },
        {
          why: 'refused ends',
          ours: { A: '‹connecting>canceled› → call:canceled' },
        },
      ),
    ],
  },
  {
    name: 'gw-hangup-503',
    begins: 'in a call',
    steps: [
      refusing(
        503,
        'A hangs up',
        ({ A }) => A.phone.hangup(),
        {
          A: '‹connected>disconnecting› → call:disconnecting → gateway:unreachable → ‹disconnecting>disconnected› → call:disconnected',
        },
        { why: 'refused ends', ours: { A: 'END' } },
      ),
    ],
  },
  {
    name: 'gw-addCall-403',
    begins: 'in a call',
    steps: [refusing(403, 'A adds C', ({ A, C }) => A.addCall(C), { A: 'error 1000 *' })],
  },
  {
    name: 'gw-logout-503',
    begins: 'signed in',
    steps: [
      refusing(
        503,
        'A signs out',
        ({ A }) => A.phone.logout(),
        { A: 'session:disconnected → gateway:unreachable → session:disconnected [error=1000]' },
        { why: 'told once', ours: { A: 'session:disconnected' } },
      ),
    ],
  },
]
