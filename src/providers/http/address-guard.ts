import { lookup as resolveName } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { buildConnector } from 'undici';

export type Lookup = (hostname: string) => Promise<readonly { readonly address: string; readonly family: number }[]>;

/** The guard's own refusal. `reached` says what was refused, for people. */
export class AddressRefused extends Error {
	readonly reached: string;
	constructor(reached: string) {
		super(`refused to connect to ${reached}`);
		this.name = 'AddressRefused';
		this.reached = reached;
	}
}

/** A connection that could not be made, so that nothing was sent. `cause` is the reason. */
export class ConnectFailure extends Error {
	override readonly cause: Error;
	constructor(cause: Error) {
		super('no connection', { cause });
		this.name = 'ConnectFailure';
		this.cause = cause;
	}
}

/** Whether an IP address belongs to the public internet: not to this machine, its networks, or a range with another use. */
export const isPublicAddress = (address: string): boolean => {
	if (isIP(address) === 0) return false;
	const parsed = ipaddr.process(address);
	if (parsed.range() !== 'unicast') return false;
	// All public IPv6 is in 2000::/3; outside of it are old ways to write IPv4, such as ::127.0.0.1.
	return parsed.kind() === 'ipv4' || (parsed.toByteArray()[0]! & 0xe0) === 0x20;
};

/**
 * Every address that a name stands for, each of them checked.
 * @throws AddressRefused if one is not public, or there is none: a name that leads to both kinds is a trap.
 */
export const publicAddresses = async (hostname: string, lookup: Lookup): ReturnType<Lookup> => {
	const addresses = await lookup(hostname);
	const refused = addresses.find(({ address }) => !isPublicAddress(address));
	if (refused !== undefined || addresses.length === 0) throw new AddressRefused(`${hostname} (${refused?.address ?? 'no address'})`);
	return addresses;
};

/** A host in one spelling: an IPv4 address written as IPv6 as IPv4, names in lower case. */
const canonicalHost = (host: string): string => {
	const bare = host.replace(/^\[|\]$/g, '').toLowerCase();
	return isIP(bare) === 0 ? bare.replace(/\.$/, '') : ipaddr.process(bare).toString();
};

type Entry = { readonly host: string; readonly port: number | null };

/** `host`, `host:port`, `ip:port`, `[ipv6]:port` or a bare address. */
const readEntry = (written: string): Entry => {
	if (isIP(written) !== 0) return { host: canonicalHost(written), port: null };
	const match = /^(.*?)(?::(\d+))?$/s.exec(written.trim());
	return { host: canonicalHost(match?.[1] ?? ''), port: match?.[2] === undefined ? null : Number(match[2]) };
};

export type GuardOptions = { readonly allowPrivate: readonly string[]; readonly lookup?: Lookup; readonly connectTimeoutMs: number };

/**
 * Connects to public addresses, and to the hosts of `allowPrivate` whatever they stand for. The address that was checked is the one that is connected to:
 * a name is looked up once for each connection. Fails with `ConnectFailure`.
 */
export const openConnector = ({ allowPrivate, lookup = lookupAll, connectTimeoutMs }: GuardOptions): buildConnector.connector => {
	const entries = allowPrivate.map(readEntry);
	return (options, callback) => {
		const host = canonicalHost(options.hostname);
		const port = options.port ? Number(options.port) : options.protocol === 'https:' ? 443 : 80;
		const allowed = entries.some((entry) => entry.host === host && (entry.port === null || entry.port === port));
		const fail = (error: Error) => callback(new ConnectFailure(error), null);
		if (!allowed && isIP(host) !== 0 && !isPublicAddress(host)) return fail(new AddressRefused(host));
		if (!allowed && isPrivilegedPort(port)) return fail(new AddressRefused(`port ${port} of ${host}`));
		const connect = buildConnector({
			timeout: connectTimeoutMs,
			lookup: asNodeLookup(() => (allowed ? lookup(host) : publicAddresses(host, lookup))),
		});
		connect(options, (error: Error | null, socket) => (error === null ? callback(null, socket!) : fail(error)));
	};
};

/** Mail and other line protocols can be spoken to through HTTP; no website is there. */
const isPrivilegedPort = (port: number): boolean => port < 1024 && port !== 80 && port !== 443;

const lookupAll: Lookup = (hostname) => resolveName(hostname, { all: true });

const asNodeLookup =
	(addressesOf: () => ReturnType<Lookup>): LookupFunction =>
	(_hostname, options, callback) => {
		addressesOf().then(
			(addresses) => {
				if (addresses.length === 0) callback(Object.assign(new Error('no address'), { code: 'ENOTFOUND' }), []);
				else if (options.all) callback(null, [...addresses]);
				else callback(null, addresses[0]!.address, addresses[0]!.family);
			},
			(error: NodeJS.ErrnoException) => callback(error, []),
		);
	};
