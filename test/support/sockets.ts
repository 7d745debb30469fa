import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

export type Listener = { readonly pid: number; readonly protocol: 'tcp' | 'udp'; readonly loopback: boolean; readonly port: number };

/** IPv4, IPv6 and IPv4 in IPv6, as the kernel writes them. */
const LOOPBACK = /^(0100007F|00000000000000000000000001000000|0000000000000000FFFF00000100007F)$/;
/** `st` of a socket that takes connections, and of one that takes datagrams from anybody. */
const OPEN = { tcp: '0A', udp: '07' } as const;

/** The open ports of processes. Linux only. */
export const listenersOf = (pids: readonly number[]): readonly Listener[] => {
	const owners = new Map(pids.flatMap((pid) => socketsOf(pid).map((inode) => [inode, pid] as const)));
	return (['tcp', 'udp'] as const).flatMap((protocol) =>
		[protocol, `${protocol}6`].flatMap((table) =>
			linesOf(`/proc/net/${table}`).flatMap((line) => {
				const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/);
				const [address = '', port = ''] = local.split(':');
				const pid = owners.get(inode);
				if (pid === undefined || state !== OPEN[protocol]) return [];
				return [{ pid, protocol, loopback: LOOPBACK.test(address), port: Number.parseInt(port, 16) }];
			}),
		),
	);
};

const linesOf = (file: string): readonly string[] => {
	try {
		return readFileSync(file, 'utf8').trim().split('\n').slice(1);
	} catch {
		// No IPv6 on this machine.
		return [];
	}
};

const socketsOf = (pid: number): readonly string[] => {
	try {
		return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
			try {
				return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
			} catch {
				return [];
			}
		});
	} catch {
		return [];
	}
};
