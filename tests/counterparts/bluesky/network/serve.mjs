// A whole Bluesky network for tests, in one process: the directory of identities, a personal data server, and what indexes it.
// Argument: the port of the data server. DB_POSTGRES_URL and REDIS_HOST say where those two run; files lie in TMPDIR.
// It prints "ready" when everything listens.
import { TestNetwork } from '@atproto/dev-env'

const [port] = process.argv.slice(2)

await TestNetwork.create({
  dbPostgresSchema: 'network',
  pds: { port: Number(port), hostname: 'localhost', enableDidDocWithSession: true },
})
console.log('ready')
