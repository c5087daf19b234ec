import { lookup as systemLookup } from "node:dns";
import { isIP, type LookupFunction, type Socket } from "node:net";
import { Agent, buildConnector } from "undici";
import { bareHost, forbidden, NOT_PUBLIC } from "./page-address.ts";
import { isPublicAddress } from "./public-address.ts";

/** The outside world; replaced only by tests, from code, never by configuration. */
export interface Network {
  lookup: LookupFunction;
  isPublic(address: string): boolean;
  /** Certificate authority to trust instead of the well-known ones. */
  ca?: string | Buffer;
}

export const publicNetwork: Network = { lookup: systemLookup, isPublic: isPublicAddress };

export interface AgentLimits {
  connectMs: number;
  headersMs: number;
  /** Longest silence in a body. */
  idleMs: number;
  maxHeaderBytes: number;
}

/**
 * An undici agent that dials public addresses only.
 *
 * Every dial is checked three times: a literal here (`lookup` is never called for one), a name by its answers, which
 * are handed to the socket as they were checked, and the connected socket by its remote address. Configured proxies
 * are not used: behind one, the checks would see the proxy's address.
 */
export function createGuardedAgent(network: Network, limits: AgentLimits): Agent {
  const dial = buildConnector({
    allowH2: false,
    timeout: limits.connectMs,
    lookup: checkedLookup(network),
    ...(network.ca === undefined ? {} : { ca: network.ca }),
  });
  const connect: buildConnector.connector = (options, callback) => {
    const host = bareHost(options.hostname);
    if (isIP(host) !== 0 && !network.isPublic(host)) {
      queueMicrotask(() => callback(forbidden(NOT_PUBLIC), null));
      return;
    }
    dial(options, (...[error, socket]) => {
      if (error !== null) return callback(error, null);
      if (isConnectedToPublic(socket, network)) return callback(null, socket);
      socket.destroy();
      callback(forbidden(NOT_PUBLIC), null);
    });
  };
  return new Agent({
    connect,
    allowH2: false,
    connections: 4,
    pipelining: 1,
    keepAliveTimeout: 4_000,
    keepAliveMaxTimeout: 10_000,
    headersTimeout: limits.headersMs,
    bodyTimeout: limits.idleMs,
    maxHeaderSize: limits.maxHeaderBytes,
  });
}

/** Resolves all answers, refuses if any of them is not public, and gives the socket exactly what was checked. */
function checkedLookup(network: Network): LookupFunction {
  return (hostname, options, callback) => {
    network.lookup(hostname, { ...options, all: true }, (error, answers) => {
      if (error !== null) return callback(error, "", 0);
      const addresses = Array.isArray(answers) ? answers : [];
      const first = addresses[0];
      if (first === undefined || !addresses.every(({ address }) => network.isPublic(address)))
        return callback(forbidden(NOT_PUBLIC), "", 0);
      if (options.all === true) return callback(null, addresses);
      callback(null, first.address, first.family);
    });
  };
}

function isConnectedToPublic(socket: Socket, network: Network): boolean {
  return socket.remoteAddress !== undefined && network.isPublic(socket.remoteAddress);
}
