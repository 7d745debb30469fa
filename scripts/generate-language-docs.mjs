// schema/campaign.schema.json -> docs/language.md. `--check` writes nothing and fails when the page is stale.
import { readFileSync, writeFileSync } from 'node:fs';
import { stringify } from 'yaml';

const target = 'docs/language.md';
const schema = JSON.parse(readFileSync('schema/campaign.schema.json', 'utf8'));

const nameOf = (node) => node.$ref?.replace('#/$defs/', '');
const resolve = (node) => (nameOf(node) === undefined ? node : resolve(schema.$defs[nameOf(node)]));

/** What hides behind an anchor: definitions with keys of their own, or with alternatives. Small ones are told where they are used. */
const hasSection = (def) => def.properties !== undefined || (def.anyOf ?? []).some((branch) => resolve(branch).properties !== undefined);

const words = (name) =>
	name
		.replace(/([a-z])([A-Z])/g, '$1 $2')
		.toLowerCase()
		.replace(/\bcolor(s?)\b/, 'colour$1')
		.replace(/^qr\b/, 'QR')
		.replace(/^cta\b/, 'CTA');
const titleOf = (name) => words(name).replace(/^[a-z]/, (letter) => letter.toUpperCase());
const anchorOf = (name) => titleOf(name).toLowerCase().replaceAll(' ', '-');
const link = (name) => `[${words(name)}](#${anchorOf(name)})`;

const valueLink = (name) => `[${words(name)}](#values)`;

const code = (value) => `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** The values that a node allows, in words. */
const typeOf = (node) => {
	const name = nameOf(node);
	if (name !== undefined && hasSection(schema.$defs[name])) return link(name);
	// Whatever has a row of its own among the values is called by its name; a few fixed values say more.
	if (name !== undefined && resolve(node).enum === undefined) return valueLink(name);
	const def = { ...resolve(node), ...node };
	if (def.const !== undefined) return code(def.const);
	if (def.enum) return def.enum.map(code).join(', ');
	if (def.anyOf) return [...new Set(def.anyOf.map(typeOf))].join(' or ');
	if (def.type === 'array') return `list of ${typeOf(def.items ?? {})}${limits(def.minItems, def.maxItems)}`;
	if (def.type === 'object') {
		if (def.properties && Object.keys(def.properties).length > 0) return `mapping: ${Object.keys(def.properties).map(code).join(', ')}`;
		return typeof def.additionalProperties === 'object' ? `mapping of names to ${typeOf(def.additionalProperties)}` : 'mapping';
	}
	if (def.type === 'boolean') return '`true`, `false`';
	if (def.type === 'string') return `text${def.maxLength === undefined ? '' : `, at most ${def.maxLength} characters`}`;
	if (def.type === 'number' || def.type === 'integer') return numberType(def);
	return 'anything';
};

const numberType = ({ type, minimum, exclusiveMinimum, maximum, multipleOf }) => {
	const kind = type === 'integer' ? (multipleOf === 2 ? 'even number' : 'whole number') : 'number';
	const lowest = minimum ?? exclusiveMinimum;
	if (lowest === undefined && maximum === undefined) return kind;
	if (maximum === undefined) return `${kind} from ${lowest}`;
	return `${kind}, ${exclusiveMinimum === undefined ? '' : 'above '}${lowest ?? ''} to ${maximum}`;
};

const limits = (least, most) => (most === undefined ? '' : ` (${least ?? 0} to ${most})`);

/** The nearest description on the way to what a node refers to. */
const meaningOf = (node) => node.description ?? (nameOf(node) === undefined ? '' : meaningOf(schema.$defs[nameOf(node)]));
const examplesOf = (node) => node.examples ?? resolve(node).examples ?? [];
const oneLine = (value) => stringify(value, { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: false }).trim();

const rows = (def) =>
	Object.entries(def.properties ?? {}).flatMap(([key, node]) => {
		const required = def.required?.includes(key) ? ' *' : '';
		const value = { ...resolve(node), ...node };
		const standard = value.default === undefined ? '' : code(value.default);
		const example = examplesOf(node)[0];
		const shown = example === undefined ? '' : code(oneLine(example));
		const row = `| \`${key}\`${required} | ${cell(typeOf(node))} | ${cell(standard)} | ${cell(meaningOf(node))} | ${cell(shown)} |`;
		return [row, ...nested(key, node)];
	});

/** Keys of a mapping that has no name of its own stand under it: `logo.color`. */
const nested = (key, node) => {
	if (nameOf(node) !== undefined && hasSection(schema.$defs[nameOf(node)])) return [];
	const inner = [node, ...(resolve(node).anyOf ?? [])].map((one) => (nameOf(one) === undefined ? one : {})).filter((one) => one.properties);
	return inner.flatMap((one) => rows(one).map((row) => row.replace(/^\| `/, `| \`${key}.`)));
};

const HEAD = '| key | value | default | meaning | example |\n| --- | --- | --- | --- | --- |';
const table = (def) => (Object.keys(def.properties ?? {}).length === 0 ? '' : `${HEAD}\n${rows(def).join('\n')}\n`);

const alternatives = (def) => {
	const lines = def.anyOf.map((branch) => {
		const one = resolve(branch);
		if (one.properties === undefined || nameOf(branch) !== undefined)
			return `- ${typeOf(branch)}${nameOf(branch) === undefined || one.description === undefined ? '' : `: ${one.description}`}`;
		const type = one.properties.type?.const;
		return `- ${type === undefined ? 'a mapping' : `\`type: ${type}\``}${one.description === undefined ? '' : `: ${one.description}`}\n\n${table(one)}`;
	});
	return `One of:\n\n${lines.join('\n')}\n`;
};

const section = ([name, def]) =>
	[
		`## ${titleOf(name)}`,
		...(def.description === undefined ? [] : [def.description]),
		(def.anyOf ? alternatives(def) : table(def)).trim(),
	].join('\n\n');

const simple = Object.entries(schema.$defs).filter(([, def]) => !hasSection(def));
const values = simple
	.map(
		([name, def]) =>
			`| ${words(name)} | ${cell(typeOf(def))} | ${cell(meaningOf(def))} | ${cell(examplesOf(def)[0] === undefined ? '' : code(oneLine(examplesOf(def)[0])))} |`,
	)
	.join('\n');

const text = `<!-- Generated from schema/campaign.schema.json by \`npm run docs\`. Do not edit. -->

# The language

${schema.description} Every key that a spec can have, from the schema that the compiler checks it with. A star marks keys that have to be there; unknown keys are errors.
How to use them together: [README](../README.md); what adapts to platform and duration: [Adaptive content](adaptive.md); messages: [Diagnostics](errors.md).

## The spec

${table(schema).trim()}

${Object.entries(schema.$defs)
	.filter(([, def]) => hasSection(def))
	.map(section)
	.join('\n\n')}

## Values

| value | allowed | meaning | example |
| --- | --- | --- | --- |
${values}
`;

if (process.argv.includes('--check')) {
	if (readFileSync(target, 'utf8') !== text) {
		console.error(`${target} is stale: run \`npm run docs\``);
		process.exitCode = 1;
	}
} else {
	writeFileSync(target, text);
}
