export type BrowserFlagOptions = {
	readonly profileDirectory: string;
	/** False as root and where the kernel refuses the browser's own sandbox. */
	readonly sandbox: boolean;
	/** `http://127.0.0.1:<port>`: the only place that the browser may reach. */
	readonly origin: string;
};

/** Pictures: the same on every machine, and drawn only when asked for. */
const DRAWING_FLAGS = [
	'--headless',
	'--enable-begin-frame-control',
	'--run-all-compositor-stages-before-draw',
	'--disable-new-content-rendering-timeout',
	'--disable-threaded-animation',
	'--disable-threaded-scrolling',
	'--disable-checker-imaging',
	'--disable-gpu',
	'--disable-lcd-text',
	'--font-render-hinting=none',
	'--force-color-profile=srgb',
	'--force-device-scale-factor=1',
	'--hide-scrollbars',
	'--lang=en-US',
	'--mute-audio',
] as const;

/**
 * What keeps a browser from every place but one, other ports of this machine included, for what a content policy does not cover: leaving the page,
 * opening another, WebRTC. An address counts as a name here, and the first rule that fits is taken. The flag for WebRTC has two names: which one
 * counts depends on the kind of browser.
 */
export const isolationFlags = (origin: string): readonly string[] => {
	const { host } = new URL(origin);
	return [
		`--host-resolver-rules=MAP ${host} ${host}, MAP * ~NOTFOUND`,
		'--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
		'--webrtc-ip-handling-policy=disable_non_proxied_udp',
	];
};

/** Network: the browser starts no talk of its own. */
const NETWORK_FLAGS = [
	'--no-proxy-server',
	'--disable-background-networking',
	'--disable-client-side-phishing-detection',
	'--disable-component-update',
	'--disable-default-apps',
	'--disable-domain-reliability',
	'--disable-extensions',
	'--disable-sync',
	'--metrics-recording-only',
	'--no-first-run',
	'--no-pings',
	'--disable-features=Translate,BackForwardCache,MediaRouter,OptimizationHints,AudioServiceOutOfProcess',
] as const;

/** Steadiness: a page in no visible window must not be slowed down, and a small /dev/shm must not end it. */
const PROCESS_FLAGS = [
	'--disable-background-timer-throttling',
	'--disable-backgrounding-occluded-windows',
	'--disable-renderer-backgrounding',
	'--disable-hang-monitor',
	'--disable-ipc-flooding-protection',
	'--disable-breakpad',
	'--disable-dev-shm-usage',
	'--password-store=basic',
	'--use-mock-keychain',
] as const;

/** Command line of the stage's browser, driven over pipes: no debugging port is opened. */
export const browserFlags = (options: BrowserFlagOptions): string[] => [
	...DRAWING_FLAGS,
	...isolationFlags(options.origin),
	...NETWORK_FLAGS,
	...PROCESS_FLAGS,
	...(options.sandbox ? [] : ['--no-sandbox']),
	'--remote-debugging-pipe',
	`--user-data-dir=${options.profileDirectory}`,
	'about:blank',
];
