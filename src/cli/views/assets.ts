import type { ResolveEvent } from '../../ports/asset-request.ts';
import type { AssetEstimate, ListedAsset } from '../assets/desk.ts';
import type { Colors } from '../terminal.ts';
import { count, fileSize, quantity } from './quantities.ts';
import { table } from './table.ts';

const STATES: Readonly<Record<ListedAsset['state'], string>> = {
	ready: 'ready',
	'made-here': 'made here',
	unresolved: 'not resolved',
	changed: 'asked otherwise',
	missing: 'not in the cache',
	damaged: 'damaged',
};

const LONGEST = 40;

/** One row for each asset of a spec. */
export const assetsText = (assets: readonly ListedAsset[]): string => {
	if (assets.length === 0) return 'The spec names no assets.\n';
	const columns = ['name', 'kind', 'provider', 'what', 'size', 'licence', 'state'].map((title) => ({
		title,
		align: title === 'size' ? ('right' as const) : ('left' as const),
	}));
	const rows = assets.map(({ name, kind, provider, what, locked, state, sentences }) => [
		name,
		kind,
		locked === null || locked.provider === provider ? provider : `${provider} > ${locked.provider}`,
		what.length > LONGEST ? `${what.slice(0, LONGEST - 3)}...` : what,
		locked === null ? '' : fileSize(locked.bytes),
		locked?.license ?? '',
		`${STATES[state]}${locked?.pinned ? ', pinned' : ''}${sentences === undefined ? '' : sentencesText(sentences)}`,
	]);
	return `${table(columns, rows).join('\n')}\n`;
};

const sentencesText = ({ all, open }: NonNullable<ListedAsset['sentences']>): string =>
	open === 0 ? ` (${quantity(all, 'sentence')})` : ` (${count(open)} of ${quantity(all, 'sentence')})`;

/** One line for what happened to one asset. */
export const resolveLine = (event: ResolveEvent, colors: Colors): string => {
	switch (event.type) {
		case 'resolved': {
			const { provider, id, bytes, cost } = event.asset;
			const paid = cost === null || cost === 0 ? '' : `, ${dollars(cost)}`;
			return `${colors.green('resolved')} ${event.name}: ${provider} ${id}, ${fileSize(bytes)}${paid} (${event.why})\n`;
		}
		case 'fetched':
			return `${colors.green('fetched')} ${event.name}: ${event.asset.provider} ${event.asset.id}, ${fileSize(event.asset.bytes)}\n`;
		case 'spoken':
			return `${colors.green('spoken')} ${event.name}: ${quantity(event.sentences, 'sentence')}${event.cost ? `, ${dollars(event.cost)}` : ''}\n`;
		case 'fallback':
			return `${colors.yellow('local instead')} ${event.name}: ${event.problem.summary}\n`;
		case 'failed':
			return `${colors.red(`error[${event.problem.code}]`)} ${event.name}: ${event.problem.summary}\n  hint: ${event.problem.hint}\n`;
	}
};

export const dollars = (amount: number): string => `${amount.toFixed(amount < 0.1 ? 3 : 2)} USD`;

/** What a resolve costs at most. */
export const estimateText = (estimates: readonly AssetEstimate[]): string =>
	`${table(
		[
			{ title: 'asset', align: 'left' },
			{ title: 'provider', align: 'left' },
			{ title: 'at most', align: 'right' },
		],
		estimates.map(({ name, provider, sentences, dollars: cost }) => [
			sentences === undefined ? name : `${name} (${quantity(sentences, 'sentence')})`,
			provider,
			cost === null ? 'not known' : dollars(cost),
		]),
	).join('\n')}\n`;

/** Characters that would make something else of a line of Markdown. */
const plain = (text: string): string => text.replace(/\s+/g, ' ').replaceAll(/[\\`*_[\]<>]/g, '\\$&');

/** The credits of a campaign as Markdown: a line for each file that was taken from somebody. */
export const creditsText = (campaign: string, assets: readonly ListedAsset[]): string => {
	const used = assets.flatMap(({ name, locked }) => (locked === null || locked.bytes === 0 ? [] : [{ name, locked }]));
	const lines = used.map(({ name, locked }) => {
		const from = locked.url === null ? locked.provider : `[${locked.provider}](${locked.url.replaceAll(/[()\s]/g, encodeURIComponent)})`;
		const credit = locked.attribution === null ? '' : `${plain(locked.attribution)}. `;
		return `- **${name}**: ${credit}From ${from}, ${plain(locked.id)}. Licence: ${plain(locked.license)}.`;
	});
	const body = lines.length === 0 ? ['Nothing in it is from anybody else.'] : lines;
	return [`# Credits of ${plain(campaign)}`, '', ...body, ''].join('\n');
};
