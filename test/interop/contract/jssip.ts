// What of JsSIP the network uses: the test runner serves modules as they are, and JsSIP comes as CommonJS.
export { Grammar, NameAddrHeader, UA, URI, Utils } from 'jssip'
