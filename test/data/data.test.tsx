import type { ReactNode } from 'react';
import { Internals } from 'remotion';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { pictureAddress } from '../../src/data/data-image.tsx';
import {
	DataBound,
	DataImage,
	DataNumber,
	DataProvider,
	DataSnapshot,
	DataSource,
	DataText,
	LiveData,
	RefreshInterval,
} from '../../src/data/index.ts';

const Data = suite('data');

// The package brings no types, and nothing else here needs them.
const server = 'react-dom/server';
const { renderToStaticMarkup } = (await import(server)) as { readonly renderToStaticMarkup: (node: ReactNode) => string };

const row = {
	user: { name: 'Ann Ødegård', empty: ' \u200b ', avatarUrl: 'https://example.com/a.png', bad: 'javascript:alert(1)' },
	stats: { revenue: 1_234_567, share: 0.254, text: '12000.5', odd: '1,200' },
	'user.flat': 'flat',
	list: ['first', 'second'],
	yes: true,
};
const draw = (content: ReactNode): string => renderToStaticMarkup(<DataProvider value={row}>{content}</DataProvider>);
const textOf = (content: ReactNode): string => draw(content).replace(/<[^>]+>/g, '');

const inRender = (content: ReactNode): ReactNode => (
	<Internals.RemotionEnvironmentContext.Provider
		value={{ isRendering: true, isClientSideRendering: false, isPlayer: false, isStudio: false, isReadOnlyStudio: false }}
	>
		{content}
	</Internals.RemotionEnvironmentContext.Provider>
);

for (const [what, content, text] of [
	['a field', <DataText key="" field="user.name" fallback="Valued Customer" transform={(name) => name.toUpperCase()} />, 'ANN ØDEGÅRD'],
	[
		'a missing field',
		<DataText key="" field="user.nick" fallback="Valued Customer" transform={(name) => name.toUpperCase()} />,
		'Valued Customer',
	],
	['a field with nothing to see', <DataText key="" field="user.empty" fallback="there" />, 'there'],
	['a transform that leaves nothing', <DataText key="" field="user.name" fallback="there" transform={() => ''} />, 'there'],
	['an object', <DataText key="" field="user" fallback="there" />, 'there'],
	['an inherited property', <DataText key="" field="user.constructor.name" fallback="there" />, 'there'],
	['a column with a dot', <DataText key="" field="user.flat" />, 'flat'],
	['an element of a list', <DataText key="" field="list.1" />, 'second'],
	['a truth', <DataText key="" field="yes" />, 'true'],
	['a number', <DataNumber key="" field="stats.revenue" />, '1,234,567'],
	['money', <DataNumber key="" field="stats.revenue" format="currency" locale="en-US" />, '$1,234,567'],
	['money elsewhere', <DataNumber key="" field="stats.text" format="currency" locale="de-DE" currency="EUR" />, '12.000,50\u00a0€'],
	['a share', <DataNumber key="" field="stats.share" format="percent" />, '25.4%'],
	['a large number in short', <DataNumber key="" field="stats.revenue" format="compact" />, '1.2M'],
	['decimals', <DataNumber key="" field="stats.revenue" decimals={1} />, '1,234,567.0'],
	['a number that could be two', <DataNumber key="" field="stats.odd" fallback="many" />, 'many'],
	['a missing number', <DataNumber key="" field="stats.gone" fallback={1000} format="currency" />, '$1,000'],
	['a row', <DataBound key="">{({ stats }: typeof row) => stats.share}</DataBound>, '0.254'],
	[
		'data that is given',
		<DataSource key="" type="json" data={{ name: 'Bo' }}>
			{(data) => data.name}
		</DataSource>,
		'Bo',
	],
	[
		'fields of data that is given',
		<DataSource key="" data={{ a: [{ name: 'Bo' }] }} at="a" row={0}>
			<DataText field="name" />
		</DataSource>,
		'Bo',
	],
] as const) {
	Data(`${what} shows ${text}`, () => assert.is(textOf(content), text));
}

for (const [what, content, message] of [
	['a missing text', <DataText key="" field="user.nick" />, /no "user\.nick", or an empty one, and the DataText has no fallback/],
	['an empty text', <DataText key="" field="user.empty" />, /user\.empty/],
	['a list as a text', <DataText key="" field="list" />, /"list" of the row is a list/],
	['a number that could be two', <DataNumber key="" field="stats.odd" />, /"stats\.odd" of the row is the string "1,200"/],
	['a missing picture', <DataImage key="" field="user.gone" />, /user\.gone.*address of a picture/],
	['an unknown currency', <DataNumber key="" field="stats.share" format="currency" currency="?" />, /currency/i],
	[
		'a row that there is not',
		<DataSource key="" data={[1, 2]} row={2}>
			{String}
		</DataSource>,
		/has 2 rows, counted from 0, and so no row 2/,
	],
	[
		'a part that there is not',
		<DataSource key="" data={{}} at="a.b">
			{String}
		</DataSource>,
		/nothing at "a\.b"/,
	],
	['a source of nothing', <DataSource key="">{String}</DataSource>, /`url`, or `data`/],
	[
		'a source of two things',
		<DataSource key="" url="/a" data={1}>
			{String}
		</DataSource>,
		/not both/,
	],
	[
		'an address with a hole',
		<DataSource key="" url="/user/{id}">
			{String}
		</DataSource>,
		/\/user\/\{id\} asks for \{id\}/,
	],
	['no interval', <RefreshInterval key="" seconds={0} />, /seconds is above 0/],
] as const) {
	Data(`${what} is an error that says so`, () => assert.throws(() => draw(content), message));
}

Data('without a row the error names the provider', () => {
	assert.throws(() => renderToStaticMarkup(<DataText field="name" />), /or put it into a <DataProvider/);
	assert.is(renderToStaticMarkup(<DataText field="name" fallback="there" />), '<span dir="auto">there</span>');
});

Data('texts and numbers are drawn as text, numbers with figures of one width', () => {
	const hostile = { name: '<img src=x onerror=alert(1)>' };
	assert.match(
		renderToStaticMarkup(
			<DataProvider value={hostile}>
				<DataText field="name" />
			</DataProvider>,
		),
		'&lt;img',
	);
	assert.match(draw(<DataNumber field="stats.share" />), 'font-variant-numeric:tabular-nums');
});

for (const [what, value, address] of [
	['of the web', ' https://example.com/a.png', 'https://example.com/a.png'],
	['of the project', '/a.png', '/a.png'],
	['a picture itself', 'data:image/png;base64,AA==', 'data:image/png;base64,AA=='],
	['a script', 'javascript:alert(1)', undefined],
	['a page', 'data:text/html,x', undefined],
	['a file', 'file:///etc/passwd', undefined],
	['nothing', '', undefined],
	['an object', {}, undefined],
] as const) {
	Data(`a picture's address that is ${what} is ${address === undefined ? 'not' : ''} used`, () =>
		assert.is(pictureAddress(value), address),
	);
}

Data('a picture of the row is drawn, and one that cannot be one makes way for the fallback or the placeholder', () => {
	const source = (content: ReactNode): string | undefined => /<(img[^>]*|div[^>]*)>/.exec(draw(content))?.[1];
	assert.match(
		source(<DataImage field="user.bad" placeholder="#123456" width={20} alt="Ann" />) ?? '',
		/div role="img" aria-label="Ann" style="width:20px;background:#123456"/,
	);
	assert.match(source(<DataImage field="user.bad" />) ?? '', /^div role="img"/);
});

Data('in a render, sources and streams show their snapshots', () => {
	const snapshot = { '/user/7': { name: 'Bo' }, 'wss://example.com/stream': { prices: [1] } };
	const content = (
		<DataProvider value={{ id: 7 }}>
			<DataSnapshot value={snapshot}>
				<DataSource url="/user/{id}">{(user) => user.name}</DataSource>
				<LiveData source="wss://example.com/stream" type="websocket">
					{(data) => ` ${data.prices[0]}`}
				</LiveData>
				<RefreshInterval seconds={60}>
					<DataSource url="/metrics" snapshot={{ users: 3 }}>
						{(metrics: { users: number }) => ` ${metrics.users}`}
					</DataSource>
				</RefreshInterval>
				<LiveData source="/events" type="sse" snapshot={null}>
					{(data) => ` ${data}`}
				</LiveData>
			</DataSnapshot>
		</DataProvider>
	);
	assert.is(renderToStaticMarkup(inRender(content)), 'Bo 1 3 null');
	assert.is(renderToStaticMarkup(content), 'Bo 1 3 null', 'and a preview does, until it knows more');
});

for (const [what, content] of [
	[
		'a stream',
		<LiveData key="" source="wss://example.com/stream" type="websocket">
			{String}
		</LiveData>,
	],
	[
		'a live source',
		<DataSource key="" url="/metrics?token=secret" refresh="live">
			{String}
		</DataSource>,
	],
	[
		'a source that is refreshed',
		<RefreshInterval key="" seconds={1}>
			<DataSource url="/metrics">{String}</DataSource>
		</RefreshInterval>,
	],
] as const) {
	Data(`${what} without a snapshot is an error in a render, and nothing yet in a preview`, () => {
		assert.throws(
			() => renderToStaticMarkup(inRender(content)),
			(error: Error) => /a render shows a snapshot/.test(error.message) && !error.message.includes('secret'),
		);
		assert.is(renderToStaticMarkup(content), '');
	});
}

Data.run();
