// schema/campaign.schema.json -> src/model/campaign-spec.gen.ts. `--check` writes nothing and fails when the file is stale.
import { readFileSync, writeFileSync } from 'node:fs';
import { compileFromFile } from 'json-schema-to-typescript';

const target = 'src/model/campaign-spec.gen.ts';
const generated = await compileFromFile('schema/campaign.schema.json', {
	bannerComment: '/* Generated from schema/campaign.schema.json by `npm run types`. Do not edit. */',
	additionalProperties: false,
	ignoreMinAndMaxItems: true,
	style: { useTabs: true, singleQuote: true, printWidth: 140 },
});

// TypeScript wants an index signature to cover the named keys beside it, which JSON Schema does not.
const text = generated.replace(
	/(export interface Assets \{[\s\S]*?\n\t\[k: string\]: )Asset;/,
	'$1Asset | AssetCache | number | string | string[] | undefined;',
);

if (process.argv.includes('--check')) {
	if (readFileSync(target, 'utf8') !== text) {
		console.error(`${target} is stale: run \`npm run types\``);
		process.exitCode = 1;
	}
} else {
	writeFileSync(target, text);
}
