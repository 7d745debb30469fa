/** The size of a vector image in its own units, or why it cannot be used. */
export type SvgFacts =
	| { readonly ok: true; readonly width: number; readonly height: number }
	| { readonly ok: false; readonly reason: string; readonly hint: string };

/** Markup of a drawing that a person made is far below this; above, layout alone can take seconds. */
export const MAX_SVG_BYTES = 2_000_000;

type Rule = { readonly pattern: RegExp; readonly reason: string; readonly hint: string };

const tag = (names: string): RegExp => new RegExp(`<(?:[\\w.-]+:)?(?:${names})[\\s/>]`, 'i');

/** A picture is drawn with no clock, no network and no fonts but the campaign's: what needs one of them would be drawn wrong or not at all. */
const RULES: readonly Rule[] = [
	{
		pattern: /<!(DOCTYPE|ENTITY)/i,
		reason: 'it declares a document type',
		hint: 'delete the `<!DOCTYPE ...>` at its start, or export it as plain SVG',
	},
	{ pattern: tag('script|handler'), reason: 'it has a script', hint: 'export the picture without scripts' },
	{ pattern: /\son\w+\s*=/i, reason: 'it has an event handler', hint: 'export the picture without scripts' },
	{
		pattern: tag('foreignObject|iframe|embed|object|video|audio'),
		reason: 'it embeds another document',
		hint: 'keep shapes and paths only',
	},
	{ pattern: tag('animate\\w*|set'), reason: 'it moves by itself', hint: 'export a still picture, and let the layer move it' },
	{
		pattern: /@keyframes|animation\s*:|transition\s*:/i,
		reason: 'it moves by itself',
		hint: 'export a still picture, and let the layer move it',
	},
	{ pattern: tag('text|tspan'), reason: 'it has text, whose font a picture cannot bring', hint: 'convert the text to outlines' },
	{ pattern: /<\?xml-stylesheet|@import/i, reason: 'it needs a style sheet of its own', hint: 'export with presentation attributes' },
];

/** Checks the markup and reads its size. It does not check that the XML is well formed: decoding does. */
export const readSvg = (bytes: Uint8Array): SvgFacts => {
	if (bytes.length > MAX_SVG_BYTES)
		return { ok: false, reason: `it has more than ${MAX_SVG_BYTES / 1e6} MB`, hint: 'simplify the drawing' };
	const text = decodeUtf8(bytes);
	if (text === null) return { ok: false, reason: 'it is not UTF-8 text', hint: 'save it as UTF-8' };
	const markup = withoutComments(text).replaceAll(/&#(x?)([0-9a-f]+);/gi, decodeReference);
	const broken = RULES.find((rule) => rule.pattern.test(markup)) ?? externalReference(markup);
	return broken ? { ok: false, reason: broken.reason, hint: broken.hint } : sizeOf(markup);
};

const decodeUtf8 = (bytes: Uint8Array): string | null => {
	try {
		const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
		const encoding = /^\s*<\?xml[^>]*encoding\s*=\s*["']([^"']+)/i.exec(text)?.[1]?.toLowerCase();
		return encoding === undefined || encoding === 'utf-8' || encoding === 'us-ascii' ? text : null;
	} catch {
		return null;
	}
};

const CLOSING: Readonly<Record<string, string>> = { '<!--': '-->', '<![CDATA[': ']]>', '<?': '?>' };

/**
 * Comments that begin inside of character data or of an instruction are none: what stands between two such would be passed over unseen. A search for
 * whole comments would take time with the square of those that do not end.
 */
const withoutComments = (text: string): string => {
	const kept: string[] = [];
	let from = 0;
	for (const { 0: opening, index } of text.matchAll(/<!--|<!\[CDATA\[|<\?/g)) {
		if (index < from) continue;
		const closing = CLOSING[opening]!;
		const end = text.indexOf(closing, index + opening.length);
		if (end === -1) break;
		kept.push(text.slice(from, opening === '<!--' ? index : end + closing.length));
		from = end + closing.length;
	}
	return kept.join('') + text.slice(from);
};

const decodeReference = (whole: string, base: string, digits: string): string => {
	const codePoint = Number.parseInt(digits, base === '' ? 10 : 16);
	return codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : whole;
};

const externalReference = (markup: string): Rule | undefined => {
	const attributes = [...markup.matchAll(/\b(?:href|src)\s*=\s*(?:"([^"]*)"|'([^']*)')/gi)].map((match) => match[1] ?? match[2]!);
	const urls = [...markup.matchAll(/url\(\s*["']?([^)"']*)/gi)].map((match) => match[1]!);
	const external = [...attributes, ...urls].map((target) => target.trim()).find((target) => !isOwn(target));
	if (external === undefined) return undefined;
	return { pattern: /$^/, reason: `it refers to "${external.slice(0, 60)}"`, hint: 'embed what it refers to' };
};

const isOwn = (target: string): boolean => target === '' || target.startsWith('#') || /^data:image\/(png|jpeg|gif|webp);/i.test(target);

const sizeOf = (markup: string): SvgFacts => {
	const root = /<(?:\w+:)?svg\b([^<>]*)>/.exec(markup)?.[1] ?? '';
	const attribute = (name: string): string | undefined => new RegExp(`(?:^|\\s)${name}\\s*=\\s*["']([^"']*)["']`).exec(root)?.[1];
	const viewBox =
		attribute('viewBox')
			?.trim()
			.split(/[\s,]+/)
			.map(Number) ?? [];
	const width = pixels(attribute('width')) ?? viewBox[2];
	const height = pixels(attribute('height')) ?? viewBox[3];
	const usable = (length: number | undefined): length is number => length !== undefined && length > 0 && length <= 100_000;
	if (usable(width) && usable(height)) return { ok: true, width, height };
	return { ok: false, reason: 'it has no size', hint: 'give its <svg> a viewBox' };
};

/** CSS pixels in the units that a size attribute may have. Percentages depend on the place, so they are no size. */
const UNITS: Readonly<Record<string, number>> = { '': 1, px: 1, pt: 4 / 3, pc: 16, in: 96, cm: 96 / 2.54, mm: 96 / 25.4 };

const pixels = (written: string | undefined): number | undefined => {
	const match = /^([0-9]+(?:\.[0-9]+)?(?:e[+-]?\d+)?|\.[0-9]+(?:e[+-]?\d+)?)\s*([a-z]*)$/i.exec(written?.trim() ?? '');
	const unit = UNITS[match?.[2]?.toLowerCase() ?? '%'];
	return match && unit !== undefined ? Number(match[1]) * unit : undefined;
};
