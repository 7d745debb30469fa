import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { baseString, oauthHeader } from '../../../src/providers/assets/oauth.ts';

const OAuth = suite('providers/assets/oauth');

OAuth('the base string is that of RFC 5849, section 3.4.1.1', () => {
	const request = {
		method: 'POST',
		url: 'http://example.com/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b',
		form: [
			['c2', ''],
			['a3', '2 q'],
		],
		timestamp: 137131201,
		nonce: '7d8f3e4a',
	} as const;
	const protocol = [
		['oauth_consumer_key', '9djdj82h48djs9d2'],
		['oauth_token', 'kkk9d7dh3k39sjv7'],
		['oauth_signature_method', 'HMAC-SHA1'],
		['oauth_timestamp', '137131201'],
		['oauth_nonce', '7d8f3e4a'],
	] as const;
	assert.is(
		baseString(request, protocol),
		'POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D%26c2%3D%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7',
	);
});

OAuth('the signature is that of RFC 5849, section 1.2', () => {
	const header = oauthHeader(
		{ key: 'dpf43f3p2l4k3l03', secret: 'kd94hf93k423kf44', token: { key: 'nnch734d00sl2jdk', secret: 'pfkkdhi9sl3r4s00' } },
		{
			method: 'GET',
			url: 'http://photos.example.net/photos?file=vacation.jpg&size=original',
			timestamp: 137131202,
			nonce: 'chapoH',
			version: false,
		},
	);
	assert.match(header, 'oauth_signature="MdpQcU8iPSUjWoN%2FUDMsK2sui9I%3D"');
	assert.match(header, /^OAuth oauth_consumer_key="dpf43f3p2l4k3l03", oauth_token="nnch734d00sl2jdk"/);
});

OAuth.run();
