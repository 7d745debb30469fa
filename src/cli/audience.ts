import type { FoundPicture, PictureField } from '../compiler/bind/place-pictures.ts';
import { picturesNamedBy, placePictures } from '../compiler/bind/place-pictures.ts';
import { type Audience, type CampaignCompiler, makeCollisionCheck } from '../compiler/pipeline.ts';
import type { Recipient } from '../model/recipient.ts';
import { isOfRecipient, type RowProblem } from '../model/row-problem.ts';

/** What is known about the rows of a campaign after reading them. */
export type RowReport = {
	/** Rows that keep their contract. */
	readonly good: number;
	/** Rows that do not, or whose outputs cannot be made. */
	readonly bad: number;
	/** The first of them, and pictures that were replaced. */
	readonly problems: readonly RowProblem[];
	/** The first problem of each row of the recipients of which there is nothing to make, as far as they are remembered. */
	readonly skipped: readonly RowProblem[];
	/** Pictures that cannot be had, of rows whose outputs are made without them: with a fallback, or with none. */
	readonly replaced: readonly RowProblem[];
};

/** How many problems of rows are told one by one. */
const MAX_PROBLEMS = 1_000;
/** How many rows that are left out are listed in a manifest. */
const MAX_SKIPPED = 100_000;

/** Collects problems of rows in constant memory. */
export type RowLedger = {
	/** A problem that makes its row a bad one. Those of one row come one after the other. */
	readonly report: (problem: RowProblem) => void;
	/** A problem of a row whose outputs are counted elsewhere. */
	readonly note: (problem: RowProblem) => void;
	readonly count: (rows: { readonly good: number; readonly bad: number }) => void;
	readonly result: () => RowReport;
};

export const openRowLedger = (): RowLedger => {
	const problems: RowProblem[] = [];
	const skipped: RowProblem[] = [];
	let bad = 0;
	let good = 0;
	let last = '';
	const note = (problem: RowProblem): void => {
		if (problems.length < MAX_PROBLEMS) problems.push(problem);
	};
	return {
		report: (problem) => {
			const isLost = isOfRecipient(problem);
			const row = `${isLost ? '' : problem.source} ${problem.row}`;
			if (row !== last) {
				bad++;
				if (isLost && skipped.length < MAX_SKIPPED) skipped.push(problem);
			}
			last = row;
			note(problem);
		},
		note,
		count: (rows) => {
			good += rows.good;
			bad += rows.bad;
		},
		result: () => ({ good, bad, problems, skipped, replaced: [] }),
	};
};

/** Two recipients whose files would have one name. */
export type NameCollision = { readonly path: string; readonly rows: readonly [first: number, second: number]; readonly cell: string };

/** Names every output of every recipient, and says which two get the same. At most ten are told. */
export const openNameCheck = ({ cells, pathOf }: Pick<CampaignCompiler, 'cells' | 'pathOf'>) => {
	const check = makeCollisionCheck(cells.length);
	const found: NameCollision[] = [];
	return {
		add: (recipient: Recipient): void => {
			for (const cell of cells) {
				const path = pathOf(cell, recipient);
				const first = check.add(path, recipient.row, cell.id);
				if (first !== null && found.length < 10) found.push({ path, rows: [first.firstRow, recipient.row], cell: cell.id });
			}
		},
		found: (): readonly NameCollision[] => found,
	};
};

/** Pictures by the texts that rows of a source name them with. `source` is as fields of pictures have it. */
export type FindPictures = (written: readonly string[], source: string) => Promise<ReadonlyMap<string, FoundPicture>>;

type WithPictures = Pick<Audience, 'pictures'> & { readonly recipients: readonly Recipient[]; readonly problems: readonly RowProblem[] };

/** Recipients with the pictures that their rows name. Sources are asked for apart: what one may reach says nothing of another. */
export const withPictures = async (
	recipients: readonly Recipient[],
	{ fields, find }: { readonly fields: readonly PictureField[]; readonly find: FindPictures },
): Promise<WithPictures> => {
	let placed: WithPictures = { recipients, pictures: new Map(), problems: [] };
	for (const source of new Set(fields.map((field) => field.source))) {
		const own = fields.filter((field) => field.source === source);
		const next = placePictures(placed.recipients, own, await find(picturesNamedBy(placed.recipients, own), source));
		placed = {
			recipients: next.recipients,
			pictures: new Map([...placed.pictures, ...next.pictures]),
			problems: [...placed.problems, ...next.problems],
		};
	}
	return placed;
};
