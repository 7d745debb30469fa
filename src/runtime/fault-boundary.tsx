import { Component, type ReactNode } from 'react';

/** An error for the author of a spec: its stack would be that of whatever draws the component, in a bundle that nobody has seen. */
export const toldError = (message: string): Error => {
	const error = new Error(message);
	error.stack = `Error: ${message}`;
	return error;
};

/** What somebody's code has thrown, in one line. */
export const wordsOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message || thrown.name : `${thrown}`);

type FaultProps = {
	/** What is thrown instead. */
	readonly tell: (thrown: unknown) => unknown;
	readonly children: ReactNode;
};

type FaultState = { readonly caught: { readonly thrown: unknown } | null };

/** Throws for what goes wrong in its children what somebody can make more of. */
export class FaultBoundary extends Component<FaultProps, FaultState> {
	override state: FaultState = { caught: null };

	static getDerivedStateFromError(thrown: unknown): FaultState {
		return { caught: { thrown } };
	}

	override render(): ReactNode {
		const { caught } = this.state;
		if (caught !== null) throw this.props.tell(caught.thrown);
		return this.props.children;
	}
}
