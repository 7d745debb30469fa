/** What became of one output in a run. `skipped`: its row is a bad one, or was not reached. */
export const STATUSES = ['finished', 'unchanged', 'failed', 'skipped'] as const;
export type Status = (typeof STATUSES)[number];

/** One output of a campaign, as the manifest lists it. Also a line of `manifest.ndjson`. */
export type ManifestRecord = {
	/** Key of the recipient; null in a campaign without recipients, and for a row whose key cannot be told. */
	readonly key: string | null;
	/** The output's id, unique in the campaign: what records are told apart by. */
	readonly output: string;
	/** Relative to the output folder, with forward slashes; null when it has none. */
	readonly path: string | null;
	readonly status: Status;
	readonly frames: number | null;
	/** Length of the video. */
	readonly seconds: number | null;
	/** Of the file, in hex. */
	readonly sha256: string | null;
	/** Row of `data.recipients`: 1 is the first one after the header. */
	readonly row: number | null;
	readonly platform: string | null;
	/** The cell's duration, in seconds. */
	readonly duration: number | null;
	readonly variant: string | null;
	readonly mood: string | null;
	readonly cta: string | null;
	readonly error: { readonly code: string; readonly message: string } | null;
};

export const MANIFEST_FORMAT_VERSION = 1;

/** The first line of `manifest.ndjson`. */
export type ManifestHeader = { readonly formatVersion: typeof MANIFEST_FORMAT_VERSION; readonly campaign: string };

/** A line of a manifest as a record; null for anything else. What is missing is null, what is not known is left out. */
export const parseRecord = (line: string): ManifestRecord | null => {
	const data = parseObject(line);
	const status = STATUSES.find((known) => known === data?.['status']);
	if (data === null || status === undefined || typeof data['output'] !== 'string') return null;
	const { key, path, frames, seconds, sha256, row, platform, duration, variant, mood, cta, error } = data as Partial<ManifestRecord>;
	const isRecord =
		[key, path, sha256, platform, variant, mood, cta].every((value) => isNullOr('string', value)) &&
		[frames, seconds, row, duration].every((value) => isNullOr('number', value)) &&
		((error ?? null) === null || isProblem(error));
	if (!isRecord) return null;
	return {
		key: key ?? null,
		output: data['output'],
		path: path ?? null,
		status,
		frames: frames ?? null,
		seconds: seconds ?? null,
		sha256: sha256 ?? null,
		row: row ?? null,
		platform: platform ?? null,
		duration: duration ?? null,
		variant: variant ?? null,
		mood: mood ?? null,
		cta: cta ?? null,
		error: error ?? null,
	};
};

/** The first line of a manifest; null when it is none that this version writes. */
export const parseHeader = (line: string): ManifestHeader | null => {
	const data = parseObject(line);
	if (data?.['formatVersion'] !== MANIFEST_FORMAT_VERSION || typeof data['campaign'] !== 'string') return null;
	return { formatVersion: MANIFEST_FORMAT_VERSION, campaign: data['campaign'] };
};

/** Whether a line is the first one of a manifest that another version of the product wrote. */
export const isOtherVersion = (line: string): boolean => {
	const version = parseObject(line)?.['formatVersion'];
	return typeof version === 'number' && version !== MANIFEST_FORMAT_VERSION;
};

const parseObject = (line: string): Readonly<Record<string, unknown>> | null => {
	try {
		const data: unknown = JSON.parse(line);
		return typeof data === 'object' && data !== null && !Array.isArray(data) ? (data as Record<string, unknown>) : null;
	} catch {
		return null;
	}
};

const isNullOr = (type: 'string' | 'number', value: unknown): boolean => value === undefined || value === null || typeof value === type;

const isProblem = (value: unknown): value is { readonly code: string; readonly message: string } =>
	typeof value === 'object' &&
	value !== null &&
	'code' in value &&
	'message' in value &&
	typeof value.code === 'string' &&
	typeof value.message === 'string';
