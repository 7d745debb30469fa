import { createHmac } from 'node:crypto';

export type OAuthKeys = {
	readonly key: string;
	readonly secret: string;
	readonly token?: { readonly key: string; readonly secret: string };
};

export type OAuthRequest = {
	readonly method: 'GET' | 'POST';
	/** With its query, all of which is signed. */
	readonly url: string;
	/** Parameters of a form body. */
	readonly form?: readonly (readonly [name: string, value: string])[];
	/** Seconds since 1970. */
	readonly timestamp: number;
	readonly nonce: string;
	/** Whether the version is stated, which is optional. True when left out. */
	readonly version?: boolean;
};

/** The `Authorization` header of a request after RFC 5849 with HMAC-SHA1. */
export const oauthHeader = ({ key, secret, token }: OAuthKeys, request: OAuthRequest): string => {
	const protocol: readonly (readonly [string, string])[] = [
		['oauth_consumer_key', key],
		...(token === undefined ? [] : [['oauth_token', token.key] as const]),
		['oauth_signature_method', 'HMAC-SHA1'],
		['oauth_timestamp', String(request.timestamp)],
		['oauth_nonce', request.nonce],
		...(request.version === false ? [] : [['oauth_version', '1.0'] as const]),
	];
	const signingKey = `${encode(secret)}&${encode(token?.secret ?? '')}`;
	const signature = createHmac('sha1', signingKey).update(baseString(request, protocol)).digest('base64');
	return `OAuth ${[...protocol, ['oauth_signature', signature] as const].map(([name, value]) => `${name}="${encode(value)}"`).join(', ')}`;
};

/** Section 3.4.1: method, address without its query, and every parameter sorted by its encoded name and value. */
export const baseString = ({ method, url, form = [] }: OAuthRequest, protocol: readonly (readonly [string, string])[]): string => {
	const { origin, pathname, searchParams } = new URL(url);
	const parameters = [...searchParams, ...form, ...protocol]
		.map(([name, value]) => [encode(name), encode(value)] as const)
		.sort((a, b) => byText(a[0], b[0]) || byText(a[1], b[1]));
	return [method, encode(`${origin}${pathname}`), encode(parameters.map(([name, value]) => `${name}=${value}`).join('&'))].join('&');
};

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Section 3.6: all but letters, digits and `-._~`. */
const encode = (text: string): string =>
	encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
