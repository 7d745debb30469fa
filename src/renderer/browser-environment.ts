export type EnvironmentVariables = Readonly<Record<string, string | undefined>>;

export type BrowserEnvironmentOptions = {
	/** Directory of the browser's own, removed with it. */
	readonly profileDirectory: string;
	readonly fontconfigFile: string;
	/** Directory of shared libraries that the system lacks, or null. */
	readonly libraryPath: string | null;
};

/** What a browser may learn from the machine. Everything else, secrets included, stays out. */
const PASSED_ON = ['PATH', 'SystemRoot', 'SYSTEMROOT', 'WINDIR'] as const;

/**
 * The whole environment of a browser, by allow-list. Home, caches and temporary files all lie in the profile directory,
 * language and time zone are the same on every machine.
 */
export const browserEnvironment = (host: EnvironmentVariables, options: BrowserEnvironmentOptions): Record<string, string> => {
	const environment: Record<string, string> = {
		HOME: options.profileDirectory,
		TMPDIR: options.profileDirectory,
		XDG_CACHE_HOME: options.profileDirectory,
		XDG_CONFIG_HOME: options.profileDirectory,
		XDG_RUNTIME_DIR: options.profileDirectory,
		DBUS_SESSION_BUS_ADDRESS: 'disabled:',
		FONTCONFIG_FILE: options.fontconfigFile,
		LANG: 'en_US.UTF-8',
		TZ: 'UTC',
	};
	for (const name of PASSED_ON) {
		const value = host[name];
		if (value !== undefined) environment[name] = value;
	}
	if (options.libraryPath !== null) environment['LD_LIBRARY_PATH'] = options.libraryPath;
	return environment;
};
