import { broken, json, KEY, oneOf, only, refusal, type Vendor } from './asset-vendors.ts';

export const stability: Vendor = ({ seen, url, media }) => {
	if (seen.method !== 'POST' || url.pathname !== '/v2beta/stable-image/generate/core') return refusal(404, 'no such path');
	if (seen.headers.authorization !== `Bearer ${KEY}`) return refusal(401, 'no key');
	const boundary = /^multipart\/form-data; boundary=(\S+)$/.exec(seen.headers['content-type'] ?? '')?.[1] ?? '-';
	const fields = new Map(
		seen.body
			.split(`--${boundary}`)
			.slice(1, -1)
			.map((part) => /^\r\nContent-Disposition: form-data; name="(\w+)"\r\n\r\n([\s\S]*)\r\n$/.exec(part))
			.map((match) => [match?.[1] ?? 'broken', match?.[2] ?? '']),
	);
	const rules = broken([
		[
			[...fields.keys()].every((name) =>
				['prompt', 'negative_prompt', 'aspect_ratio', 'seed', 'style_preset', 'output_format'].includes(name),
			),
			`fields ${[...fields.keys()]}`,
		],
		[(fields.get('prompt') ?? '') !== '', 'no prompt'],
		oneOf(fields.get('aspect_ratio') ?? '', ['16:9', '1:1', '21:9', '2:3', '3:2', '4:5', '5:4', '9:16', '9:21']),
		[seen.headers.accept === 'application/json', 'accept'],
		[fields.get('seed') === '7', 'seed'],
	]);
	if (rules !== null) return rules;
	if (fields.get('prompt')?.includes('forbidden'))
		return json({ image: media.toString('base64'), finish_reason: 'CONTENT_FILTERED', seed: 1 }, { paid: true });
	return json({ image: media.toString('base64'), finish_reason: 'SUCCESS', seed: 7 }, { file: true, paid: true });
};

export const openai: Vendor = ({ seen, url, media }) => {
	if (seen.method !== 'POST' || url.pathname !== '/v1/images/generations') return refusal(404, 'no such path');
	if (seen.headers.authorization !== `Bearer ${KEY}`) return refusal(401, 'no key');
	const body = JSON.parse(seen.body) as Record<string, unknown>;
	const [width = 0, height = 0] = String(body['size']).split('x').map(Number);
	const rules = broken([
		[
			Object.keys(body).every((name) =>
				['model', 'prompt', 'size', 'quality', 'output_format', 'output_compression', 'n', 'background', 'moderation', 'user'].includes(
					name,
				),
			),
			`fields ${Object.keys(body)}`,
		],
		[width % 16 === 0 && height % 16 === 0 && width >= 16 && height >= 16, `size ${body['size']}`],
		[
			Math.max(width, height) <= 3840 && width * height <= 3840 * 2160 && Math.max(width / height, height / width) <= 3.02,
			`size ${body['size']}`,
		],
	]);
	if (rules !== null) return rules;
	if (String(body['prompt']).includes('forbidden'))
		return { status: 400, body: JSON.stringify({ error: { code: 'moderation_blocked', message: 'no' } }) };
	return json(
		{ created: 1, data: [{ b64_json: media.toString('base64') }], usage: { input_tokens: 20, output_tokens: 1000 } },
		{ file: true, paid: true },
	);
};

export const elevenlabs: Vendor = ({ seen, url, media }) => {
	if (seen.method !== 'POST') return refusal(404, 'no such path');
	if (seen.headers['xi-api-key'] !== KEY) return { status: 401, body: JSON.stringify({ detail: { status: 'invalid_api_key' } }) };
	const body = JSON.parse(seen.body) as Record<string, unknown>;
	const isMusic = url.pathname === '/v1/music';
	if (!isMusic && url.pathname !== '/v1/sound-generation') return refusal(404, 'no such path');
	const known = isMusic
		? ['prompt', 'music_length_ms', 'force_instrumental', 'model_id']
		: ['text', 'duration_seconds', 'prompt_influence', 'loop', 'model_id'];
	const rules = broken([
		only(url, ['output_format']),
		[Object.keys(body).every((name) => known.includes(name)), `fields ${Object.keys(body)}`],
		[!isMusic || (Number(body['music_length_ms']) >= 3000 && Number(body['music_length_ms']) <= 600_000), 'length'],
		[isMusic || (Number(body['duration_seconds']) >= 0.5 && Number(body['duration_seconds']) <= 22), 'length'],
	]);
	if (rules !== null) return rules;
	if (String(body['prompt'] ?? body['text']).includes('forbidden'))
		return { status: 400, body: JSON.stringify({ detail: { status: 'bad_prompt' } }) };
	return { status: 200, body: media, file: true, paid: true, headers: { 'character-cost': '200', 'content-type': 'audio/mpeg' } };
};
