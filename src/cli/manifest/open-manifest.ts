import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { makeFingerprintTable } from '../../compiler/fingerprint-set.ts';
import type { Code } from '../../diagnostics/codes.ts';
import { csvHeader, csvLine } from './csv.ts';
import { type ManifestFiles, nodeFiles, openLineReader, openTextWriter, type TextWriter } from './files.ts';
import { MANIFEST_CSV, MANIFEST_NDJSON, readManifest } from './read-manifest.ts';
import { MANIFEST_FORMAT_VERSION, type ManifestHeader, type ManifestRecord } from './record.ts';

export type ManifestOptions = {
	readonly campaign: string;
	readonly files?: ManifestFiles;
	/** Names the files in the making, by their ending: one that the sweep of the output folder knows. */
	readonly temporaryName?: (extension: string) => string;
};

export type ManifestWriter = {
	/**
	 * Adds what became of one output; a second record of an output stands for the first. Waiting for it keeps memory constant.
	 * @param place where the output stands in the plan, counted from 0: what orders the outputs of one row
	 * @throws what the system says when the disk takes no more
	 */
	write(record: ManifestRecord, place: number): Promise<void>;
	/**
	 * Puts `manifest.ndjson` and `manifest.csv` in the place of earlier ones, each whole or not at all. Outputs stand in the order of the earlier manifest of
	 * this campaign, new ones after them by row and place. After a `partial` run the earlier records of other outputs stay, but not
	 * those of skipped rows that it has outputs of; else they go.
	 * @throws what the system says; then each of the two is as it was, or the new one
	 */
	finish(run: { readonly partial: boolean }): Promise<ManifestSummary>;
	/** Leaves everything as it was. Never throws. */
	discard(): Promise<void>;
};

/** `damaged`: lines of the earlier manifest that could not be read, and are gone. */
export type ManifestSummary = { readonly records: number; readonly damaged: number };

/** What is known of the run so far: records in a file, and here only where they stand. About 50 bytes a record. */
type Journal = {
	readonly file: string;
	readonly writer: TextWriter;
	/** Number of an output in the order of arrival, by its id. */
	readonly numbers: ReturnType<typeof makeFingerprintTable>;
	/** Where the last record of an output begins, by its number. */
	readonly positions: number[];
	/** Row and place of an output, by its number. */
	readonly rows: number[];
	readonly places: number[];
	/** Rows, and keys of recipients, of which this run knows an output. */
	readonly made: ReturnType<typeof makeFingerprintTable>;
};

type Place = {
	readonly directory: string;
	readonly files: ManifestFiles;
	readonly header: ManifestHeader;
	readonly nameFile: (extension: string) => string;
};

/** Begins a manifest in the folder of the outputs, which is made when it is missing. @throws what the system says when nothing can be written there */
export const openManifest = async (directory: string, options: ManifestOptions): Promise<ManifestWriter> => {
	const { campaign, files = nodeFiles, temporaryName = () => `.reelform-manifest-${randomUUID()}.tmp` } = options;
	const nameFile = (extension: string): string => join(directory, temporaryName(extension));
	const place: Place = { directory, files, header: { formatVersion: MANIFEST_FORMAT_VERSION, campaign }, nameFile };
	await files.mkdir(directory, { recursive: true });
	const file = nameFile('journal');
	const journal: Journal = {
		file,
		writer: await openTextWriter(files, file),
		numbers: makeFingerprintTable(),
		made: makeFingerprintTable(),
		positions: [],
		rows: [],
		places: [],
	};
	const removeJournal = async (): Promise<void> => {
		await journal.writer.abandon();
		await remove(files, file);
	};
	return {
		write: (record, place) => {
			const position = journal.writer.position();
			const number = journal.numbers.put(record.output, journal.positions.length) ?? journal.positions.length;
			journal.positions[number] = position;
			journal.rows[number] ??= record.row ?? 0;
			journal.places[number] ??= place;
			if (record.status !== 'skipped') for (const name of namesOfRow(record)) journal.made.put(name, number);
			return journal.writer.write(`${JSON.stringify(record)}\n`) ?? Promise.resolve();
		},
		finish: async ({ partial }) => {
			try {
				await journal.writer.flush();
				return await publish(place, (sheets) => merge(place, journal, { sheets, partial }));
			} finally {
				await removeJournal();
			}
		},
		discard: removeJournal,
	};
};

/** The two files in the making. */
type Sheets = {
	/** `line` is the record as JSON, where it is at hand. Returns what to wait for until there is room for more; null when there is room. */
	readonly add: (record: ManifestRecord, line?: string) => Promise<unknown> | null;
};

const publish = async (place: Place, fill: (sheets: Sheets) => Promise<ManifestSummary>): Promise<ManifestSummary> => {
	const { files, directory, header } = place;
	const made: { readonly temporary: string; readonly name: string; readonly writer: TextWriter }[] = [];
	const begin = async (name: string, extension: string): Promise<TextWriter> => {
		const temporary = place.nameFile(extension);
		const writer = await openTextWriter(files, temporary);
		made.push({ temporary, name, writer });
		return writer;
	};
	try {
		const lines = await begin(MANIFEST_NDJSON, 'ndjson');
		const table = await begin(MANIFEST_CSV, 'csv');
		await table.write(csvHeader());
		await lines.write(`${JSON.stringify(header)}\n`);
		const summary = await fill({
			add: (record, line = JSON.stringify(record)) => {
				const waiting = [table.write(csvLine(record)), lines.write(`${line}\n`)].filter((one) => one !== null);
				return waiting.length === 0 ? null : Promise.all(waiting);
			},
		});
		for (const { writer } of made) await writer.close();
		// The lines come first: they are what the next run goes by, and a table may be locked by the program that shows it.
		for (const { temporary, name } of made) await files.rename(temporary, join(directory, name));
		await syncFolder(files, directory);
		return summary;
	} catch (error) {
		for (const { temporary, writer } of made) {
			await writer.abandon();
			await remove(files, temporary);
		}
		throw error;
	}
};

const merge = async (
	{ directory, files, header }: Place,
	{ file, numbers, positions, rows, places, made }: Journal,
	{ sheets, partial }: { readonly sheets: Sheets; readonly partial: boolean },
): Promise<ManifestSummary> => {
	const journal = await openLineReader(files, file);
	const isWritten = new Uint8Array(positions.length);
	let records = 0;
	const addOfThisRun = async (number: number): Promise<void> => {
		if (isWritten[number] === 1) return;
		isWritten[number] = 1;
		records++;
		const line = await journal.lineAt(positions[number]!);
		await sheets.add(JSON.parse(line) as ManifestRecord, line);
	};
	try {
		const earlier = readManifest(directory, files);
		for await (const record of earlier) {
			if ((earlier.header()?.campaign ?? header.campaign) !== header.campaign) break;
			const number = numbers.get(record.output);
			if (number !== undefined) await addOfThisRun(number);
			else if (partial && !isMended(record, made)) {
				records++;
				await sheets.add(record);
			}
		}
		const inOrder = Uint32Array.from(positions.keys()).sort((a, b) => rows[a]! - rows[b]! || places[a]! - places[b]! || a - b);
		for (const number of inOrder) await addOfThisRun(number);
		return { records, damaged: earlier.damaged() };
	} finally {
		await journal.close();
	}
};

/** A row that was skipped has outputs now. A second row with the key of another stays what it is. */
const isMended = (record: ManifestRecord, made: Journal['made']): boolean =>
	record.status === 'skipped' && namesOfRow(record).some((name) => made.get(name) !== undefined);

const namesOfRow = ({ row, key, error }: ManifestRecord): readonly string[] => [
	...(row === null ? [] : [`row ${row}`]),
	...(key === null || error?.code === DUPLICATE_KEY ? [] : [`key ${key}`]),
];

const DUPLICATE_KEY: Code = 'RF4202';

/** Puts the names in a folder on the disk itself, where the system lets a folder be opened. */
const syncFolder = async (files: ManifestFiles, directory: string): Promise<void> => {
	const handle = await files.open(directory, 'r').catch(() => null);
	if (handle === null) return;
	await handle.sync().catch(() => {});
	await handle.close();
};

const remove = async (files: ManifestFiles, file: string): Promise<void> => {
	await files.rm(file, { force: true }).catch(() => {});
};
