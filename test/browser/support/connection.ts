import { connect, createServer, type Socket } from 'node:net'

/** A way to the product that can be weighed and cut, as by a tunnel. */
export interface Connection {
  baseUrl: string
  /** Bytes the product has sent so far, headers included. */
  receivedBytes: () => number
  cut: () => void
  restore: () => void
  stop: () => Promise<void>
}

/** Passes everything on to `target`, e.g. `http://127.0.0.1:3000`, until it is cut; then all connections end and new ones are refused. */
export async function connectionTo(target: string): Promise<Connection> {
  const { hostname, port } = new URL(target)
  const sockets = new Set<Socket>()
  let isCut = false
  let receivedBytes = 0
  const keep = (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
  }
  const end = () => {
    for (const socket of sockets) socket.destroy()
  }
  const server = createServer((socket) => {
    keep(socket)
    if (isCut) {
      socket.destroy()
      return
    }
    const onward = connect(Number(port), hostname)
    keep(onward)
    onward.on('data', (chunk: Buffer) => {
      receivedBytes += chunk.length
    })
    socket.pipe(onward).pipe(socket)
    socket.on('close', () => onward.destroy())
    onward.on('close', () => socket.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No port is free.')
  return {
    baseUrl: `http://127.0.0.1:${address.port}`,
    receivedBytes: () => receivedBytes,
    cut: () => {
      isCut = true
      end()
    },
    restore: () => {
      isCut = false
    },
    stop: async () => {
      end()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
