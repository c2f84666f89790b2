import type { Cause } from '../place/cause.ts'

/** The error code of each cause. 0020 is the original's: the person who dials was refused, and can be asked again. */
export const codeOfCause: Readonly<Record<Cause, string>> = {
  denied: '0020',
  'denied-for-good': '0021',
  'denied-by-system': '0022',
  'insecure-page': '0023',
  sandboxed: '0024',
  'frame-not-allowed': '0025',
  'page-policy': '0026',
  'no-microphone': '0027',
  'no-camera': '0028',
  'microphone-in-use': '0029',
  'camera-in-use': '0030',
  'no-webrtc': '0031',
  'no-devices': '0032',
  'screen-frame': '0033',
  'screen-policy': '0034',
  'no-screen': '0035',
  'screen-by-system': '0036',
  'silent-page': '0037',
  'local-network-denied': '0040',
  'local-network-frame': '0041',
  'mixed-content': '0042',
  'untrusted-certificate': '0043',
  'wrong-server': '0044',
  'site-not-allowed': '0045',
  'content-policy': '0046',
  'no-secure-server': '0047',
  'udp-blocked': '0050',
  'no-media-path': '0051',
}

/** The words of each code, as `sdkRows` of the catalogue: a person reads the message and the remedy. */
export const placeRows: readonly string[] = [
  '0021|Microphone or camera blocked for this site|Access was denied, and the browser does not ask again|' +
    'Allow it next to the page address, then try again',
  '0022|The system blocks microphone or camera|The operating system keeps them from the browser|' +
    'Allow the browser to use them in the privacy settings of the system',
  '0023|Calls need a secure page|The page came by plain http, and there a browser gives no microphone|' +
    'Open the page by https, or ask its owner to serve it that way',
  '0024|This frame is sandboxed, so it has no microphone|Its sandbox attribute has no allow-same-origin|' +
    'Add allow-same-origin to the sandbox of the iframe, or put the phone into the page itself',
  '0025|This frame may not use the microphone or camera|The page around it does not hand them on|' +
    'Write allow="microphone; camera" on the iframe',
  '0026|This site forbids the microphone or camera|The Permissions-Policy header of the page denies them|' +
    'Send Permissions-Policy with microphone=(self) and camera=(self)',
  '0027|No microphone found|The machine has none, or the browser sees none|Connect one, then try again',
  '0028|No camera found|The machine has none, or the browser sees none|Connect one, or call with audio only',
  '0029|The microphone does not start|Another program uses it, or the system holds it back|' +
    'Close the other program or choose another microphone, then try again',
  '0030|The camera does not start|Another program uses it, or the system holds it back|' +
    'Close the other program or choose another camera, then try again',
  '0031|Calls are switched off in this browser|WebRTC is off, by a preference or a policy of the administrator|' +
    'Switch WebRTC on, in Firefox media.peerconnection.enabled, or ask the administrator',
  '0032|This browser gives pages no microphone|It has no media devices for pages|Use another or a newer browser',
  '0033|This frame may not show the screen|The page around it does not hand that on|' +
    'Write allow="display-capture" on the iframe',
  '0034|This site forbids showing the screen|The Permissions-Policy header of the page denies it|' +
    'Send Permissions-Policy with display-capture=(self)',
  '0035|This browser cannot show the screen|It has no screen capture|Use a browser of a computer',
  '0036|The system does not let the browser show the screen|The operating system keeps it from the browser|' +
    'Allow screen recording for the browser in the privacy settings of the system',
  '0037|The browser keeps this page silent|Autoplay is blocked until somebody touches the page|' +
    'Click anywhere or press a key to hear it',
  '0040|The browser may not reach devices of the local network|The server is there as far as a page can see, and ' +
    'access was denied or not given|Allow local network access next to the page address, or by a policy of the administrator',
  '0041|This frame may not reach the local network|The server is there, and the page around does not hand that on|' +
    'Write allow="local-network; loopback-network" on the iframe',
  '0042|A secure page cannot use an insecure server|The page is https, the address of the server ws: or http:|' +
    'Give the server a certificate, and an address with wss: or https:',
  '0043|The certificate of the server is not trusted|Its issuer, name or date does not fit|' +
    'Open the address of the server in a tab to see why, and give it a certificate that browsers trust',
  '0044|Something else answers at the address of the server|The port, the path or the scheme is another one|' +
    'Check the address of the server: wss: or ws:, its port and its path',
  '0045|The server does not let this site in|It answers, and does not allow this origin (CORS)|' +
    'Allow the origin of the page at the server',
  '0046|This site forbids the connection to the server|Its content security policy does not have the server|' +
    'Add the address of the server to connect-src',
  '0047|The server cannot be reached, or its certificate is not trusted|A browser does not tell pages which|' +
    'Try again in a moment, or open the address of the server with https: in a tab to see why',
  '0050|This network lets no sound through|It blocks UDP, and there is no relay by TCP|' +
    'Try another network, or set a TURN server with turns: or transport=tcp',
  '0051|No way for the sound was found|Neither side reaches the other|' +
    'Try another network, or set a TURN server that both sides reach',
]
