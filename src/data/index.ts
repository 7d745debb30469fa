/** For people who write compositions themselves: data of a row, a document or a stream in the picture. */
export { DataImage, type DataImageProps } from './data-image.tsx';
export { DataNumber, type DataNumberProps } from './data-number.tsx';
export { DataSource, type DataSourceProps } from './data-source.tsx';
export { DataText, type DataTextProps } from './data-text.tsx';
export { LiveData, type LiveDataProps } from './live-data.tsx';
export type { Row } from './read-field.ts';
export { RefreshInterval, type RefreshIntervalProps } from './refresh-interval.tsx';
export { DataBound, type DataBoundProps, DataProvider, type DataProviderProps } from './row-context.tsx';
export { DataSnapshot, type DataSnapshotProps, type Snapshot, type SnapshotRequest, takeSnapshot } from './snapshot.tsx';
