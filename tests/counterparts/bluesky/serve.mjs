// A personal data server for tests, and the smallest directory of identities (did:plc) that it can do without the world.
// Arguments: its port, the port of the directory, its folder. It prints "ready" when both listen.
import http from 'node:http'
import { writeFileSync, readFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { PDS } from '@atproto/pds'

const [port, directoryPort, folder] = process.argv.slice(2)
const kept = join(folder, 'identities.json')
const identities = existsSync(kept) ? JSON.parse(readFileSync(kept, 'utf8')) : {}

function documentOf(did, said) {
  return {
    '@context': ['https://www.w3.org/ns/did/v1'],
    id: did,
    alsoKnownAs: said.alsoKnownAs,
    verificationMethod: Object.entries(said.verificationMethods).map(([name, key]) => ({
      id: `${did}#${name}`, type: 'Multikey', controller: did, publicKeyMultibase: key.replace('did:key:', ''),
    })),
    service: Object.entries(said.services).map(([name, one]) => ({
      id: `#${name}`, type: one.type, serviceEndpoint: one.endpoint,
    })),
  }
}

http.createServer((request, response) => {
  const [did, part] = decodeURIComponent(request.url.slice(1)).split('/')
  const pieces = []
  request.on('data', (piece) => pieces.push(piece))
  request.on('end', () => {
    const history = identities[did] ?? []
    const answer = (status, body) => {
      response.writeHead(status, { 'Content-Type': 'application/json' })
      response.end(JSON.stringify(body))
    }
    if (request.method === 'POST') {
      identities[did] = [...history, JSON.parse(Buffer.concat(pieces).toString())]
      writeFileSync(kept, JSON.stringify(identities))
      return answer(200, {})
    }
    const last = history.at(-1)
    if (!last) return answer(404, { message: 'DID not registered' })
    if (part === 'log') return answer(200, history)
    if (part === 'data') return answer(200, { did, ...last })
    return answer(200, documentOf(did, last))
  })
}).listen(Number(directoryPort), '127.0.0.1')

await PDS.run({
  env: {
    port: Number(port),
    hostname: 'localhost',
    serviceHandleDomains: ['.test'],
    devMode: true,
    dataDirectory: folder,
    blobstoreDiskLocation: join(folder, 'blobs'),
    blobstoreDiskTmpLocation: join(folder, 'blobs-in-the-making'),
    didPlcUrl: `http://127.0.0.1:${directoryPort}`,
    inviteRequired: false,
    rateLimitsEnabled: true,
    rateLimitBypassKey: 'a-customer-of-the-test',
    disableSsrfProtection: true,
    jwtSecret: 'only-for-tests-only-for-tests-00',
    adminPassword: 'only-for-tests',
    plcRotationKeyK256PrivateKeyHex: '11'.repeat(32),
    crawlers: [],
  },
  onStarted: () => console.log('ready'),
})
