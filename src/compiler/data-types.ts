import type { CampaignSpec, DataSource, Field } from '../model/campaign-spec.gen.ts';
import { RECIPIENT, RECIPIENTS } from '../model/recipient.ts';
import { unreachable } from '../model/unreachable.ts';
import { absentValue } from './bind/check-row.ts';
import { literal } from './schema-to-type.ts';

/**
 * An interface for each source under `data:`, `Recipient` for `recipients`, and `Data`, which has them all as templates name them. Nothing for a spec without data.
 * `taken` are names that are declared already.
 */
export const dataDeclarations = (data: CampaignSpec['data'], taken: readonly string[]): readonly string[] => {
	const sources = Object.entries(data ?? {});
	if (sources.length === 0) return [];
	const names = new Set([...taken, 'Data', 'Recipient']);
	const declared = sources.map(([source, contract]) => ({
		source: source === RECIPIENTS ? RECIPIENT : source,
		name: source === RECIPIENTS ? 'Recipient' : freeName(source, names),
		contract,
	}));
	return [
		...declared.map(({ source, name, contract }) => `/** ${commentOn(source)} */\nexport interface ${name} {\n${properties(contract)}}\n`),
		'/** What one video is made of, by source. */',
		`export interface Data {\n${declared.map(({ source, name }) => `\treadonly ${source}: ${name};\n`).join('')}}\n`,
	];
};

const commentOn = (source: string): string =>
	source === RECIPIENT ? 'One row of `recipients` that keeps its contract.' : `Values of \`${source}\` that keep their contract.`;

/** `crm_accounts` is `CrmAccounts`. */
const freeName = (source: string, names: Set<string>): string => {
	const plain = source
		.split('_')
		.map((word) => word.charAt(0).toUpperCase() + word.slice(1))
		.join('');
	let name = names.has(plain) ? `${plain}Values` : plain;
	for (let count = 2; names.has(name); count++) name = `${plain}Values${count}`;
	names.add(name);
	return name;
};

const properties = ({ fields, key }: DataSource): string =>
	Object.entries(fields)
		.map(([name, field]) => `${comment(field)}\treadonly ${name}: ${typeOf(name === key ? { ...field, required: true } : field)};\n`)
		.join('');

const comment = ({ description }: Field): string =>
	description === undefined ? '' : `\t/** ${description.replaceAll(/\s+/g, ' ').replaceAll('*/', '*\\/').trim()} */\n`;

/** Null only where a row may lack the value: a required field has one in each row that is used. */
const typeOf = (field: Field): string => {
	const fallback = absentValue(field);
	const listed = field.enum?.map((value) => literal(field.type === 'string' ? String(value) : value));
	const types = listed === undefined ? [scalarOf(field)] : [...listed, ...(fallback === null ? [] : [literal(fallback)])];
	const present = field.required === true || fallback !== null;
	return [...new Set(present ? types : [...types, 'null'])].join(' | ');
};

const scalarOf = ({ type }: Field): string => {
	switch (type) {
		case 'string':
		case 'boolean':
			return type;
		case 'number':
		case 'integer':
			return 'number';
		default:
			return unreachable(type);
	}
};
