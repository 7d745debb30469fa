import type { GUARDED_GLOBALS } from '../model/component.ts';
import type { Refuse } from './component-types.ts';

type Guarded = Record<(typeof GUARDED_GLOBALS)[number], unknown>;

const TIME = 'draw from `frame / canvas.fps`';
const CHANCE = "use `random(seed)` from 'remotion'";
const LATER = 'every frame is drawn alone, from its number: compute what it shows from `frame`';
const DATA = 'give the component its data as `props`';
const STATE = 'keep nothing between frames: compute what is shown from `frame` and `props`';

/** The page's globals as a component may see them: the same, but for clocks, timers, chance, the network and what the machine remembers. */
export const guardGlobals = (refuse: Refuse): Guarded => {
	const no = (what: string, cure: string): unknown => forbidden(() => refuse(what, cure));
	const network = (name: string): unknown => no(`reaches for the network with ${name}`, DATA);
	const timer = (name: string): unknown => no(`waits with ${name}`, LATER);
	const memory = (name: string): unknown => new Proxy({}, { get: () => refuse(`keeps data in ${name}`, STATE) });
	const guarded: Omit<Guarded, 'window' | 'globalThis' | 'self'> = {
		Date: guardDate(refuse),
		Math: replaced(Math, { random: no('draws lots with Math.random()', CHANCE) }),
		Intl: replaced(Intl, { DateTimeFormat: guardDateFormat(refuse) }),
		Temporal: undefined,
		performance: guardPerformance(refuse),
		crypto: new Proxy({}, { get: (_, key) => no(`draws lots with crypto.${String(key)}()`, CHANCE) }),
		setTimeout: timer('setTimeout()'),
		setInterval: timer('setInterval()'),
		setImmediate: undefined,
		requestAnimationFrame: timer('requestAnimationFrame()'),
		requestIdleCallback: timer('requestIdleCallback()'),
		scheduler: undefined,
		fetch: network('fetch()'),
		XMLHttpRequest: network('XMLHttpRequest'),
		WebSocket: network('WebSocket'),
		EventSource: network('EventSource'),
		BroadcastChannel: network('BroadcastChannel'),
		MessageChannel: timer('MessageChannel'),
		Worker: timer('Worker'),
		SharedWorker: timer('SharedWorker'),
		navigator: NAVIGATOR,
		localStorage: memory('localStorage'),
		sessionStorage: memory('sessionStorage'),
		indexedDB: memory('indexedDB'),
		Function: new Proxy(Function, { apply: () => refuse(...FROM_TEXT), construct: () => refuse(...FROM_TEXT) }),
	};
	const window = guardWindow(guarded, refuse);
	return { ...guarded, window, globalThis: window, self: window };
};

const FROM_TEXT = ['makes code from text with Function()', 'write the code as code'] as const;

/** The same on every machine. */
const NAVIGATOR = Object.freeze({
	userAgent: 'reelform',
	platform: '',
	vendor: '',
	language: 'en-US',
	languages: Object.freeze(['en-US']),
	onLine: false,
	hardwareConcurrency: 1,
	maxTouchPoints: 0,
});

/** Can be looked at, as libraries do when they ask what there is, and neither called nor made. */
const forbidden = (refuse: () => never): unknown => new Proxy(class {}, { apply: refuse, construct: refuse });

/** An object with some of its properties exchanged. No proxy: arithmetic is called often. */
const replaced = (original: object, changes: Readonly<Record<string, unknown>>): object => {
	const descriptors = Object.getOwnPropertyDescriptors(original);
	const exchanged = Object.fromEntries(Object.entries(changes).map(([key, value]) => [key, { value, configurable: true, writable: true }]));
	return Object.defineProperties({}, { ...descriptors, ...exchanged } as PropertyDescriptorMap);
};

/** A date that is given is data; the present one is a clock. */
const guardDate = (refuse: Refuse): unknown =>
	new Proxy(Date, {
		construct: (target, given, made) =>
			given.length === 0 ? refuse('reads the clock with new Date()', TIME) : Reflect.construct(target, given, made),
		apply: () => refuse('reads the clock with Date()', TIME),
		get: (target, key) => (key === 'now' ? () => refuse('reads the clock with Date.now()', TIME) : Reflect.get(target, key)),
	});

/** Formats what it is given, and not the present when it is given nothing. */
const guardDateFormat = (refuse: Refuse): unknown => {
	const make = (given: unknown[]): Intl.DateTimeFormat => {
		const format = new Intl.DateTimeFormat(...(given as ConstructorParameters<typeof Intl.DateTimeFormat>));
		const { format: write } = format;
		const parts = format.formatToParts.bind(format);
		const given1 = <T>(date: T | undefined): T => date ?? refuse('reads the clock with Intl.DateTimeFormat', TIME);
		Object.defineProperty(format, 'format', { value: (date?: Date) => write(given1(date)) });
		Object.defineProperty(format, 'formatToParts', { value: (date?: Date) => parts(given1(date)) });
		return format;
	};
	return new Proxy(Intl.DateTimeFormat, { construct: (_, given) => make(given), apply: (_, __, given) => make(given) });
};

const guardPerformance = (refuse: Refuse): unknown =>
	new Proxy(
		{},
		{
			get: (_, key) => {
				if (key === 'timeOrigin') return refuse('reads the clock with performance.timeOrigin', TIME);
				return forbidden(() => refuse(`reads the clock with performance.${String(key)}()`, TIME));
			},
		},
	);

/** What a component writes on the page's window is its own. What the page was told about the rest of the campaign is not for it. */
const guardWindow = (guarded: Readonly<Record<string, unknown>>, refuse: Refuse): unknown => {
	const own: Record<PropertyKey, unknown> = {};
	const proxy: unknown = new Proxy(own, {
		has: (_, key) => key in own || key in guarded || key in window,
		get: (_, key) => {
			if (key in own) return own[key];
			if (SELVES.includes(key)) return proxy;
			if (Object.hasOwn(guarded, key)) return guarded[key as string];
			if (typeof key === 'string' && key.startsWith('remotion_')) return refuse(`reads window.${key}`, DATA);
			const value = Reflect.get(window, key) as unknown;
			// The page's own functions work on the page's own window alone.
			return typeof value === 'function' && value.prototype === undefined ? value.bind(window) : value;
		},
	});
	return proxy;
};

const SELVES: readonly PropertyKey[] = ['window', 'globalThis', 'self', 'parent', 'top', 'frames'];
