/** What a program wrote: its standard output as text, and the one file it may write. */
export type ProgramResult = { readonly status: number; readonly output: string; readonly file: Uint8Array };

const SUCCESS = 0;
const BAD_DESCRIPTOR = 8;
const NO_ENTRY = 44;
const DIRECTORY = 3;
const REGULAR_FILE = 4;
const OUTPUT = 1;
const ERRORS = 2;
const FOLDER = 3;
const FILE = 4;
/** Where the program finds its folder; its file is `/out/` and any name. */
const FOLDER_NAME = '/out';

/** How a program ends: `proc_exit` may not return to it. */
class ProgramExit extends Error {
	readonly status: number;
	constructor(status: number) {
		super('exit');
		this.status = status;
	}
}

/** Bytes that grow. The program goes back to the start of its file to write a header there. */
class Sink {
	bytes = new Uint8Array(1 << 16);
	length = 0;
	position = 0;
	write(part: Uint8Array): void {
		const end = this.position + part.length;
		if (end > this.bytes.length) {
			const grown = new Uint8Array(Math.max(end, this.bytes.length * 2));
			grown.set(this.bytes);
			this.bytes = grown;
		}
		this.bytes.set(part, this.position);
		this.position = end;
		this.length = Math.max(this.length, end);
	}
	written(): Uint8Array {
		return this.bytes.slice(0, this.length);
	}
}

/**
 * Runs a WASI command from a fresh memory, with nothing of the machine in its reach: no disk, no clock, no chance, no environment. So the same arguments give
 * the same bytes, and nothing is left behind when it is killed. @throws WebAssembly.RuntimeError if it traps
 */
export const runProgram = async (module: WebAssembly.Module, args: readonly string[]): Promise<ProgramResult> => {
	const sinks = new Map([OUTPUT, ERRORS, FILE].map((descriptor) => [descriptor, new Sink()]));
	let memory: WebAssembly.Memory | null = null;
	const view = (): DataView => new DataView(memory?.buffer ?? new ArrayBuffer(0));
	const bytes = (at: number, length: number): Uint8Array => new Uint8Array(view().buffer, at, length);
	const imports = { ...argumentCalls(args, view, bytes), ...fileCalls(sinks, view, bytes) };
	const instance = await WebAssembly.instantiate(module, { wasi_snapshot_preview1: imports });
	memory = instance.exports['memory'] as WebAssembly.Memory;
	const status = exitStatus(instance.exports['_start'] as () => void);
	return { status, output: new TextDecoder().decode(sinks.get(OUTPUT)?.written()), file: sinks.get(FILE)?.written() ?? new Uint8Array() };
};

const exitStatus = (start: () => void): number => {
	try {
		start();
		return 0;
	} catch (error) {
		if (error instanceof ProgramExit) return error.status;
		throw error;
	}
};

type View = () => DataView;
type Bytes = (at: number, length: number) => Uint8Array;
type Calls = Readonly<Record<string, (...values: number[]) => number>>;

const argumentCalls = (args: readonly string[], view: View, bytes: Bytes): Calls => {
	const encoded = args.map((arg) => new TextEncoder().encode(`${arg.replaceAll('\0', ' ')}\0`));
	return {
		args_sizes_get: (count = 0, size = 0) => {
			view().setUint32(count, encoded.length, true);
			view().setUint32(
				size,
				encoded.reduce((sum, arg) => sum + arg.length, 0),
				true,
			);
			return SUCCESS;
		},
		args_get: (pointers = 0, buffer = 0) => {
			let at = buffer;
			for (const [index, arg] of encoded.entries()) {
				view().setUint32(pointers + index * 4, at, true);
				bytes(at, arg.length).set(arg);
				at += arg.length;
			}
			return SUCCESS;
		},
		clock_time_get: (_id, _precision, result = 0) => {
			view().setBigUint64(result, 0n, true);
			return SUCCESS;
		},
		proc_exit: (status = 0) => {
			throw new ProgramExit(status);
		},
	};
};

/** What the program asks about its folder and its files. */
const factCalls = (sinks: ReadonlyMap<number, Sink>, view: View, bytes: Bytes): Calls => ({
	fd_prestat_get: (descriptor, result = 0) => {
		if (descriptor !== FOLDER) return BAD_DESCRIPTOR;
		view().setUint32(result, 0, true);
		view().setUint32(result + 4, FOLDER_NAME.length, true);
		return SUCCESS;
	},
	fd_prestat_dir_name: (_descriptor, at = 0, length = 0) => {
		bytes(at, length).set(new TextEncoder().encode(FOLDER_NAME).subarray(0, length));
		return SUCCESS;
	},
	fd_fdstat_get: (descriptor = 0, result = 0) => {
		if (descriptor !== FOLDER && !sinks.has(descriptor)) return BAD_DESCRIPTOR;
		bytes(result, 24).fill(0);
		view().setUint8(result, descriptor === FOLDER ? DIRECTORY : REGULAR_FILE);
		view().setBigUint64(result + 8, 0xffffffffffffffffn, true);
		view().setBigUint64(result + 16, 0xffffffffffffffffn, true);
		return SUCCESS;
	},
	fd_fdstat_set_flags: () => SUCCESS,
});

const fileCalls = (sinks: ReadonlyMap<number, Sink>, view: View, bytes: Bytes): Calls => ({
	...factCalls(sinks, view, bytes),
	path_open: (...values) => {
		const [creates = 0, result = 0] = [values[4], values[8]];
		if ((creates & 1) === 0) return NO_ENTRY;
		view().setUint32(result, FILE, true);
		return SUCCESS;
	},
	fd_close: () => SUCCESS,
	fd_read: (_descriptor, _vectors, _count, result = 0) => {
		view().setUint32(result, 0, true);
		return SUCCESS;
	},
	fd_write: (descriptor = 0, vectors = 0, count = 0, result = 0) => {
		const sink = sinks.get(descriptor);
		if (sink === undefined) return BAD_DESCRIPTOR;
		let total = 0;
		for (let index = 0; index < count; index++) {
			const length = view().getUint32(vectors + index * 8 + 4, true);
			sink.write(bytes(view().getUint32(vectors + index * 8, true), length));
			total += length;
		}
		view().setUint32(result, total, true);
		return SUCCESS;
	},
	...seekCall(sinks, view),
});

/** The offset of a seek is 64 bits wide, so it arrives as a bigint. */
const seekCall = (sinks: ReadonlyMap<number, Sink>, view: View): Calls => ({
	fd_seek: (descriptor = 0, offset: number | bigint = 0, whence = 0, result = 0) => {
		const sink = sinks.get(descriptor);
		if (sink === undefined) return BAD_DESCRIPTOR;
		const from = [0, sink.position, sink.length][whence] ?? 0;
		sink.position = Math.max(0, from + Number(offset));
		view().setBigUint64(result, BigInt(sink.position), true);
		return SUCCESS;
	},
});
